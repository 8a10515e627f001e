package dev.mneme.tool;

/**
 * A file that an earlier call made, to be given to code.
 *
 * @param name its path in the code's folder of inputs; empty for the name it was made under
 * @param id as the earlier call's result told
 */
public record FileReference(String name, String id) {}
