package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** One Python context with the harness in it. For the thread that runs calls. */
final class PythonContext {
  private final Context context;
  private final GuestOutput output;
  private final MemoryFiles files;
  private final GuestBridge bridge;
  private final Value run;
  private final Value tidy;
  private final Value sweep;
  private final Value importNext;
  private boolean complete;

  PythonContext(
      Context context,
      Value harness,
      Value guest,
      GuestOutput output,
      MemoryFiles files,
      GuestBridge bridge) {
    this.context = context;
    this.files = files;
    this.output = output;
    this.bridge = bridge;
    run = harness.getArrayElement(0);
    tidy = harness.getArrayElement(1);
    sweep = harness.getArrayElement(2);
    harness.getArrayElement(3).executeVoid(bridge, guest);
    importNext = harness.getArrayElement(4);
  }

  GuestOutput output() {
    return output;
  }

  /** Imports one more of the modules tools usually need; false when all are there. */
  boolean prepare() {
    if (!complete) {
      complete = !importNext.execute().asBoolean();
    }
    return !complete;
  }

  Answer run(Call call) {
    output.begin(call.output());
    bridge.begin(call.id());
    try {
      Attachments.place(call.files(), files.tree());
      Value answer =
          run.execute(
              call.kind(),
              call.name(),
              call.source(),
              call.sha256(),
              call.function(),
              call.arguments());
      return answerOf(answer, call.result());
    } catch (PolyglotException e) {
      return GuestFailure.of(e, call);
    } catch (IOException e) {
      return Answer.failed(
          Answer.Status.ERROR, "The files for the call do not fit: " + e.getMessage(), "", true);
    } catch (StackOverflowError e) {
      return Answer.failed(
          Answer.Status.ERROR, "RecursionError: the code calls itself too deeply", "", false);
    }
  }

  private static Answer answerOf(Value answer, int limit) {
    String status = answer.getArrayElement(0).asString();
    String text = answer.getArrayElement(1).asString();
    String traceback = answer.getArrayElement(2).asString();
    if (status.equals("ok")) {
      return text.length() <= limit
          ? Answer.ok(text)
          : Answer.failed(
              Answer.Status.RESULT,
              "The result is longer than the result limit of " + limit + " bytes.",
              "",
              true);
    }
    Answer.Status failure = status.equals("memory") ? Answer.Status.MEMORY : Answer.Status.ERROR;
    return Answer.failed(failure, cut(text), cut(traceback), true);
  }

  /** What the call left for its caller; why something does not come back is said on its stderr. */
  List<Attachments.Outgoing> takeFiles() {
    Attachments.Collected collected = Attachments.collect(files.tree());
    for (String note : collected.notes()) {
      byte[] line = ("/out: " + note + "\n").getBytes(StandardCharsets.UTF_8);
      output.err().write(line, 0, line.length);
    }
    return collected.files();
  }

  /** Empties the folder of what a call leaves for its caller, and no other. */
  void keepFiles() {
    files.tree().clearBelow("/out");
  }

  /** Cleans up after a call; whether the context may be used again. */
  boolean tidy(Call call) {
    boolean clean = isEmpty(() -> tidy.execute(call.name(), call.sha256()));
    return files.clear() && clean;
  }

  /** Looks at every module; whether the context may be used again. */
  boolean sweep() {
    return isEmpty(sweep::execute);
  }

  private static boolean isEmpty(java.util.function.Supplier<Value> check) {
    try {
      return check.get().asString().isEmpty();
    } catch (PolyglotException | ClassCastException e) {
      return false;
    }
  }

  void close() {
    try {
      context.close(true);
    } catch (PolyglotException e) {
      System.err.println("worker: a context did not close cleanly");
    }
    files.discard();
  }

  static String cut(String text) {
    return text.length() <= 20_000 ? text : text.substring(0, 20_000) + "...";
  }
}
