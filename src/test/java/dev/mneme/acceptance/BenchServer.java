package dev.mneme.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.launcher.Program;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A server with a tool library of its own, started from the classes of the build. */
record BenchServer(Program program, McpHttp mcp) implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready on (http://\\S+)");

  static BenchServer start(Path home, Path data, int maxListed) throws Exception {
    Path checkout = Path.of("").toAbsolutePath();
    Path images = home.resolve("sandbox-images");
    if (!Files.exists(images)) {
      Files.createSymbolicLink(images, checkout.resolve("sandbox-images"));
    }
    Files.createDirectory(
        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Program program =
        Program.start(
            Map.of("MNEME_TOOLS_MAX_LISTED", "" + maxListed),
            Path.of(System.getProperty("java.home"), "bin", "java"),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dmneme.home=" + home,
            "-Dmneme.dist=" + checkout.resolve("target"),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.mneme.cli.Main",
            "serve",
            "--port",
            "0",
            "--data",
            data.toString());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> READY.matcher(program.errors()).find() || !program.process().isAlive());
    Matcher found = READY.matcher(program.errors());
    if (!found.find()) {
      throw new IllegalStateException("the server did not start: " + program.errors());
    }
    return new BenchServer(program, McpHttp.open(URI.create(found.group(1)), "bench"));
  }

  /** What is listed now. */
  List<JsonNode> tools() throws Exception {
    List<JsonNode> tools = new ArrayList<>();
    mcp.request("tools/list", Map.of()).at("/result/tools").forEach(tools::add);
    return tools;
  }

  @Override
  public void close() {
    mcp.close();
    program.close();
  }
}
