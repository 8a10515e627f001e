package dev.mneme.mcp.client.wire;

import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The last bytes of what was said, in memory and in a file where one is named. Thread-safe. */
final class Tail {
  private static final int SIZE = 16 * 1024;

  private final byte[] ring = new byte[SIZE];
  private final Optional<Path> file;
  private long written;
  private long kept;

  Tail(Optional<Path> file) {
    this.file = file;
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

  /** Writes the file where something came since it was written. */
  void keep() {
    synchronized (this) {
      if (file.isEmpty() || kept == written) {
        return;
      }
      kept = written;
    }
    try {
      PrivateFiles.write(file.get(), text().getBytes(StandardCharsets.UTF_8));
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
