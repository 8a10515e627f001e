package dev.mneme.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The requests of the training run. */
final class TrainingHttp {
  private TrainingHttp() {}

  /**
   * @param session the value of the answer's header of this kind, for the requests that follow
   */
  record Answer(String text, Optional<String> session) {}

  static Answer post(URI url, String body, Map<String, String> headers) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("content-type", "application/json");
    headers.forEach(connection::setRequestProperty);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    connection.setFixedLengthStreamingMode(bytes.length);
    connection.getOutputStream().write(bytes);
    return answer(connection);
  }

  static Answer get(URI url) throws IOException {
    return answer((HttpURLConnection) url.toURL().openConnection());
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      return new Answer(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          Optional.ofNullable(connection.getHeaderField("mcp-session-id")));
    }
  }
}
