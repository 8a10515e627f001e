package dev.mneme.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * The limit our own server is measured against: the SDK's servlet with one no-op tool and nothing
 * else.
 */
final class BareSdkServer {
  private BareSdkServer() {}

  public static void main(String[] arguments) {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
            .mcpEndpoint("/mcp")
            .build();
    McpSchema.Tool noop =
        McpSchema.Tool.builder("noop", Map.of("type", "object", "properties", Map.of()))
            .description("Does nothing.")
            .build();
    McpServer.sync(transport)
        .serverInfo("bare", "1")
        .immediateExecution(true)
        .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
        .tools(
            new SyncToolSpecification(
                noop,
                (exchange, request) ->
                    McpSchema.CallToolResult.builder().addTextContent("ok").build()))
        .build();
    Javalin.create(
            config -> {
              config.concurrency.useVirtualThreads = true;
              config.startup.showJavalinBanner = false;
              config.jetty.modifyServletContextHandler(handler -> {
                ServletHolder servlet = new ServletHolder("mcp", transport);
                servlet.setAsyncSupported(true);
                handler.addServlet(servlet, "/mcp");
              });
            })
        .start("127.0.0.1", Integer.parseInt(arguments[0]));
  }
}
