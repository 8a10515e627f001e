package dev.mneme.model.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.Content;
import dev.mneme.model.ModelException;
import dev.mneme.model.ToolRequest;
import dev.mneme.model.scripted.ScriptedReply.ScriptedFault;
import dev.mneme.model.scripted.ScriptedReply.ScriptedTool;
import dev.mneme.model.scripted.ScriptedReply.ScriptedUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Gives one answer. Used once, by one thread. */
final class Performance {
  private static final Duration HANGS_UP = Duration.ofMinutes(10);
  private static final String BROKEN = "{\"broken\" \"";

  private final ChatRequest request;
  private final Scene scene;
  private final ChatListener listener;

  Performance(ChatRequest request, Scene scene, ChatListener listener) {
    this.request = request;
    this.scene = scene;
    this.listener = listener;
  }

  ChatReply say(String text) {
    listener.onText(text);
    return new ChatReply(
        List.of(Content.text(text)), List.of(), ChatReply.Finish.STOP, ChatUsage.NONE);
  }

  ChatReply play(ScriptedReply reply, Placeholders placeholders, int attempt) {
    Tokens.pause(reply.delay());
    Optional<ScriptedFault> fault =
        reply.fault().filter(f -> f.attempts().isEmpty() || attempt < f.attempts().getAsInt());
    fault.ifPresent(this::refuse);
    boolean cut = fault.isPresent() && fault.get().kind() == Fault.CUT;
    boolean malformed = fault.isPresent() && fault.get().kind() == Fault.MALFORMED;

    Tokens tokens = new Tokens(reply.perToken());
    List<Content> content = new ArrayList<>();
    String reasoning = placeholders.fill(reply.reasoning());
    if (!reasoning.isEmpty()) {
      tokens.tell(reasoning, cut && reply.text().isEmpty(), listener::onReasoning);
      content.add(new Content.Reasoning(reasoning, reply.signature()));
    }
    String text = placeholders.fill(reply.text());
    if (!text.isEmpty()) {
      tokens.tell(text, cut, listener::onText);
      content.add(Content.text(text));
    }
    if (cut) {
      throw failure(ModelException.Type.STREAM_INCOMPLETE, "The answer broke off.");
    }
    List<ToolRequest> requests = requests(reply.tools(), placeholders, malformed);
    for (int i = 0; i < requests.size(); i++) {
      tell(i, requests.get(i), tokens);
    }
    return new ChatReply(
        content,
        requests,
        requests.isEmpty() ? ChatReply.Finish.STOP : ChatReply.Finish.TOOLS,
        usage(reply.usage(), tokens.count()));
  }

  private void refuse(ScriptedFault fault) {
    switch (fault.kind()) {
      case RATE_LIMIT -> {
        ModelException refusal = failure(ModelException.Type.RATE_LIMIT, "Too many requests.");
        throw fault.retryAfter().map(refusal::retryAfter).orElse(refusal);
      }
      case ERROR -> throw failure(type(fault.status()), "It answered with " + fault.status() + '.');
      case OVERFLOW ->
          throw failure(
              ModelException.Type.CONTEXT_WINDOW_EXCEEDED, "The request is too long for it.");
      case TIMEOUT -> throw failure(ModelException.Type.TIMEOUT, "It did not answer in time.");
      case HANG -> {
        Tokens.pause(HANGS_UP);
        throw failure(ModelException.Type.TIMEOUT, "It did not answer in time.");
      }
      case EMPTY -> throw failure(ModelException.Type.EMPTY_RESPONSE, "The answer was empty.");
      case CUT, MALFORMED -> {
        // These begin to answer.
      }
    }
  }

  private static ModelException.Type type(int status) {
    return switch (status) {
      case 401, 403 -> ModelException.Type.AUTHENTICATION;
      case 402 -> ModelException.Type.INSUFFICIENT_CREDITS;
      case 408, 504 -> ModelException.Type.TIMEOUT;
      case 429 -> ModelException.Type.RATE_LIMIT;
      default -> status < 500 ? ModelException.Type.BAD_REQUEST : ModelException.Type.ERROR;
    };
  }

  private static ModelException failure(ModelException.Type type, String what) {
    return new ModelException(
        type, "The scripted model failed as it should: " + what.toLowerCase(Locale.ROOT), null);
  }

  private List<ToolRequest> requests(
      List<ScriptedTool> tools, Placeholders placeholders, boolean malformed) {
    List<ToolRequest> requests = new ArrayList<>();
    for (ScriptedTool tool : tools) {
      JsonNode filled = placeholders.fill(tool.arguments());
      String arguments = filled.isTextual() ? filled.textValue() : Json.write(filled);
      requests.add(
          new ToolRequest(
              id(requests.size()), tool.name(), malformed ? BROKEN + arguments : arguments));
    }
    return requests;
  }

  /** The same for the same request, and another one for every other place in a conversation. */
  private String id(int index) {
    String place =
        request.messages().hashCode()
            + "/"
            + request.messages().size()
            + '/'
            + index
            + '/'
            + scene.text();
    UUID hash = UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
    return "call_" + hash.toString().replace("-", "").substring(0, 24);
  }

  private void tell(int index, ToolRequest tool, Tokens tokens) {
    listener.onToolRequest(index, tool.id(), tool.name(), "");
    tokens.tell(tool.arguments(), false, delta -> listener.onToolRequest(index, "", "", delta));
  }

  private ChatUsage usage(ScriptedUsage usage, int told) {
    return new ChatUsage(
        usage.prompt().orElse(scene.tokens()),
        usage.completion().orElse(told),
        usage.cached(),
        usage.cacheWrite(),
        usage.reasoning());
  }
}
