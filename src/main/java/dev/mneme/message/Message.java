package dev.mneme.message;

import dev.mneme.memory.journal.Origin;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as it is kept.
 *
 * @param id {@code message-<uuid4>}
 * @param origin how far its text can be trusted; tools' and strangers' text is data
 * @param name who exactly, such as a participant's name
 * @param otid the client's own id for it
 * @param senderId the agent or identity that sent it
 * @param sequence store-wide order; 0 until it is stored
 */
public record Message(
    String id,
    Conversation conversation,
    Role role,
    Origin origin,
    List<Content> content,
    List<ToolRequest> toolRequests,
    List<ToolReturn> toolReturns,
    Optional<String> name,
    Optional<String> otid,
    Optional<String> senderId,
    Optional<String> groupId,
    Optional<String> stepId,
    Optional<String> runId,
    boolean hidden,
    Instant createdAt,
    long sequence) {
  public Message {
    content = List.copyOf(content);
    toolRequests = List.copyOf(toolRequests);
    toolReturns = List.copyOf(toolReturns);
  }

  /** All its text parts, a line each. */
  public String text() {
    StringBuilder all = new StringBuilder();
    for (Content part : content) {
      if (part instanceof Content.Text text) {
        all.append(all.isEmpty() ? "" : "\n").append(text.text());
      }
    }
    return all.toString();
  }

  /** One that belongs to nothing yet and is still to be stored. */
  public static Message fresh(
      String id,
      Conversation conversation,
      Role role,
      Origin origin,
      List<Content> content,
      List<ToolRequest> toolRequests,
      List<ToolReturn> toolReturns,
      Instant at) {
    return new Message(
        id,
        conversation,
        role,
        origin,
        content,
        toolRequests,
        toolReturns,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        at,
        0);
  }

  /** The same, saying this text and nothing else. */
  public Message withText(String text) {
    return with(List.of(Content.text(text)), stepId, runId, hidden, sequence);
  }

  /** The same, of this step and run. */
  public Message in(Optional<String> step, Optional<String> run) {
    return with(content, step, run, hidden, sequence);
  }

  /** The same, shown to models only. */
  public Message unseen() {
    return with(content, stepId, runId, true, sequence);
  }

  Message at(long place) {
    return with(content, stepId, runId, hidden, place);
  }

  private Message with(
      List<Content> parts,
      Optional<String> step,
      Optional<String> run,
      boolean unseen,
      long place) {
    return new Message(
        id,
        conversation,
        role,
        origin,
        parts,
        toolRequests,
        toolReturns,
        name,
        otid,
        senderId,
        groupId,
        step,
        run,
        unseen,
        createdAt,
        place);
  }
}
