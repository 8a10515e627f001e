package dev.mneme.mcp.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.Session;
import dev.mneme.mcp.server.catalog.ClientRequest;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Requests to the client while a call waits, one after the other. */
final class Requesting {
  /** How long a client may take to answer what the server asks. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(Requesting.class);

  private Requesting() {}

  static boolean can(McpAsyncServerExchange exchange, String capability) {
    ClientCapabilities client = exchange.getClientCapabilities();
    return client != null
        && switch (capability) {
          case "elicitation" -> client.elicitation() != null;
          case "sampling" -> client.sampling() != null;
          case "roots" -> client.roots() != null;
          default -> false;
        };
  }

  static Map<String, JsonNode> request(
      Map<String, ClientRequest> wanted, Session session, McpAsyncServerExchange exchange) {
    Map<String, JsonNode> results = new LinkedHashMap<>();
    wanted.forEach((name, request) -> results.put(name, one(request, session, exchange)));
    return results;
  }

  private static JsonNode one(
      ClientRequest request, Session session, McpAsyncServerExchange exchange) {
    if (!can(exchange, request.capability())) {
      throw MnemeException.unavailable(
          "client_cannot", "The client has not declared the capability " + request.capability());
    }
    session.asks();
    Question question = new Question();
    try {
      Object result =
          question.ask(() ->
              sent(request, exchange)
                  .blockOptional(PATIENCE)
                  .orElseThrow(() -> new IllegalStateException("no answer")));
      return LegacyEra.MAPPER.convertValue(result, JsonNode.class);
    } catch (RuntimeException e) {
      log.debug("a client did not answer {}", request.method(), e);
      if (wasGivenUp(e)) {
        question.withdraw();
      }
      throw MnemeException.unavailable("client_silent", "The client did not answer.");
    } finally {
      session.asked();
    }
  }

  /** Interrupted, or waited for too long; every other error is the client's own answer. */
  private static boolean wasGivenUp(RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException || cause instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static Mono<?> sent(ClientRequest request, McpAsyncServerExchange exchange) {
    return switch (request.method()) {
      case ClientRequest.ELICIT ->
          exchange.createElicitation(params(request, ElicitFormRequest.class));
      case ClientRequest.SAMPLE ->
          exchange.createMessage(params(request, CreateMessageRequest.class));
      default -> exchange.listRoots();
    };
  }

  private static <T> T params(ClientRequest request, Class<T> type) {
    return LegacyEra.MAPPER.convertValue(request.params(), type);
  }
}
