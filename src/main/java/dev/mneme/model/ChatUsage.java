package dev.mneme.model;

/**
 * Tokens as the provider counted them; what it did not tell is 0.
 *
 * @param promptTokens all that was read, cached or not
 * @param completionTokens all that was written, reasoning included
 */
public record ChatUsage(
    int promptTokens,
    int completionTokens,
    int cachedInputTokens,
    int cacheWriteTokens,
    int reasoningTokens) {
  public static final ChatUsage NONE = new ChatUsage(0, 0, 0, 0, 0);

  public int totalTokens() {
    return promptTokens + completionTokens;
  }

  public ChatUsage plus(ChatUsage other) {
    return new ChatUsage(
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        cachedInputTokens + other.cachedInputTokens,
        cacheWriteTokens + other.cacheWriteTokens,
        reasoningTokens + other.reasoningTokens);
  }
}
