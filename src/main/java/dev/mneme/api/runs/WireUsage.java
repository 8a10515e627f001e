package dev.mneme.api.runs;

import dev.mneme.model.ChatUsage;

/** What a run took, as clients read it. */
record WireUsage(
    int completionTokens,
    int promptTokens,
    int totalTokens,
    PromptDetails promptTokensDetails,
    CompletionDetails completionTokensDetails) {

  record PromptDetails(int cachedTokens, int cacheReadTokens, int cacheCreationTokens) {}

  record CompletionDetails(int reasoningTokens) {}

  static WireUsage of(ChatUsage usage) {
    return new WireUsage(
        usage.completionTokens(),
        usage.promptTokens(),
        usage.totalTokens(),
        new PromptDetails(
            usage.cachedInputTokens(), usage.cachedInputTokens(), usage.cacheWriteTokens()),
        new CompletionDetails(usage.reasoningTokens()));
  }
}
