package dev.mneme.mcp.server;

import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.web.Routes;
import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** MCP over streamable HTTP at {@code /mcp}, and at an address of its own for each agent. */
public final class McpRoutes implements Routes {
  public static final String PATH = "/mcp";

  private final Front front;
  private final Era era;
  private final StatelessEra modern;
  private final Catalog catalog;

  public McpRoutes(Front front, Era era, StatelessEra modern, Catalog catalog) {
    this.catalog = catalog;
    this.modern = modern;
    this.front = front;
    this.era = era;
  }

  @Override
  public void addTo(JavalinConfig config) {
    config.jetty.modifyServletContextHandler(context -> {
      ServletHolder holder = new ServletHolder("mcp", new McpServlet(front, era, modern, catalog));
      holder.setAsyncSupported(true);
      context.addServlet(holder, PATH);
      context.addServlet(holder, AgentEndpoint.PATH);
    });
  }
}
