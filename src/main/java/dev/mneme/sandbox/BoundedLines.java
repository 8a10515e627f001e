package dev.mneme.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines of bounded length. For one reading thread; any thread may set the limit. */
final class BoundedLines {
  private final InputStream in;
  private final byte[] buffer = new byte[16_384];
  private volatile int limit;
  private int at;
  private int end;

  BoundedLines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  void limit(int bytes) {
    limit = bytes;
  }

  /** The next line; nothing at the end of the stream, where an unfinished line is dropped. */
  Optional<byte[]> next() throws IOException, WorkerProtocol.ProtocolException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          return Optional.empty();
        }
      }
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      line.write(buffer, at, stop - at);
      if (line.size() > limit) {
        throw new WorkerProtocol.ProtocolException(
            "it sent a line longer than " + limit + " bytes");
      }
      boolean complete = stop < end;
      at = complete ? stop + 1 : stop;
      if (complete) {
        return Optional.of(line.toByteArray());
      }
    }
  }
}
