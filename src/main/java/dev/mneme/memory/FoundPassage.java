package dev.mneme.memory;

/** A passage with the reason why it was found. */
public record FoundPassage(Passage passage, PassageHit hit) {}
