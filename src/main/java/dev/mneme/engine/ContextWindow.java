package dev.mneme.engine;

import dev.mneme.engine.prompt.ChatForm;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ToolReply;
import dev.mneme.model.ToolRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model sees during a run: loaded once, then extended. The first message is the system
 * message. Confined to the run's thread.
 */
final class ContextWindow {
  private static final String LOST = "The call was cut off; whether it took effect is not known.";

  private final ChatForm form;
  private Message system;
  private final List<Message> messages = new ArrayList<>();

  /** The messages as the model gets them; rebuilt only when something in the middle changes. */
  private final List<ChatMessage> chat = new ArrayList<>();

  ContextWindow(ChatForm form, Message system, List<Message> rest) {
    this.form = form;
    this.system = system;
    replace(system, rest);
  }

  Message system() {
    return system;
  }

  /** All but the system message, in order. */
  List<Message> messages() {
    return List.copyOf(messages);
  }

  void add(Message message) {
    messages.add(message);
    form.of(message).ifPresent(chat::add);
  }

  void changeSystem(Message message) {
    system = message;
    chat.set(0, ChatForm.instructions(message));
  }

  void replace(Message newSystem, List<Message> rest) {
    system = newSystem;
    messages.clear();
    messages.addAll(rest);
    chat.clear();
    chat.add(ChatForm.instructions(newSystem));
    chat.addAll(paired(rest));
  }

  /** A request has to be given this as it is now. */
  List<ChatMessage> chat() {
    return chat;
  }

  /**
   * Providers refuse a tool request without its reply, and a reply without its request; neither
   * should be there, but an agent must not be stuck where one is.
   */
  private List<ChatMessage> paired(List<Message> rest) {
    List<ChatMessage> result = new ArrayList<>();
    for (int i = 0; i < rest.size(); i++) {
      Message message = rest.get(i);
      if (message.role() == Role.TOOL) {
        continue;
      }
      Optional<ChatMessage> shown = form.of(message);
      shown.ifPresent(result::add);
      if (shown.isPresent() && !message.toolRequests().isEmpty()) {
        result.add(replies(message, returns(rest, i + 1)));
      }
    }
    return result;
  }

  /** Calls that were held back with others that need consent have their returns behind those. */
  private static Optional<Message> returns(List<Message> rest, int from) {
    int next = from;
    while (next < rest.size() && rest.get(next).role() == Role.APPROVAL) {
      next++;
    }
    return next < rest.size() && rest.get(next).role() == Role.TOOL
        ? Optional.of(rest.get(next))
        : Optional.empty();
  }

  private ChatMessage replies(Message asked, Optional<Message> answered) {
    Map<String, ToolReply> present = new HashMap<>();
    answered
        .flatMap(form::of)
        .ifPresent(
            m -> ((ChatMessage.ToolReplies) m).replies().forEach(r -> present.put(r.id(), r)));
    List<ToolReply> replies = new ArrayList<>();
    for (ToolRequest request : asked.toolRequests()) {
      replies.add(
          present.getOrDefault(
              request.id(), new ToolReply(request.id(), request.name(), LOST, true)));
    }
    return new ChatMessage.ToolReplies(replies);
  }

  /** Reads all anew: answers to what had none yet take the place of what stood for them. */
  void settle() {
    replace(system, List.copyOf(messages));
  }

  /** The tool call ids of an approval request that ends the context, with the request. */
  static Optional<Message> pendingApproval(List<Message> context) {
    return context.isEmpty() || context.getLast().role() != Role.APPROVAL
        ? Optional.empty()
        : Optional.of(context.getLast()).filter(m -> !m.toolRequests().isEmpty());
  }
}
