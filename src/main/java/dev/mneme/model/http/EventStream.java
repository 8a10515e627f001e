package dev.mneme.model.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events as they arrive: an event is handed out with its last byte, never later. Not
 * thread-safe.
 */
final class EventStream {
  private static final int MAX_LINE = 16 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[16 << 10];
  private int position;
  private int limit;
  private boolean ended;
  private boolean afterReturn;

  EventStream(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for the next event that has data; empty at the end. An event without the blank line that
   * would end it counts, as some servers forget it at the end.
   */
  Optional<Event> next() throws IOException {
    String name = "";
    StringBuilder data = new StringBuilder();
    boolean any = false;
    while (true) {
      Optional<String> read = line();
      if (read.isEmpty() || read.get().isEmpty()) {
        if (any) {
          return Optional.of(new Event(name, data.toString()));
        }
        if (read.isEmpty()) {
          return Optional.empty();
        }
        name = "";
        continue;
      }
      String line = read.get();
      if (line.startsWith("data:")) {
        data.append(any ? "\n" : "").append(value(line, 5));
        any = true;
      } else if (line.startsWith("event:")) {
        name = value(line, 6);
      }
      // Comments keep the connection alive; other fields mean nothing here.
    }
  }

  private static String value(String line, int colon) {
    boolean space = line.length() > colon && line.charAt(colon) == ' ';
    return line.substring(space ? colon + 1 : colon);
  }

  /** A line without its end, which is LF, CR or both. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (true) {
      if (position == limit && !fill()) {
        return line.size() == 0 ? Optional.empty() : Optional.of(text(line));
      }
      if (afterReturn && buffer[position] == '\n') {
        position++;
        afterReturn = false;
        continue;
      }
      afterReturn = false;
      int begin = position;
      while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
        position++;
      }
      line.write(buffer, begin, position - begin);
      if (line.size() > MAX_LINE) {
        throw new IOException("a line is too long");
      }
      if (position < limit) {
        afterReturn = buffer[position++] == '\r';
        return Optional.of(text(line));
      }
    }
  }

  private boolean fill() throws IOException {
    if (!ended) {
      position = 0;
      limit = Math.max(0, in.read(buffer));
      ended = limit == 0;
    }
    return !ended;
  }

  private static String text(ByteArrayOutputStream line) {
    return line.toString(StandardCharsets.UTF_8);
  }

  /**
   * @param name empty if none was given
   */
  record Event(String name, String data) {}
}
