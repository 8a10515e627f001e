package dev.mneme.engine.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Message;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.Content;
import dev.mneme.model.ToolReply;
import dev.mneme.model.ToolRequest;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns stored messages into what a model is given. Text that came through tools or from outside is
 * marked as data, and cannot end its mark. Immutable.
 *
 * @param maxReturn characters of a tool's return that are shown; the stored one stays whole
 * @param thoughtsInArguments whether thoughts stand as an argument of the tool call, for models
 *     that do not think natively
 */
public record ChatForm(ZoneId zone, int maxReturn, boolean thoughtsInArguments) {
  /** The argument that holds the thoughts. */
  public static final String THINKING = "thinking";

  private static final Pattern DATA_TAG =
      Pattern.compile("<(?=[\\s\\p{Cf}/\\\\]*data(?![A-Za-z0-9_.-]))", Pattern.CASE_INSENSITIVE);

  /** Nothing where the message has nothing to say to a model. */
  public Optional<ChatMessage> of(Message message) {
    return switch (message.role()) {
      case SYSTEM, USER, SUMMARY -> user(message);
      case ASSISTANT, APPROVAL -> assistant(message);
      case TOOL ->
          Optional.of(
              new ChatMessage.ToolReplies(
                  message.toolReturns().stream().map(r -> reply(message, r)).toList()));
    };
  }

  /** The system message that a context begins with. */
  public static ChatMessage instructions(Message message) {
    return new ChatMessage.Instructions(message.text());
  }

  /** Whether a message's text may have been written by somebody the agent does not work for. */
  public static boolean isData(Message message) {
    return message.origin() == Origin.TOOL || message.origin() == Origin.EXTERNAL;
  }

  private static Optional<ChatMessage> user(Message message) {
    if (message.content().isEmpty()) {
      return Optional.empty();
    }
    List<Content> content =
        isData(message)
            ? message.content().stream().map(part -> fenced(part, message.origin())).toList()
            : message.content();
    return Optional.of(new ChatMessage.User(content, message.name()));
  }

  private static Content fenced(Content part, Origin origin) {
    return part instanceof Content.Text text
        ? Content.text(
            "<data origin=\""
                + origin.text()
                + "\">\n"
                + DATA_TAG.matcher(text.text()).replaceAll("&lt;")
                + "\n</data>")
        : part;
  }

  private Optional<ChatMessage> assistant(Message message) {
    if (message.content().isEmpty() && message.toolRequests().isEmpty()) {
      return Optional.empty();
    }
    if (!thoughtsInArguments || message.toolRequests().isEmpty()) {
      return Optional.of(new ChatMessage.Assistant(message.content(), message.toolRequests()));
    }
    String thoughts =
        message.content().stream()
            .filter(part -> part instanceof Content.Reasoning)
            .map(part -> ((Content.Reasoning) part).reasoning())
            .collect(Collectors.joining("\n"));
    List<Content> content =
        message.content().stream().filter(part -> !(part instanceof Content.Reasoning)).toList();
    List<ToolRequest> requests = new ArrayList<>(message.toolRequests());
    requests.set(0, withThoughts(requests.getFirst(), thoughts));
    return Optional.of(new ChatMessage.Assistant(content, requests));
  }

  private static ToolRequest withThoughts(ToolRequest request, String thoughts) {
    JsonNode arguments = Arguments.parse(request.arguments());
    ObjectNode all = Json.mapper().createObjectNode().put(THINKING, thoughts);
    arguments.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    return new ToolRequest(request.id(), request.name(), Json.write(all));
  }

  private ToolReply reply(Message message, ToolReturn ended) {
    String text = ended.text();
    if (text.length() > maxReturn) {
      text =
          Texts.head(text, maxReturn)
              + "… [cut: "
              + text.length()
              + " > "
              + maxReturn
              + " characters]";
    }
    return new ToolReply(
        ended.toolCallId(),
        ended.tool(),
        Packing.toolReturn(ended.isError(), text, isData(message), message.createdAt(), zone),
        ended.isError());
  }
}
