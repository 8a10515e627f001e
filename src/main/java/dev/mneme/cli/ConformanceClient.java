package dev.mneme.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.LoneServer;
import dev.mneme.mcp.client.Patience;
import dev.mneme.mcp.client.Transports;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerLimits;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.Protocol;
import dev.mneme.net.NetPolicy;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The program the official conformance suite runs as its client: it uses the suite's server as
 * Mneme uses any other, and calls each tool there is, or those the suite names. A person is there
 * who agrees to everything and fills in nothing.
 */
final class ConformanceClient {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private ConformanceClient() {}

  /** Whether all went well, as an exit code. */
  static int run(URI url) {
    JsonNode context =
        Json.parse(Optional.ofNullable(System.getenv("MCP_CONFORMANCE_CONTEXT")).orElse("{}"));
    NetPolicy policy = NetPolicy.PUBLIC_ONLY.naming(url);
    try (Transports transports = new Transports("conformance", Path.of("/"), Optional.empty());
        LoneServer server = new LoneServer(spec(url), transports, policy, "0", Patience.DEFAULT)) {
      List<ObjectNode> tools = server.tools();
      if (context.has("toolCalls")) {
        for (JsonNode call : context.path("toolCalls")) {
          server.call(call.path("name").asText(), (ObjectNode) call.path("arguments"), PERSON);
        }
      } else {
        for (ObjectNode tool : tools) {
          server.call(tool.path("name").asText(), arguments(tool.path("inputSchema")), PERSON);
        }
      }
      return ExitCode.OK;
    } catch (CallFailed e) {
      System.err.println("mneme: " + e.message());
      return ExitCode.FAILURE;
    }
  }

  private static ServerSpec spec(URI url) {
    String revision =
        Optional.ofNullable(System.getenv("MCP_CONFORMANCE_PROTOCOL_VERSION")).orElse("");
    Protocol protocol =
        switch (revision) {
          case "" -> Protocol.AUTO;
          case "2026-07-28" -> Protocol.NEWER;
          default -> Protocol.OLDER;
        };
    return new ServerSpec(
        "suite",
        new Endpoint.Remote(url, Endpoint.Remote.Kind.STREAMABLE, Map.of()),
        new ServerLimits(PATIENT, PATIENT, 4, 10_000),
        Set.of(),
        false,
        false,
        true,
        protocol);
  }

  /** Something for each argument that has to be there. */
  private static ObjectNode arguments(JsonNode schema) {
    ObjectNode arguments = Json.mapper().createObjectNode();
    for (JsonNode name : schema.path("required")) {
      switch (schema.path("properties").path(name.asText()).path("type").asText("")) {
        case "number", "integer" -> arguments.put(name.asText(), 5);
        case "boolean" -> arguments.put(name.asText(), true);
        case "object" -> arguments.putObject(name.asText());
        case "array" -> arguments.putArray(name.asText());
        default -> arguments.put(name.asText(), "text");
      }
    }
    return arguments;
  }

  private static final ToolListener PERSON =
      new ToolListener() {
        @Override
        public Reply ask(Form form) {
          return new Reply.Given(Json.mapper().createObjectNode());
        }
      };
}
