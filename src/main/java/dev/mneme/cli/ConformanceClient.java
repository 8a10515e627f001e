package dev.mneme.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.LoneServer;
import dev.mneme.mcp.client.Patience;
import dev.mneme.mcp.client.Transports;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.OAuthSettings;
import dev.mneme.mcp.client.config.ServerLimits;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.config.TextSource;
import dev.mneme.mcp.client.config.Unattended;
import dev.mneme.mcp.client.oauth.OAuthAccess;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.oauth.Vault;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.Protocol;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import dev.mneme.secret.SecretText;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
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

  /** The suite runs dozens of these at once, each a program that starts, logs in and calls. */
  private static final Duration UNDER_LOAD = Duration.ofMinutes(2);

  /** The address of a document that is not there; the suite knows it. */
  private static final URI DOCUMENT =
      URI.create("https://conformance-test.local/client-metadata.json");

  private static final URI REDIRECT = URI.create("http://localhost:33418/callback");

  private ConformanceClient() {}

  /** Whether all went well, as an exit code. */
  static int run(URI url) {
    JsonNode context =
        Json.parse(Optional.ofNullable(System.getenv("MCP_CONFORMANCE_CONTEXT")).orElse("{}"));
    NetPolicy policy = new NetPolicy(Set.of(url.getHost()), PATIENT);
    Vault vault = Vault.inMemory();
    try (OutboundClient browser = new OutboundClient(policy);
        Transports transports = new Transports("conformance", Path.of("/"), Optional.empty());
        LoneServer server =
            new LoneServer(
                spec(url, context),
                transports,
                policy,
                (spec, address, http) ->
                    new OAuthAccess(
                        http,
                        address,
                        spec.oauth(),
                        vault,
                        Optional.of(new Agreeing(browser)),
                        "",
                        Clock.systemUTC()),
                "0",
                Patience.DEFAULT)) {
      List<ObjectNode> tools = server.tools();
      if (context.has("toolCalls")) {
        for (JsonNode call : context.path("toolCalls")) {
          server.call(call.path("name").asText(), (ObjectNode) call.path("arguments"), PERSON);
        }
      } else {
        JsonNode first = tools.isEmpty() ? context : tools.getFirst().path("inputSchema");
        for (ObjectNode tool : tools) {
          ObjectNode arguments = arguments(tool.path("inputSchema"));
          if (arguments.has("schema")) {
            // Who wants one is given one as it came, to see that nothing was lost on the way.
            arguments.set("schema", first);
          }
          server.call(tool.path("name").asText(), arguments, PERSON);
        }
      }
      return ExitCode.OK;
    } catch (CallFailed e) {
      System.err.println("mneme: " + e.message());
      return ExitCode.FAILURE;
    }
  }

  private static ServerSpec spec(URI url, JsonNode context) {
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
        new ServerLimits(UNDER_LOAD, UNDER_LOAD, 4, 10_000),
        Set.of(),
        false,
        false,
        false,
        true,
        protocol,
        new OAuthSettings(
            text(context, "issuer"),
            text(context, "client_id"),
            text(context, "client_secret").map(SecretText::new),
            Optional.of(DOCUMENT),
            text(context, "private_key_pem").map(SecretText::new).map(TextSource.Given::new),
            unattended(context),
            List.of()),
        Optional.empty());
  }

  /** How the suite wants to be logged in to where no person is to be asked. */
  private static Optional<Unattended> unattended(JsonNode context) {
    String scenario = Optional.ofNullable(System.getenv("MCP_CONFORMANCE_SCENARIO")).orElse("");
    return switch (scenario) {
      case "auth/client-credentials-basic", "auth/client-credentials-jwt" ->
          Optional.of(new Unattended.ClientCredentials());
      case "auth/wif-jwt-bearer" ->
          Optional.of(new Unattended.Workload(source(context, "valid_jwt")));
      case "auth/enterprise-managed-authorization" ->
          Optional.of(
              new Unattended.Enterprise(
                  source(context, "idp_id_token"),
                  URI.create(context.path("idp_token_endpoint").asText()),
                  context.path("idp_client_id").asText(),
                  Optional.empty()));
      default -> Optional.empty();
    };
  }

  private static TextSource source(JsonNode context, String key) {
    return new TextSource.Given(new SecretText(context.path(key).asText()));
  }

  private static Optional<String> text(JsonNode context, String key) {
    return Optional.ofNullable(context.path(key).textValue());
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

  /** A person who lets everybody in: follows the address to where it leads back. */
  private record Agreeing(OutboundClient browser) implements Person {
    @Override
    public URI redirect() {
      return REDIRECT;
    }

    @Override
    public URI ask(URI authorization) throws CallFailed {
      try (OutboundResponse answer = browser.sendOnce(OutboundRequest.get(authorization))) {
        return answer
            .header("location")
            .map(URI::create)
            .orElseThrow(
                () -> new CallFailed(CallFailed.Reason.UNAUTHORIZED, "nobody was sent back"));
      }
    }
  }

  private static final ToolListener PERSON =
      new ToolListener() {
        @Override
        public Reply ask(Form form) {
          return new Reply.Given(Json.mapper().createObjectNode());
        }
      };
}
