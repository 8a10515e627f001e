package dev.mneme.api.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Cursors;
import dev.mneme.message.Message;
import dev.mneme.message.MessageQuery;
import dev.mneme.message.Messages;
import dev.mneme.message.Role;
import dev.mneme.store.Database;
import dev.mneme.store.Page;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pages of messages. A limit counts stored messages of which something is shown; so a page is empty
 * only where nothing more follows, which is how clients know the end.
 */
public final class MessagePages {
  private final Database database;
  private final Messages messages;

  public MessagePages(Database database, Messages messages) {
    this.database = database;
    this.messages = messages;
  }

  /** Whose messages; what is absent does not matter. */
  public record Of(
      Optional<String> agentId,
      Optional<String> conversationId,
      Optional<String> runId,
      Optional<String> stepId) {}

  public List<ObjectNode> page(Call call, Of of, int limit, boolean descending) {
    AnswerForm form = AnswerForm.of(call);
    Page page = call.page(limit, descending);
    Cursors cursors = Cursors.of(page);
    List<Message> shown = new ArrayList<>();
    Cursors from = cursors;
    while (shown.size() < page.limit()) {
      Cursors at = from;
      List<Message> found =
          database.scope(call.owner()).read(reads -> messages.list(reads, query(of, form, at)));
      for (Message message : found) {
        if (shown.size() < page.limit() && !WireMessages.of(message, form).isEmpty()) {
          shown.add(message);
        }
      }
      if (found.size() < cursors.limit()) {
        break;
      }
      from = from.beyond(found.getLast().id());
    }
    return WireMessages.all(cursors.ordered(shown), form);
  }

  private static MessageQuery query(Of of, AnswerForm form, Cursors cursors) {
    return new MessageQuery(
        of.agentId(),
        of.conversationId(),
        of.runId(),
        of.stepId(),
        roles(form),
        cursors.below(),
        cursors.above(),
        cursors.ascending(),
        cursors.limit());
  }

  /** The roles whose messages can be shown as one of the types asked for. */
  private static Set<Role> roles(AnswerForm form) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String type : form.types()) {
      switch (type) {
        case "system_message" -> roles.add(Role.SYSTEM);
        case "user_message" -> {
          roles.add(Role.USER);
          roles.add(Role.SUMMARY);
        }
        case "summary_message", "event_message" -> roles.add(Role.SUMMARY);
        case "tool_return_message" -> roles.add(Role.TOOL);
        case "approval_request_message", "approval_response_message" -> roles.add(Role.APPROVAL);
        default -> {
          roles.add(Role.ASSISTANT);
          roles.add(Role.APPROVAL);
        }
      }
    }
    return roles;
  }
}
