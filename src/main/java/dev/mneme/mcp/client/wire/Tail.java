package dev.mneme.mcp.client.wire;

import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The last bytes of what was said, in memory and in a file where one is named. Thread-safe. */
final class Tail {
  private static final int SIZE = 16 * 1024;

  private final byte[] ring = new byte[SIZE];
  private final Optional<Path> file;
  private final Executor writer;
  private long written;
  private long kept;
  private boolean queued;

  /**
   * @param writer writes the file
   */
  Tail(Optional<Path> file, Executor writer) {
    this.file = file;
    this.writer = writer;
  }

  synchronized void add(byte[] bytes, int length) {
    for (int i = Math.max(0, length - SIZE); i < length; i++) {
      ring[(int) (written++ % SIZE)] = bytes[i];
    }
  }

  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes, bytes.length);
  }

  /** Has the file written where something came since it was; does not wait for that. */
  void keep() {
    synchronized (this) {
      if (file.isEmpty() || queued || kept == written) {
        return;
      }
      queued = true;
    }
    try {
      writer.execute(this::write);
    } catch (RejectedExecutionException _) {
      // All ends; it stays in memory.
    }
  }

  private void write() {
    byte[] text;
    synchronized (this) {
      queued = false;
      kept = written;
      text = text().getBytes(StandardCharsets.UTF_8);
    }
    try {
      PrivateFiles.writeLightly(file.orElseThrow(), text);
    } catch (IOException _) {
      // It stays in memory.
    }
  }

  synchronized String text() {
    int length = (int) Math.min(written, SIZE);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((written - length + i) % SIZE)];
    }
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
  }
}
