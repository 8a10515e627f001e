package dev.mneme.sandbox;

import dev.mneme.sandbox.WorkerProtocol.ProtocolException;
import dev.mneme.tool.Artifact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A call a worker has been given, and what has come back of it so far.
 *
 * <p>The worker's reading thread feeds it, the caller waits on {@link #end}.
 */
final class PendingCall {
  private static final int MAX_MESSAGES = 20_000;
  private static final int MAX_FILES = 16;
  private static final int MAX_FILE_TEXT = 10_000_000;

  private final String id;
  private final Work work;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final StringBuilder stdout = new StringBuilder();
  private final StringBuilder stderr = new StringBuilder();
  private final List<Artifact> files = new ArrayList<>();
  private final Set<Thread> serving = new HashSet<>();
  private boolean over;
  private int waiting;
  private long waitingSince;
  private long waited;
  private int fileText;
  private int messages;

  PendingCall(String id, Work work) {
    this.id = id;
    this.work = work;
  }

  /** How the worker's part of a call ended. */
  sealed interface End {
    record Finished(WorkerMessage.Result result) implements End {}

    /**
     * @param text what happened, for the caller
     */
    record Died(WorkerFactory.Exit exit, String text) implements End {}
  }

  Work work() {
    return work;
  }

  String id() {
    return id;
  }

  CompletableFuture<End> end() {
    return end;
  }

  /** Checks that a message is for this call and that there are not too many. */
  void admit(String messageId) throws ProtocolException {
    if (!id.equals(messageId)) {
      throw new ProtocolException("it answered a call that is not under way");
    }
    if (++messages > MAX_MESSAGES) {
      throw new ProtocolException("it sent more than " + MAX_MESSAGES + " messages in one call");
    }
  }

  /**
   * Answers what the code asks on a thread of its own, which is interrupted when the call ends
   * first. Never while it sends: that would close the way to the worker.
   */
  void serve(Supplier<byte[]> answering, Consumer<byte[]> sending) {
    Thread thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              byte[] line = answering.get();
              if (stillWanted(Thread.currentThread())) {
                sending.accept(line);
              }
            });
    synchronized (this) {
      if (over) {
        return;
      }
      serving.add(thread);
    }
    thread.start();
  }

  /** Nobody waits for answers any more. */
  synchronized void over() {
    over = true;
    serving.forEach(Thread::interrupt);
  }

  /** From here on the thread is not interrupted any more. */
  private synchronized boolean stillWanted(Thread thread) {
    serving.remove(thread);
    return !over;
  }

  /** From now on a person takes the time, not the code. */
  synchronized void pause() {
    if (waiting++ == 0) {
      waitingSince = System.nanoTime();
    }
  }

  synchronized void resume() {
    if (--waiting == 0) {
      waited += System.nanoTime() - waitingSince;
    }
  }

  /** Nanoseconds so far that were a person's. */
  synchronized long waited() {
    return waiting == 0 ? waited : waited + System.nanoTime() - waitingSince;
  }

  synchronized void append(String out, String err) {
    int room = work.limits().output() - stdout.length() - stderr.length();
    stdout.append(out, 0, Math.clamp(room, 0, out.length()));
    room = work.limits().output() - stdout.length() - stderr.length();
    stderr.append(err, 0, Math.clamp(room, 0, err.length()));
  }

  synchronized void add(Artifact file) throws ProtocolException {
    fileText += file.base64().length();
    if (files.size() == MAX_FILES || fileText > MAX_FILE_TEXT) {
      throw new ProtocolException("it sent more files than allowed");
    }
    files.add(file);
  }

  synchronized List<Artifact> files() {
    return List.copyOf(files);
  }

  synchronized String stdout() {
    return stdout.toString();
  }

  synchronized String stderr() {
    return stderr.toString();
  }
}
