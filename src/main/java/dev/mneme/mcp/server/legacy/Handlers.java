package dev.mneme.mcp.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.Call;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.Catalog;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The methods of the older era, each a plain function from a call to its result. */
final class Handlers {
  private static final Logger log = LoggerFactory.getLogger(Handlers.class);

  /** What a method does; the exchange is the way to report to the caller meanwhile. */
  @FunctionalInterface
  interface Method {
    Object answer(Call call, McpAsyncServerExchange exchange);
  }

  private final Map<String, McpRequestHandler<?>> byMethod = new TreeMap<>();

  Handlers(Catalog catalog) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    ToolMethods tools = new ToolMethods(catalog);
    ResourceMethods resources = new ResourceMethods(catalog);
    PromptMethods prompts = new PromptMethods(catalog);
    add("ping", (call, exchange) -> empty);
    add("tools/list", (call, exchange) -> tools.list(params(call)));
    add("tools/call", (call, exchange) -> tools.call(call, new SdkCallContext(call, exchange)));
    add("resources/list", (call, exchange) -> resources.list(call));
    add("resources/templates/list", (call, exchange) -> resources.templates(params(call)));
    add("resources/read", (call, exchange) -> resources.read(call));
    add("resources/subscribe", (call, exchange) -> resources.subscribe(call));
    add("resources/unsubscribe", (call, exchange) -> resources.unsubscribe(call));
    add("prompts/list", (call, exchange) -> prompts.list(params(call)));
    add("prompts/get", (call, exchange) -> prompts.get(params(call)));
    add("completion/complete", (call, exchange) -> prompts.complete(call));
    add("logging/setLevel", (call, exchange) -> LogLevels.set(call));
  }

  Map<String, McpRequestHandler<?>> byMethod() {
    return Map.copyOf(byMethod);
  }

  private static ObjectNode params(Call call) {
    return call.request().params();
  }

  private void add(String name, Method method) {
    McpRequestHandler<Object> handler =
        (exchange, params) -> {
          Call call = LegacyEra.call(exchange.transportContext());
          return Mono.fromCallable(() -> run(call, exchange, method));
        };
    byMethod.put(name, handler);
  }

  /** Null, which Reactor takes for no answer, when the call was cancelled. */
  @SuppressWarnings("NullAway")
  private static Object run(Call call, McpAsyncServerExchange exchange, Method method) {
    try {
      return call.run(() -> method.answer(call, exchange)).orElse(null);
    } catch (RpcException e) {
      throw sdkError(e.error());
    } catch (MnemeException e) {
      throw sdkError(rpcError(e));
    } catch (RuntimeException e) {
      log.error("{} failed", call.request().method(), e);
      throw sdkError(RpcError.of(RpcError.INTERNAL, "Mneme failed; its log says why."));
    }
  }

  private static RpcError rpcError(MnemeException error) {
    return switch (error.kind()) {
      case INVALID, NOT_FOUND, CONFLICT, DENIED ->
          RpcError.of(RpcError.INVALID_PARAMS, error.message());
      case LIMIT, UNAVAILABLE -> RpcError.of(RpcError.LIMIT, error.message());
      case INTERNAL -> {
        log.error("a request failed", error);
        yield RpcError.of(RpcError.INTERNAL, "Mneme failed; its log says why.");
      }
    };
  }

  private static McpError sdkError(RpcError error) {
    JsonNode data = error.data().orElse(null);
    return new McpError(new JSONRPCError(error.code(), error.message(), data));
  }
}
