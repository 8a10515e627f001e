package dev.mneme.mcp.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Call;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.methods.Failures;
import dev.mneme.mcp.server.methods.Methods;
import dev.mneme.mcp.server.methods.ResourceMethods;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
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
    Methods methods = new Methods(catalog, UnaryOperator.identity());
    add("ping", (call, exchange) -> empty);
    add("tools/list", (call, exchange) -> of(methods, call).tools().list(params(call)));
    add(
        "tools/call",
        (call, exchange) ->
            of(methods, call).tools().call(params(call), new SdkCallContext(call, exchange)));
    add(
        "resources/list",
        (call, exchange) -> of(methods, call).resources().list(owner(call), params(call)));
    add(
        "resources/templates/list",
        (call, exchange) -> of(methods, call).resources().templates(params(call)));
    add(
        "resources/read",
        (call, exchange) -> of(methods, call).resources().read(owner(call), params(call)));
    add("resources/subscribe", (call, exchange) -> subscribe(of(methods, call).resources(), call));
    add("resources/unsubscribe", (call, exchange) -> unsubscribe(call));
    add("prompts/list", (call, exchange) -> of(methods, call).prompts().list(params(call)));
    add(
        "prompts/get",
        (call, exchange) ->
            of(methods, call).prompts().get(params(call), new SdkCallContext(call, exchange)));
    add(
        "completion/complete",
        (call, exchange) -> of(methods, call).prompts().complete(owner(call), params(call)));
    add("logging/setLevel", (call, exchange) -> LogLevels.set(call));
  }

  Map<String, McpRequestHandler<?>> byMethod() {
    return Map.copyOf(byMethod);
  }

  private static Object subscribe(ResourceMethods resources, Call call) {
    call.session().subscribe(resources.find(owner(call), params(call)).uri());
    return JsonNodeFactory.instance.objectNode();
  }

  private static Object unsubscribe(Call call) {
    call.session().unsubscribe(ResourceMethods.uri(params(call)));
    return JsonNodeFactory.instance.objectNode();
  }

  private static Methods.Set of(Methods methods, Call call) {
    return methods.of(call.session().owner(), call.session().alone());
  }

  private static Owner owner(Call call) {
    return call.session().owner();
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
      throw sdkError(Failures.of(e));
    } catch (RuntimeException e) {
      log.error("{} failed", call.request().method(), e);
      throw sdkError(Failures.defect());
    }
  }

  private static McpError sdkError(RpcError error) {
    JsonNode data = error.data().orElse(null);
    return new McpError(new JSONRPCError(error.code(), error.message(), data));
  }
}
