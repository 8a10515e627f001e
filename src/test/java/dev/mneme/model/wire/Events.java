package dev.mneme.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes events, and says whether it began. Used by one thread. */
final class Events {
  private final WireServer.Answer answer;
  private boolean begun;

  Events(WireServer.Answer answer) {
    this.answer = answer;
  }

  boolean begun() {
    return begun;
  }

  void data(String text) {
    write("data: " + text + "\n\n");
  }

  void named(String name, JsonNode data) {
    write("event: " + name + "\ndata: " + Json.write(data) + "\n\n");
  }

  void end() {
    try {
      answer.endEvents();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) {
    try {
      if (!begun) {
        begun = true;
        answer.beginEvents();
      }
      answer.events(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
