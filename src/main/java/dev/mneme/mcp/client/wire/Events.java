package dev.mneme.mcp.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads server-sent events. Not thread-safe. */
final class Events {
  record Event(String type, String data) {}

  private final Lines lines;
  private final int longest;

  Events(InputStream stream, int longest) {
    this.lines = new Lines(stream, longest);
    this.longest = longest;
  }

  /** The next event that carries data; nothing at the end. */
  Optional<Event> next() throws IOException {
    StringBuilder data = new StringBuilder();
    String type = "message";
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      String text = line.get();
      if (text.isEmpty()) {
        if (!data.isEmpty()) {
          return Optional.of(new Event(type, data.toString()));
        }
        type = "message";
      } else if (text.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(value(text, "data:"));
        if (data.length() > longest) {
          throw new IOException("sent an event of more than " + longest + " bytes");
        }
      } else if (text.startsWith("event:")) {
        type = value(text, "event:");
      }
    }
    return Optional.empty();
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
