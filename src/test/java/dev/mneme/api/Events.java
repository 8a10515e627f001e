package dev.mneme.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stream of server-sent events, read as it comes. */
final class Events implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  Events(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /**
   * One event.
   *
   * @param name empty for all but errors
   */
  record Event(String name, String data) {
    JsonNode json() {
      return Json.parse(data);
    }

    String type() {
      return data.startsWith("[") ? data : json().path("message_type").asText();
    }
  }

  int status() {
    return response.statusCode();
  }

  String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** The next event; absent at the end of the stream. */
  Optional<Event> next() {
    String name = "";
    try {
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          return Optional.empty();
        }
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          return Optional.of(new Event(name, line.substring("data: ".length())));
        } else if (!line.isEmpty()) {
          throw new AssertionError("A line that no Letta client reads: " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Event> rest() {
    List<Event> all = new ArrayList<>();
    for (Optional<Event> event = next(); event.isPresent(); event = next()) {
      all.add(event.get());
    }
    return all;
  }

  /** All but pings. */
  List<Event> told() {
    return rest().stream().filter(event -> !event.type().equals("ping")).toList();
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
