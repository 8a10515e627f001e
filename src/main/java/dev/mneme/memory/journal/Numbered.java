package dev.mneme.memory.journal;

/** Something that belongs to a journal row. */
record Numbered<T>(long sequence, T value) {}
