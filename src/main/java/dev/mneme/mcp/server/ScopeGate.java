package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.Scope;
import dev.mneme.web.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * Lets through what the token of a request allows. What is refused says which scope it needs, so
 * that a client can ask its user for it. Lists show everything to everybody: who does not see a
 * tool cannot ask for what it needs. Thread-safe.
 */
final class ScopeGate {
  private final Catalog catalog;

  ScopeGate(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * @throws HttpRefusal when the token allows something else
   */
  void check(Message.Request call, HttpServletRequest request) {
    if (Scope.texts().stream().allMatch(scope -> Callers.may(request, scope))) {
      return;
    }
    Optional<String> lacking =
        needed(call, request).map(Scope::text).filter(scope -> !Callers.may(request, scope));
    if (lacking.isPresent()) {
      throw new HttpRefusal(
          403,
          RpcError.of(
              RpcError.FORBIDDEN, "This needs a token with the scope '" + lacking.get() + "'."),
          Optional.of(call.id()),
          Callers.stepUp(request, List.of(lacking.get())));
    }
  }

  private Optional<Scope> needed(Message.Request call, HttpServletRequest request) {
    return switch (call.method()) {
      case "tools/call" -> tool(call, request).map(McpTool::scope);
      case "resources/list", "resources/read", "resources/subscribe", "completion/complete" ->
          Optional.of(Scope.MEMORY_READ);
      case "subscriptions/listen" ->
          hearsOfMemory(call.params().path("notifications"))
              ? Optional.of(Scope.MEMORY_READ)
              : Optional.empty();
      case "tasks/get", "tasks/update", "tasks/cancel" -> Optional.of(Scope.AGENTS);
      default -> Optional.empty();
    };
  }

  private static boolean hearsOfMemory(JsonNode wanted) {
    return wanted.path("resourcesListChanged").asBoolean()
        || !wanted.path("resourceSubscriptions").isEmpty();
  }

  /** The tool as it would be found for the call; what is not there needs nothing. */
  private Optional<McpTool> tool(Message.Request call, HttpServletRequest request) {
    try {
      Catalog offered =
          AgentEndpoint.alone(request)
              .map(agent -> catalog.ofAgent(Callers.owner(request), agent))
              .orElse(catalog);
      return offered.tools().find(call.params().path("name").asText());
    } catch (MnemeException _) {
      // The agent went meanwhile, which the call will find out too.
      return Optional.empty();
    }
  }
}
