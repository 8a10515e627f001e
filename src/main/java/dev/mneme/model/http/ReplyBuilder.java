package dev.mneme.model.http;

import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatReply.Finish;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.Content;
import dev.mneme.model.ModelException;
import dev.mneme.model.ToolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells an answer piece by piece and puts it together. Used once, by one thread. */
public final class ReplyBuilder {
  private final ChatListener listener;
  private final List<Part> parts = new ArrayList<>();
  private final List<ToolBuilder> tools = new ArrayList<>();

  public ReplyBuilder(ChatListener listener) {
    this.listener = listener;
  }

  /** Ends the part under way: the next piece begins another one, even of the same kind. */
  public void endPart() {
    if (!parts.isEmpty()) {
      parts.getLast().open = false;
    }
  }

  public void text(String delta) {
    if (!delta.isEmpty()) {
      part(Kind.TEXT).text.append(delta);
      listener.onText(delta);
    }
  }

  public void reasoning(String delta) {
    if (!delta.isEmpty()) {
      part(Kind.REASONING).text.append(delta);
      listener.onReasoning(delta);
    }
  }

  /** A piece of the signature of the reasoning under way. */
  public void signature(String delta) {
    part(Kind.REASONING).signature.append(delta);
  }

  public void redacted(String data) {
    endPart();
    part(Kind.REDACTED).text.append(data);
    endPart();
  }

  /** One more tool request, to be filled. */
  public ToolBuilder tool() {
    ToolBuilder tool = new ToolBuilder(tools.size(), listener);
    tools.add(tool);
    return tool;
  }

  /** Those begun so far. */
  public List<ToolBuilder> tools() {
    return tools;
  }

  /**
   * @throws ModelException {@code EMPTY_RESPONSE} when the model finished without an answer
   */
  public ChatReply build(Finish finish, ChatUsage usage) {
    List<Content> content = parts.stream().map(Part::content).flatMap(Optional::stream).toList();
    // Half a request that was cut for its length must not be made to look whole.
    List<ToolRequest> requests = tools.stream().map(t -> t.build(finish != Finish.LENGTH)).toList();
    if (content.isEmpty()
        && requests.isEmpty()
        && (finish == Finish.STOP || finish == Finish.TOOLS)) {
      throw new ModelException(
          ModelException.Type.EMPTY_RESPONSE, "The model's answer was empty.", null);
    }
    boolean natural = finish == Finish.STOP || finish == Finish.TOOLS;
    Finish told = natural ? (requests.isEmpty() ? Finish.STOP : Finish.TOOLS) : finish;
    return new ChatReply(content, requests, told, usage);
  }

  private Part part(Kind kind) {
    if (parts.isEmpty() || !parts.getLast().open || parts.getLast().kind != kind) {
      parts.add(new Part(kind));
    }
    return parts.getLast();
  }

  private enum Kind {
    TEXT,
    REASONING,
    REDACTED
  }

  private static final class Part {
    private final Kind kind;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private boolean open = true;

    Part(Kind kind) {
      this.kind = kind;
    }

    Optional<Content> content() {
      if (text.isEmpty() && signature.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          switch (kind) {
            case TEXT -> new Content.Text(text.toString());
            case REASONING ->
                new Content.Reasoning(
                    text.toString(),
                    signature.isEmpty() ? Optional.empty() : Optional.of(signature.toString()));
            case REDACTED -> new Content.RedactedReasoning(text.toString());
          });
    }
  }
}
