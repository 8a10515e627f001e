package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.Scope;
import dev.mneme.web.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    if (!Callers.isLimited(request)) {
      return;
    }
    List<String> lacking =
        needed(call, request).stream()
            .map(Scope::text)
            .filter(scope -> !Callers.may(request, scope))
            .toList();
    if (!lacking.isEmpty()) {
      throw new HttpRefusal(
          403,
          RpcError.of(
              RpcError.FORBIDDEN,
              "This needs a token with the scope '" + String.join("' and '", lacking) + "'."),
          Optional.of(call.id()),
          Callers.stepUp(request, lacking));
    }
  }

  private Set<Scope> needed(Message.Request call, HttpServletRequest request) {
    return switch (call.method()) {
      case "tools/call" -> tool(call, request).map(McpTool::scope).map(Set::of).orElse(Set.of());
      case "resources/list", "resources/read", "resources/subscribe", "completion/complete" ->
          Set.of(Scope.MEMORY_READ);
      case "subscriptions/listen" -> hearing(call.params().path("notifications"));
      case "tasks/get", "tasks/update", "tasks/cancel" -> Set.of(Scope.AGENTS);
      default -> Set.of();
    };
  }

  private static Set<Scope> hearing(JsonNode wanted) {
    Set<Scope> needed = EnumSet.noneOf(Scope.class);
    if (wanted.path("resourcesListChanged").asBoolean()
        || !wanted.path("resourceSubscriptions").isEmpty()) {
      needed.add(Scope.MEMORY_READ);
    }
    if (!wanted.path("taskIds").isEmpty()) {
      needed.add(Scope.AGENTS);
    }
    return needed;
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
