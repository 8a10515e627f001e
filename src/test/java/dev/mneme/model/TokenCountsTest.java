package dev.mneme.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenCountsTest {
  private final TokenCounts counts = new TokenCounts();

  private static ModelInfo model(String name, boolean remote) {
    return new ModelInfo(
        "p/" + name,
        name,
        "p",
        "openai",
        remote ? Optional.of(URI.create("http://localhost/v1")) : Optional.empty(),
        1000,
        100,
        true,
        false,
        true);
  }

  @Test
  void knownTokenizersCountExactly() {
    String text = "The quick brown fox jumps over the lazy dog.";
    assertThat(counts.count(model("gpt-4o-mini", true), text)).isEqualTo(10);
    assertThat(counts.count(model("openai/gpt-5", true), text)).isEqualTo(10);
    assertThat(counts.count(model("gpt-4-turbo", true), text)).isEqualTo(10);
    // Words that are special to the tokenizer are only text here.
    assertThat(counts.count(model("gpt-4o", true), "<|endoftext|>")).isGreaterThan(1);
  }

  @Test
  void othersAreEstimatedOnTheHighSide() {
    assertThat(counts.count(model("claude-x", true), "a".repeat(400))).isEqualTo(130);
    assertThat(counts.count(model("claude-x", true), "ä".repeat(200))).isEqualTo(130);
    assertThat(counts.count(model("gpt-4o", false), "a".repeat(400))).isEqualTo(130);
    assertThat(counts.count(model("claude-x", true), "")).isZero();
  }

  @Test
  void theEstimateLearnsFromWhatTheProviderCounts() {
    ModelInfo model = model("claude-x", true);
    ChatRequest request = Requests.of(Requests.user("a".repeat(4000)));
    ChatUsage counted = new ChatUsage(1000, 1, 0, 0, 0);
    counts.observe(model, request, counted);
    assertThat(counts.count(model, "a".repeat(400))).isEqualTo(100);
    for (int i = 0; i < 50; i++) {
      counts.observe(model, request, new ChatUsage(2000, 1, 0, 0, 0));
    }
    assertThat(counts.count(model, "a".repeat(400))).isBetween(195, 201);
    // Nonsense is kept within bounds, and small requests tell nothing.
    counts.observe(model, Requests.of(Requests.user("a")), new ChatUsage(900, 1, 0, 0, 0));
    assertThat(counts.count(model, "a".repeat(400))).isBetween(195, 201);
    assertThat(counts.count(model("other", true), "a".repeat(400))).isEqualTo(130);
  }

  @Test
  void toolsCountToo() {
    ModelInfo model = model("claude-x", true);
    ChatRequest request =
        Requests.of(List.of(Requests.user("a".repeat(4000))), "find", "stop", "look");
    counts.observe(model, request, new ChatUsage(1100, 1, 0, 0, 0));
    assertThat(counts.count(model, "a".repeat(400))).isLessThan(110);
  }
}
