package dev.mneme.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Throws as soon as more bytes arrive than allowed, or the deadline has ended the exchange. */
final class CappedStream extends FilterInputStream {
  private final long limit;
  private final Deadline deadline;
  private long read;

  CappedStream(InputStream in, long limit, Deadline deadline) {
    super(in);
    this.limit = limit;
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = super.read(bytes, offset, length);
    } catch (IOException e) {
      throw deadline.explain(e);
    }
    if (count > 0) {
      read += count;
      if (read > limit) {
        throw new NetErrors.TooLarge(limit);
      }
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] scratch = new byte[(int) Math.min(Math.max(count, 0), 8192)];
    return Math.max(0, read(scratch, 0, scratch.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
