package dev.mneme.mcp.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads server-sent events. Not thread-safe. */
final class Events {
  /**
   * @param data may be empty where the event only names an id or a pause
   * @param retry milliseconds to wait before the stream is taken up again
   */
  record Event(String type, String data, Optional<String> id, Optional<Long> retry) {}

  private final Lines lines;
  private final int longest;

  Events(InputStream stream, int longest) {
    this.lines = new Lines(stream, longest);
    this.longest = longest;
  }

  /** The next event that says anything; nothing at the end. */
  Optional<Event> next() throws IOException {
    StringBuilder data = new StringBuilder();
    String type = "message";
    Optional<String> id = Optional.empty();
    Optional<Long> retry = Optional.empty();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      String text = line.get();
      if (text.isEmpty()) {
        if (!data.isEmpty() || id.isPresent() || retry.isPresent()) {
          return Optional.of(new Event(type, data.toString(), id, retry));
        }
        type = "message";
      } else if (text.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(value(text, "data:"));
        if (data.length() > longest) {
          throw new IOException("sent an event of more than " + longest + " bytes");
        }
      } else if (text.startsWith("event:")) {
        type = value(text, "event:");
      } else if (text.startsWith("id:")) {
        id = Optional.of(value(text, "id:"));
      } else if (text.startsWith("retry:")) {
        retry = number(value(text, "retry:"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> number(String text) {
    return text.matches("\\d{1,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
