package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The messages of an event stream, one by one. */
final class Events implements AutoCloseable {
  private final BufferedReader lines;

  Events(InputStream stream) {
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  JsonNode next() throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("the stream ended");
    }
    return Json.parse(line.substring(6));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
