package dev.mneme.relay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What this server says of itself before anything is opened; the same static text the server uses.
 */
final class Card {
  private static final String RESOURCE = "/dev/mneme/mcp/server-card.json";

  /** A date in quotes. */
  private static final int VERSION_LENGTH = 12;

  private final RawObject card;

  Card(RawObject card) {
    this.card = card;
  }

  /** Reads the copy beside the program where there is one: that opens no jar. */
  static Card read() throws IOException {
    String dist = System.getProperty("mneme.dist");
    if (dist != null) {
      Path file = Path.of(dist, "server-card.json");
      if (Files.exists(file)) {
        return new Card(RawObject.of(Files.readAllBytes(file)));
      }
    }
    try (InputStream in = Card.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("this build has no server card; build it again");
      }
      return new Card(RawObject.of(in.readAllBytes()));
    }
  }

  /** The answer to {@code initialize}: the client's protocol version where known, else ours. */
  String initialized(String id, RawObject params) {
    RawObject result = card.object("result");
    StringBuilder answer = new StringBuilder(4096);
    answer.append("{\"jsonrpc\":\"2.0\",\"id\":").append(id);
    answer.append(",\"result\":{\"protocolVersion\":");
    answer.append(version(params.raw("protocolVersion"), result));
    append(answer, result, "capabilities");
    append(answer, result, "serverInfo");
    append(answer, result, "instructions");
    return answer.append("}}\n").toString();
  }

  private static void append(StringBuilder answer, RawObject result, String name) {
    String value = result.raw(name);
    if (value != null) {
      answer.append(",\"").append(name).append("\":").append(oneLine(value));
    }
  }

  /** The resource is laid out for people; a line end inside would end the message. */
  private static String oneLine(String json) {
    return json.replace('\n', ' ').replace('\r', ' ');
  }

  private String version(@Nullable String asked, RawObject result) {
    String known = card.raw("supportedVersions");
    if (asked != null
        && asked.length() == VERSION_LENGTH
        && known != null
        && known.contains(asked)) {
      return asked;
    }
    return String.valueOf(result.raw("protocolVersion"));
  }
}
