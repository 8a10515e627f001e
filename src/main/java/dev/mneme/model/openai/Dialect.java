package dev.mneme.model.openai;

import java.net.URI;
import java.util.Locale;

/**
 * How a provider's protocol differs from the others'.
 *
 * @param official OpenAI or Azure: newer field names, and unknown ones are refused
 * @param windowsAsTrained whether a model's context window is what its maker says; local servers
 *     run it with less
 * @param guessedWindow where nothing is known
 */
public record Dialect(boolean official, boolean windowsAsTrained, int guessedWindow) {
  private static final int USUAL = 32_768;
  private static final int OLLAMA = 4_096;

  /** For an address that speaks the protocol. */
  public static Dialect at(URI base) {
    String host = base.getHost() == null ? "" : base.getHost().toLowerCase(Locale.ROOT);
    boolean official = host.equals("api.openai.com") || host.endsWith(".azure.com");
    return new Dialect(official, true, USUAL);
  }

  /** Ollama cuts prompts silently at its own setting, which its list does not tell. */
  public static Dialect ollama() {
    return new Dialect(false, false, OLLAMA);
  }
}
