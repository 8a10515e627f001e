package dev.mneme.sandbox.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes one write of what several callers want written at the same time; each waits until its own
 * is. One of them writes for all who wait, and then names who is next. Thread-safe.
 *
 * <p>Who is alone does not wait for others. Where several came together before, the next ones get a
 * moment: a write costs about the same for one as for many.
 */
final class Notes {
  private static final int MOST = 256;
  private static final long MOMENT = TimeUnit.MICROSECONDS.toNanos(700);

  /**
   * @param turn true once it was written; false where its caller is to write, for all who wait
   */
  private record Note(CallEntry entry, CompletableFuture<Boolean> turn) {}

  private final Writer writer;
  private final Deque<Note> waiting = new ArrayDeque<>();
  private boolean writing;
  private int together;

  /** Where entries are written. */
  @FunctionalInterface
  interface Writer {
    /**
     * Called by one thread at a time; what it throws, all whose entries it got throw.
     *
     * @return why entries were not written that could not be; all others were
     */
    Map<CallEntry, RuntimeException> write(List<CallEntry> entries);
  }

  Notes(Writer writer) {
    this.writer = writer;
  }

  void write(CallEntry entry) {
    Note note = new Note(entry, new CompletableFuture<>());
    if (isFirst(note) || !isWritten(note)) {
      writeAll();
    }
  }

  private synchronized boolean isFirst(Note note) {
    waiting.add(note);
    boolean first = !writing;
    writing = true;
    return first;
  }

  private static boolean isWritten(Note note) {
    try {
      return note.turn().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** Writes what waits; the entry of the calling thread is the first of it. */
  private void writeAll() {
    if (isBusy()) {
      LockSupport.parkNanos(MOMENT);
    }
    List<Note> batch = take();
    Map<CallEntry, RuntimeException> failed;
    try {
      failed = writer.write(batch.stream().map(Note::entry).toList());
      batch.forEach(note ->
          Optional.ofNullable(failed.get(note.entry()))
              .ifPresentOrElse(
                  note.turn()::completeExceptionally, () -> note.turn().complete(true)));
    } catch (RuntimeException | Error e) {
      batch.forEach(note -> note.turn().completeExceptionally(e));
      throw e;
    } finally {
      next();
    }
    // Its turn may have been used up by naming it as the next to write.
    RuntimeException own = failed.get(batch.getFirst().entry());
    if (own != null) {
      throw own;
    }
  }

  private synchronized boolean isBusy() {
    return together > 1;
  }

  private synchronized List<Note> take() {
    List<Note> batch = new ArrayList<>();
    while (batch.size() < MOST && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    together = batch.size();
    return batch;
  }

  private synchronized void next() {
    Note next = waiting.peek();
    writing = next != null;
    if (next != null) {
      next.turn().complete(false);
    }
  }
}
