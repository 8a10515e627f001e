package dev.mneme.sandbox.graalpy.worker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls one at a time, answers each, then prepares for the next while nobody waits.
 *
 * <p>{@link #run} belongs to one thread; {@link #sendOutput} may be called from another.
 */
final class CallLoop {
  /** Callers that send one call after the other shall not wait for the housekeeping in between. */
  private static final long QUIET_MILLISECONDS = 30;

  private final HostLink link;
  private final Contexts contexts;
  private final Object underWay = new Object();
  private @Nullable Call call;
  private @Nullable GuestOutput output;

  CallLoop(HostLink link, Contexts contexts) {
    this.link = link;
    this.contexts = contexts;
  }

  void run() throws InterruptedException {
    while (true) {
      if (answer(nextCall()) == Contexts.Next.WARMING) {
        contexts.prepare();
        sendReady();
      }
    }
  }

  void sendReady() {
    link.send(new JsonLine("ready").put("left", contexts.left()));
  }

  private Call nextCall() throws InterruptedException {
    Optional<Call> soon = link.poll(QUIET_MILLISECONDS);
    if (soon.isPresent()) {
      return soon.get();
    }
    while (true) {
      Optional<Call> waiting = link.poll();
      if (waiting.isPresent()) {
        return waiting.get();
      }
      if (!contexts.prepare()) {
        return link.take();
      }
    }
  }

  /** Runs a call and says what follows it. */
  Contexts.Next answer(Call next) {
    PythonContext context = contexts.forCall(next);
    begin(next, context.output());
    Answer answer = context.run(next);
    if (answer.status() == Answer.Status.OK) {
      for (Attachments.Outgoing file : context.takeFiles()) {
        link.send(
            new JsonLine("artifact")
                .put("id", next.id())
                .put("name", file.name())
                .put("data", file.base64()));
      }
    }
    JsonLine result = end(next, context.output(), answer);
    Contexts.Next then = contexts.next(answer.reusable());
    link.send(result.put("next", then.wire()));
    contexts.giveBack(next, context, answer.reusable());
    return then;
  }

  private void begin(Call next, GuestOutput from) {
    synchronized (underWay) {
      call = next;
      output = from;
    }
  }

  private JsonLine end(Call ended, GuestOutput from, Answer answer) {
    synchronized (underWay) {
      call = null;
      output = null;
    }
    JsonLine line =
        new JsonLine("result").put("id", ended.id()).put("status", answer.status().wire());
    if (answer.status() == Answer.Status.OK) {
      line.put("value", answer.text());
    } else {
      line.put("message", answer.text()).put("traceback", answer.traceback());
    }
    return line.put("stdout", from.takeOut())
        .put("stderr", from.takeErr())
        .put("dropped", from.dropped());
  }

  /** Sends what the call under way has printed so far, so that it is not lost if it is killed. */
  void sendOutput() {
    synchronized (underWay) {
      if (call == null || output == null) {
        return;
      }
      String out = output.takeOut();
      String err = output.takeErr();
      if (!out.isEmpty() || !err.isEmpty()) {
        link.send(
            new JsonLine("output").put("id", call.id()).put("stdout", out).put("stderr", err));
      }
    }
  }
}
