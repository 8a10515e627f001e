package dev.mneme.sandbox.graalpy.worker;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what a call prints, up to a number of characters for both streams together, and counts the
 * rest. Thread-safe: the guest writes while the watch takes what is there.
 */
final class GuestOutput {
  private final Stream out = new Stream();
  private final Stream err = new Stream();
  private int left;
  private long dropped;

  synchronized void begin(int limit) {
    left = limit;
    dropped = 0;
    out.kept.reset();
    err.kept.reset();
  }

  OutputStream out() {
    return out;
  }

  Stream err() {
    return err;
  }

  /** What stdout got since the last time, whole characters only. */
  synchronized String takeOut() {
    return out.take();
  }

  synchronized String takeErr() {
    return err.take();
  }

  /** Characters that were printed and not kept. */
  synchronized long dropped() {
    return dropped;
  }

  final class Stream extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (GuestOutput.this) {
        int end = offset + length;
        int i = offset;
        for (; i < end && dropped == 0 && (left > 0 || continues(bytes[i])); i++) {
          if (!continues(bytes[i])) {
            left--;
          }
        }
        kept.write(bytes, offset, i - offset);
        for (; i < end; i++) {
          if (!continues(bytes[i])) {
            dropped++;
          }
        }
      }
    }

    private String take() {
      byte[] bytes = kept.toByteArray();
      int end = wholeCharacters(bytes);
      kept.reset();
      kept.write(bytes, end, bytes.length - end);
      return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
  }

  private static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }

  private static int wholeCharacters(byte[] bytes) {
    int start = bytes.length;
    for (int back = 1; back <= 4 && back <= bytes.length; back++) {
      byte b = bytes[bytes.length - back];
      if (!continues(b)) {
        int need = b >= 0 ? 1 : (b & 0xE0) == 0xC0 ? 2 : (b & 0xF0) == 0xE0 ? 3 : 4;
        return need > back ? bytes.length - back : bytes.length;
      }
    }
    return start;
  }
}
