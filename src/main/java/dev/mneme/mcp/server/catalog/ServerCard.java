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
 * @param result the answer to {@code initialize}, for the newest version; not to be changed
 */
public record ServerCard(List<String> supportedVersions, ObjectNode result) {
  private static final String FILE = "/dev/mneme/mcp/server-card.json";

  public ServerCard {
    supportedVersions = List.copyOf(supportedVersions);
  }

  public static ServerCard load() {
    try (InputStream in = Objects.requireNonNull(ServerCard.class.getResourceAsStream(FILE))) {
      JsonNode card = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      List<String> versions = new ArrayList<>();
      card.path("supportedVersions").forEach(version -> versions.add(version.asText()));
      return new ServerCard(versions, (ObjectNode) card.path("result"));
    } catch (IOException e) {
      throw MnemeException.internal("server_card", "The server card could not be read.", e);
    }
  }

  /** The version asked for where it is served, else the newest: the client decides then. */
  public String negotiate(String asked) {
    return supportedVersions.contains(asked) ? asked : supportedVersions.getFirst();
  }

  public String version() {
    return result.path("serverInfo").path("version").asText();
  }
}
