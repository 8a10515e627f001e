package dev.mneme.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Figures of well-known model families, for providers that list names only. The first prefix that
 * fits counts; a name is judged without the publisher before its last slash.
 */
public final class ModelTable {
  private static final List<Family> FAMILIES =
      List.of(
          family("gpt-5-chat", 128_000, 16_384, false),
          family("gpt-5", 400_000, 128_000, true),
          family("gpt-4.1", 1_047_576, 32_768, false),
          family("gpt-4o", 128_000, 16_384, false),
          family("chatgpt-4o", 128_000, 16_384, false),
          family("gpt-4-turbo", 128_000, 4_096, false),
          family("gpt-4-32k", 32_768, 8_192, false),
          family("gpt-4", 8_192, 8_192, false),
          family("gpt-3.5", 16_385, 4_096, false),
          family("gpt-oss", 131_072, 32_768, true),
          family("o1-mini", 128_000, 65_536, true),
          family("o1", 200_000, 100_000, true),
          family("o3", 200_000, 100_000, true),
          family("o4-mini", 200_000, 100_000, true),
          family("claude-3-5-haiku", 200_000, 8_192, false),
          family("claude-3-5", 200_000, 8_192, false),
          family("claude-3-7", 200_000, 64_000, true),
          family("claude-3", 200_000, 4_096, false),
          family("claude-opus-4-1", 200_000, 32_000, true),
          family("claude-opus-4-2", 200_000, 32_000, true),
          family("claude", 200_000, 64_000, true),
          family("gemini-1.5", 1_048_576, 8_192, false),
          family("gemini-2.0", 1_048_576, 8_192, false),
          family("gemini", 1_048_576, 65_536, true),
          family("deepseek-reasoner", 128_000, 64_000, true),
          family("deepseek-r1", 128_000, 32_768, true),
          family("deepseek", 128_000, 8_192, false),
          family("qwen3-coder", 262_144, 65_536, false),
          family("qwen3", 32_768, 16_384, true),
          family("qwen2.5", 32_768, 8_192, false),
          family("llama-4", 128_000, 8_192, false),
          family("llama-3", 128_000, 8_192, false),
          family("llama3", 128_000, 8_192, false),
          family("mistral", 128_000, 8_192, false),
          family("ministral", 128_000, 8_192, false),
          family("magistral", 40_000, 16_384, true),
          family("gemma-3", 128_000, 8_192, false),
          family("grok-4", 256_000, 32_768, true),
          family("grok", 131_072, 16_384, false),
          family("kimi-k2", 256_000, 32_768, false),
          family("glm-4", 128_000, 32_768, true));

  private ModelTable() {}

  public static Optional<Family> find(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return FAMILIES.stream().filter(f -> name.startsWith(f.prefix())).findFirst();
  }

  private static Family family(String prefix, int context, int output, boolean reasoning) {
    return new Family(prefix, context, output, reasoning);
  }

  /** What models whose names begin alike have in common. */
  public record Family(String prefix, int contextWindow, int maxOutputTokens, boolean reasoning) {}
}
