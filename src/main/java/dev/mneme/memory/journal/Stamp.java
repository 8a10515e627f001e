package dev.mneme.memory.journal;

import java.time.Instant;

/** The journal sequence of a change, and when it was made. */
public record Stamp(long sequence, Instant at) {}
