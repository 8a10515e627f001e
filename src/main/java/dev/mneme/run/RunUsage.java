package dev.mneme.run;

import dev.mneme.model.ChatUsage;

/** What the steps of a run took together. */
public record RunUsage(ChatUsage tokens, int steps) {}
