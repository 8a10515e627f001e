package dev.mneme.engine;

import dev.mneme.engine.rules.Allowed;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ModelException;
import dev.mneme.model.ToolChoice;
import dev.mneme.model.ToolSpec;
import dev.mneme.run.RunWork;
import java.util.List;

/** Asks the model, and makes room in its context window where it overflows. Thread-safe. */
final class Asking {
  private static final int MAX_COMPACTIONS = 3;

  private final Compactor compactor;

  Asking(Compactor compactor) {
    this.compactor = compactor;
  }

  ChatReply ask(Session session, RunWork work, StepDraft step, Allowed allowed) {
    ChatListener listener =
        session.request.tokens()
            ? new Deltas(work, step.messageId, session.takesOneCall())
            : ChatListener.NONE;
    long begin = System.nanoTime();
    try {
      for (int compactions = 0; ; compactions++) {
        try {
          ChatReply reply = session.chat.chat(request(session, allowed), listener);
          step.usage = reply.usage();
          return reply;
        } catch (ModelException e) {
          if (e.type() != ModelException.Type.CONTEXT_WINDOW_EXCEEDED
              || compactions == MAX_COMPACTIONS
              || !compactor.compact(session, work, Compactor.OVERFLOW, compactions)) {
            throw e;
          }
        }
      }
    } finally {
      step.modelNanos = System.nanoTime() - begin;
    }
  }

  private static ChatRequest request(Session session, Allowed allowed) {
    List<ToolSpec> tools = session.toolbox.specs(allowed.tools());
    return new ChatRequest(
        session.window.chat(), tools, choice(session, allowed, tools), session.settings);
  }

  private static ToolChoice choice(Session session, Allowed allowed, List<ToolSpec> tools) {
    if (tools.isEmpty() || !(allowed.forced() || session.heartbeats())) {
      return ToolChoice.AUTO;
    }
    return tools.size() == 1 ? new ToolChoice.Named(tools.getFirst().name()) : ToolChoice.ANY;
  }
}
