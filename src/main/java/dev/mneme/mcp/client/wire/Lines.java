package dev.mneme.mcp.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines that may not be longer than allowed. Not thread-safe. */
final class Lines {
  /** Enough for most answers; who sends more gets more. */
  private static final int SMALL = 1024;

  private static final int CHUNK = 8 * 1024;

  private final InputStream stream;
  private final int longest;
  private byte[] chunk = new byte[SMALL];
  private int from;
  private int to;

  Lines(InputStream stream, int longest) {
    this.stream = stream;
    this.longest = longest;
  }

  /** Whether nothing is there that was read but not returned. */
  boolean isEmpty() {
    return from == to;
  }

  /** The next line without its end; nothing at the end of the stream. */
  Optional<String> next() throws IOException {
    byte[] line = new byte[256];
    int length = 0;
    while (true) {
      if (from == to) {
        if (to == SMALL) {
          chunk = new byte[CHUNK];
        }
        to = stream.read(chunk);
        from = 0;
        if (to <= 0) {
          to = 0;
          return length == 0 ? Optional.empty() : Optional.of(text(line, length));
        }
      }
      int end = from;
      while (end < to && chunk[end] != '\n') {
        end++;
      }
      int part = end - from;
      if (length + part > longest) {
        throw new IOException("sent a message of more than " + longest + " bytes");
      }
      if (length + part > line.length) {
        line = Arrays.copyOf(line, Math.min(longest, Math.max(length + part, 2 * line.length)));
      }
      System.arraycopy(chunk, from, line, length, part);
      length += part;
      from = Math.min(end + 1, to);
      if (end < to) {
        return Optional.of(text(line, length));
      }
    }
  }

  private static String text(byte[] line, int length) {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }
}
