package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolHints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tool of another server.
 *
 * @param name by which it is called here
 * @param tool its name at its server
 * @param definition what is shown of it
 * @param hints what may be assumed of it: where its server is not trusted, nothing
 * @param blocked whether its server changed it and nobody approved that yet
 */
public record UpstreamTool(
    String serverId,
    String server,
    String name,
    String tool,
    Definition definition,
    ToolHints hints,
    boolean blocked) {
  /** The type of such tools, as the Letta API writes it. */
  public static final String TYPE = "external_mcp";

  /** When they count as made: as the built-in ones, they are no rows that came at some time. */
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  private static final int RETURN_LIMIT = 50_000;

  /** As agents have it. The id follows from owner and names, so that it stays the same. */
  public StoredTool stored(Owner owner) {
    ObjectNode schema = Json.mapper().createObjectNode();
    schema.put("name", name).put("description", definition.description());
    schema.set("parameters", definition.inputSchema());
    return new StoredTool(
        id(owner),
        name,
        TYPE,
        definition.description(),
        Optional.of("json"),
        Optional.empty(),
        schema,
        List.of("mcp:" + server),
        RETURN_LIMIT,
        List.of(),
        false,
        false,
        Map.of("mcp", Map.of("server_name", server, "server_id", serverId)),
        MADE,
        MADE);
  }

  public String id(Owner owner) {
    return Ids.named("tool", "mcp/" + owner.id() + "/" + serverId + "/" + tool);
  }
}
