package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How the server introduces itself. One resource file holds it, because the relay answers {@code
 * initialize} from the same file before any server runs. Immutable.
 *
 * @param supportedVersions newest first
 * @param modernVersions of the era without sessions, newest first
 * @param modernCapabilities what the server can in that era; not to be changed
 * @param result the answer to {@code initialize}, for the newest version; not to be changed
 */
public record ServerCard(
    List<String> supportedVersions,
    List<String> modernVersions,
    ObjectNode modernCapabilities,
    ObjectNode result) {
  private static final String FILE = "/dev/mneme/mcp/server-card.json";

  public ServerCard {
    supportedVersions = List.copyOf(supportedVersions);
    modernVersions = List.copyOf(modernVersions);
  }

  public static ServerCard load() {
    try (InputStream in = Objects.requireNonNull(ServerCard.class.getResourceAsStream(FILE))) {
      JsonNode card = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return new ServerCard(
          texts(card.path("supportedVersions")),
          texts(card.path("modernVersions")),
          (ObjectNode) card.required("modernCapabilities"),
          (ObjectNode) card.path("result"));
    } catch (IOException e) {
      throw MnemeException.internal("server_card", "The server card could not be read.", e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The answer to {@code server/discover}; the relay makes the same from the same file. */
  public ObjectNode discovered() {
    ObjectNode answer = result.objectNode();
    modernVersions.forEach(answer.putArray("supportedVersions")::add);
    answer.set("capabilities", modernCapabilities);
    answer.set("instructions", result.path("instructions"));
    answer.put("resultType", "complete").put("ttlMs", 3_600_000).put("cacheScope", "private");
    answer.putObject("_meta").set("io.modelcontextprotocol/serverInfo", identity());
    return answer;
  }

  /** Name and version; not to be changed. */
  public JsonNode identity() {
    return result.path("serverInfo");
  }

  /** The version asked for where it is served, else the newest: the client decides then. */
  public String negotiate(String asked) {
    return supportedVersions.contains(asked) ? asked : supportedVersions.getFirst();
  }

  public String version() {
    return result.path("serverInfo").path("version").asText();
  }
}
