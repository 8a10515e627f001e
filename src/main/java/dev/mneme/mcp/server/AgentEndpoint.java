package dev.mneme.mcp.server;

import dev.mneme.mcp.server.catalog.AgentCatalogs;
import dev.mneme.web.Callers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Optional;

/** A request to the address of one agent; the SDK takes it for one to the address of all. */
final class AgentEndpoint extends HttpServletRequestWrapper {
  static final String PATH = "/mcp/agents/*";

  private AgentEndpoint(HttpServletRequest request) {
    super(request);
  }

  /**
   * The request as the eras serve it.
   *
   * @throws HttpRefusal when the path names no agent of the caller
   */
  static HttpServletRequest of(HttpServletRequest request, Optional<AgentCatalogs> agents) {
    String path = request.getPathInfo();
    if (path == null) {
      return request;
    }
    String id =
        agents
            .flatMap(all -> all.find(Callers.owner(request), path.substring(1)))
            .orElseThrow(() ->
                new HttpRefusal(404, "There is no such agent: the address is /mcp/agents/ID."));
    request.setAttribute(Era.AGENT, id);
    return new AgentEndpoint(request);
  }

  /** The agent that the client of a request is connected to alone, by id. */
  static Optional<String> alone(HttpServletRequest request) {
    return request.getAttribute(Era.AGENT) instanceof String id
        ? Optional.of(id)
        : Optional.empty();
  }

  @Override
  public String getRequestURI() {
    return McpRoutes.PATH;
  }
}
