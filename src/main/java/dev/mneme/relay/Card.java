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

  private static final String META = "io.modelcontextprotocol/";

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

  /**
   * Whether this asks what the server is, in a revision it serves and with all the question needs;
   * the owner answers the others.
   */
  boolean discovers(Message message) {
    if (!message.is("server/discover")) {
      return false;
    }
    RawObject meta = message.params().object("_meta");
    String version = meta.raw(META.concat("protocolVersion"));
    String capabilities = meta.raw(META.concat("clientCapabilities"));
    String known = card.raw("modernVersions");
    return version != null
        && version.length() == VERSION_LENGTH
        && known != null
        && known.contains(version)
        && capabilities != null
        && capabilities.startsWith("{");
  }

  /** The answer to {@code server/discover}. */
  String discovered(String id) {
    RawObject result = card.object("result");
    StringBuilder answer = new StringBuilder(4096);
    answer.append("{\"jsonrpc\":\"2.0\",\"id\":").append(id);
    answer.append(",\"result\":{\"supportedVersions\":");
    answer.append(oneLine(String.valueOf(card.raw("modernVersions"))));
    answer.append(",\"capabilities\":");
    answer.append(oneLine(String.valueOf(card.raw("modernCapabilities"))));
    append(answer, result, "instructions");
    answer.append(",\"resultType\":\"complete\",\"ttlMs\":3600000,\"cacheScope\":\"private\"");
    answer.append(",\"_meta\":{\"").append(META).append("serverInfo\":");
    answer.append(oneLine(String.valueOf(result.raw("serverInfo"))));
    return answer.append("}}}\n").toString();
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
