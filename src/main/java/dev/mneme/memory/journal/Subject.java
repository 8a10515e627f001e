package dev.mneme.memory.journal;

/**
 * Something whose changes are journaled.
 *
 * @param kind which {@link SubjectStore} knows it
 * @param id unique in the whole store
 * @param container the id of the block, archive or agent in whose chain its changes stand
 */
public record Subject(String kind, String id, String container) {}
