package dev.mneme.cli;

import dev.mneme.app.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme serve}. */
@Command(
    name = "serve",
    description =
        "Runs the server until it is stopped: the Letta API on /v1, MCP on /mcp, a start page on"
            + " /.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Assistants on this machine that use 'mneme mcp' on the same data folder talk to this"
          + " server.",
      "",
      "Examples:",
      "  mneme serve",
      "  mneme serve --port 0 --data /srv/mneme      any free port, another data folder"
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on; 0 takes any free one (default: 8283).")
  private @Nullable String port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on (default: 127.0.0.1, this machine only).")
  private @Nullable String host;

  @Option(
      names = "--catalog",
      paramLabel = "NAME",
      description =
          "What MCP offers: standard (default), or conformance, which adds what the official"
              + " conformance suite calls.")
  private @Nullable String catalog;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> flags = new LinkedHashMap<>();
    if (port != null) {
      flags.put("server.port", port);
    }
    if (host != null) {
      flags.put("server.host", host);
    }
    if (catalog != null) {
      flags.put("mcp.catalog", catalog);
    }
    return Serving.run(
        settings.load(flags),
        Role.SERVE,
        mneme ->
            System.err.println(
                "mneme: ready on " + mneme.url().orElse("the socket of its data folder")));
  }
}
