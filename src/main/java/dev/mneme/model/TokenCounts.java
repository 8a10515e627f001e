package dev.mneme.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Counts tokens: with the tokenizer of the models of OpenAI, which is loaded when first needed;
 * else by an estimate that learns from what the provider counted. Thread-safe.
 */
final class TokenCounts {
  /** Estimates err on the high side: a context that is too full fails, one that is not does not. */
  private static final double CAUTION = 1.3;

  private static final int BYTES_A_TOKEN = 4;

  /** Less tells nothing about a tokenizer: what wraps the messages weighs too much. */
  private static final int LEAST_OBSERVED = 500;

  private static final double LEARNED = 0.2;
  private static final double LEAST = 0.5;
  private static final double MOST = 4;
  private static final Pattern NEW =
      Pattern.compile("(gpt-4o|gpt-4\\.1|gpt-5|gpt-oss|chatgpt|o1|o3|o4).*");
  private static final Pattern OLD = Pattern.compile("(gpt-4|gpt-3\\.5).*");

  /** By handle: tokens for each token of the estimate without caution. */
  private final Map<String, Double> factors = new ConcurrentHashMap<>();

  int count(ModelInfo model, String text) {
    Optional<EncodingType> type = tokenizer(model);
    if (type.isPresent()) {
      return Tokenizers.of(type.get()).countTokensOrdinary(text);
    }
    double factor = factors.getOrDefault(model.handle(), CAUTION);
    return (int) Math.ceil(plain(text) * factor);
  }

  /** Learns from a request and what the provider counted for it. */
  void observe(ModelInfo model, ChatRequest request, ChatUsage usage) {
    if (model.endpoint().isEmpty() || tokenizer(model).isPresent()) {
      return;
    }
    double plain = plain(request);
    if (plain >= LEAST_OBSERVED && usage.promptTokens() > 0) {
      double seen = Math.clamp(usage.promptTokens() / plain, LEAST, MOST);
      factors.merge(model.handle(), seen, (before, now) -> before * (1 - LEARNED) + now * LEARNED);
    }
  }

  private static double plain(String text) {
    return (double) text.getBytes(StandardCharsets.UTF_8).length / BYTES_A_TOKEN;
  }

  private static double plain(ChatRequest request) {
    double sum = 0;
    for (ChatMessage message : request.messages()) {
      sum +=
          switch (message) {
            case ChatMessage.Instructions m -> plain(m.text());
            case ChatMessage.User m -> plain(m.content());
            case ChatMessage.Assistant m ->
                plain(m.content())
                    + m.toolRequests().stream().mapToDouble(r -> plain(r.arguments())).sum();
            case ChatMessage.ToolReplies m ->
                m.replies().stream().mapToDouble(r -> plain(r.text())).sum();
          };
    }
    for (ToolSpec tool : request.tools()) {
      sum += plain(tool.description()) + plain(tool.parameters().toString());
    }
    return sum;
  }

  private static double plain(java.util.List<Content> content) {
    return content.stream()
        .mapToDouble(c -> c instanceof Content.Text t ? plain(t.text()) : 0)
        .sum();
  }

  private static Optional<EncodingType> tokenizer(ModelInfo model) {
    String name = model.name().substring(model.name().lastIndexOf('/') + 1);
    if (model.endpoint().isEmpty()) {
      return Optional.empty();
    }
    if (NEW.matcher(name).matches()) {
      return Optional.of(EncodingType.O200K_BASE);
    }
    return OLD.matcher(name).matches() ? Optional.of(EncodingType.CL100K_BASE) : Optional.empty();
  }

  /** Apart, so that nothing is loaded before a model needs it. */
  private static final class Tokenizers {
    private static final com.knuddels.jtokkit.api.EncodingRegistry ALL =
        Encodings.newLazyEncodingRegistry();

    static Encoding of(EncodingType type) {
      return ALL.getEncoding(type);
    }
  }
}
