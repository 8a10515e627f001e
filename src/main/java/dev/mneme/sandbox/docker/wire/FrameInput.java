package dev.mneme.sandbox.docker.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes the container's stdout out of the engine's stream, in which each piece has a head of eight
 * bytes: stream number, three zeros, length. The end of stderr is kept. For one reading thread.
 */
final class FrameInput extends InputStream {
  private static final int HEAD = 8;
  private static final int STDERR = 2;
  private static final int KEPT = 4_000;

  private final InputStream in;
  private final StringBuilder stderr = new StringBuilder();
  private long left;

  /**
   * @param in the engine's stream, buffered
   */
  FrameInput(InputStream in) {
    this.in = in;
  }

  String stderr() {
    synchronized (stderr) {
      return stderr.toString();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left == 0) {
      if (!nextFrame()) {
        return -1;
      }
    }
    int count = in.read(into, offset, (int) Math.min(left, length));
    if (count < 0) {
      return -1;
    }
    left -= count;
    return count;
  }

  private boolean nextFrame() throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length == 0) {
      return false;
    }
    if (head.length < HEAD) {
      throw new EOFException("the engine's stream broke off");
    }
    long length = 0;
    for (int i = 4; i < HEAD; i++) {
      length = (length << 8) | (head[i] & 0xFF);
    }
    if (head[0] == STDERR) {
      keep(length);
    } else {
      left = length;
    }
    return true;
  }

  private void keep(long length) throws IOException {
    byte[] buffer = new byte[2_048];
    for (long rest = length; rest > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(rest, buffer.length));
      if (count < 0) {
        throw new EOFException("the engine's stream broke off");
      }
      rest -= count;
      synchronized (stderr) {
        stderr.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        stderr.delete(0, Math.max(0, stderr.length() - KEPT));
      }
    }
  }
}
