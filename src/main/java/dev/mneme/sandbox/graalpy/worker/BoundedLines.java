package dev.mneme.sandbox.graalpy.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads UTF-8 lines of a bounded length. For one thread. */
final class BoundedLines {
  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[16_384];
  private int at;
  private int end;

  BoundedLines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next line, or nothing at the end of the stream; an unfinished last line is dropped. */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (at == end) {
        at = 0;
        end = in.read(buffer);
        if (end < 0) {
          end = 0;
          return Optional.empty();
        }
      }
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      line.write(buffer, at, stop - at);
      if (line.size() > limit) {
        throw new IOException("a line is longer than " + limit + " bytes");
      }
      boolean complete = stop < end;
      at = complete ? stop + 1 : stop;
      if (complete) {
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
