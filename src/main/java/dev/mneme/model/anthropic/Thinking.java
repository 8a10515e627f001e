package dev.mneme.model.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.Content;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.ToolChoice;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a model is asked to think first, and how: older models take a budget. */
enum Thinking {
  OFF,
  BUDGET,
  ADAPTIVE;

  private static final int USUAL_BUDGET = 1024;
  private static final int LEFT_FOR_ANSWER = 1024;
  private static final Pattern GENERATION =
      Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?:-(\\d{1,2}))?(?:-.*)?");

  static Thinking of(ChatRequest request, ModelInfo model) {
    if (!request.settings().reasoning()
        || !model.reasoning()
        // A forced tool and thoughts exclude each other.
        || !(request.toolChoice() instanceof ToolChoice.Auto)
        || inUnthoughtLoop(request.messages())) {
      return OFF;
    }
    Matcher generation = GENERATION.matcher(model.name());
    if (!generation.matches()) {
      return ADAPTIVE;
    }
    int major = Integer.parseInt(generation.group(1));
    int minor = generation.group(2) == null ? 0 : Integer.parseInt(generation.group(2));
    return major > 4 || (major == 4 && minor >= 6) ? ADAPTIVE : BUDGET;
  }

  /**
   * Writes the fields that go with it.
   *
   * @param most tokens the model may write
   */
  void write(ChatSettings settings, int most, ObjectNode body) {
    int tokens = most;
    switch (this) {
      case OFF -> settings.temperature().ifPresent(t -> body.put("temperature", Math.min(1, t)));
      case BUDGET -> {
        int budget = Math.max(USUAL_BUDGET, settings.reasoningTokens().orElse(USUAL_BUDGET));
        tokens = Math.max(most, budget + LEFT_FOR_ANSWER);
        body.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
      }
      case ADAPTIVE -> {
        body.putObject("thinking").put("type", "adaptive");
        settings
            .reasoningEffort()
            .filter(e -> e.matches("low|medium|high|xhigh|max"))
            .ifPresent(e -> body.withObject("/output_config").put("effort", e));
      }
    }
    body.put("max_tokens", tokens);
  }

  /**
   * Between tool calls a turn must go on as it began: if its last answer has no thoughts that can
   * be sent back, thinking would be refused.
   */
  private static boolean inUnthoughtLoop(List<ChatMessage> messages) {
    if (messages.isEmpty() || !(messages.getLast() instanceof ChatMessage.ToolReplies)) {
      return false;
    }
    for (ChatMessage message : messages.reversed()) {
      if (message instanceof ChatMessage.Assistant said) {
        return said.content().stream().noneMatch(Thinking::canGoBack);
      }
    }
    return true;
  }

  /** Only what the provider itself signed or hid. */
  static boolean canGoBack(Content content) {
    return switch (content) {
      case Content.Reasoning thought -> thought.signature().isPresent();
      // Other providers' begin with a bracket.
      case Content.RedactedReasoning hidden -> !hidden.data().startsWith("{");
      case Content.Text _, Content.Image _ -> false;
    };
  }
}
