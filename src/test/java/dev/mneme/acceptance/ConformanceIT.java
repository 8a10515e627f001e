package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.launcher.NodePrograms;
import dev.mneme.launcher.TestHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official conformance suite and the official clients against the program, in both eras. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {
  private static final String SUITE = "@modelcontextprotocol/conformance/dist/index.js";
  private static final String CLIENT = "@modelcontextprotocol/client";

  private Path folder;
  private ServeProcess server;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    NodePrograms.require(SUITE, CLIENT);
    server = ServeProcess.start(folder.resolve("data"), "--catalog", "conformance");
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Every scenario the revision requires, and those that are run but not scored. */
  @ParameterizedTest
  @CsvSource({"2025-11-25, 30", "2026-07-28, 37"})
  void passesAllThatARevisionRequires(String revision, int scored) throws Exception {
    String said =
        NodePrograms.run(
            folder,
            Map.of(),
            List.of(
                NodePrograms.NODE.toString(),
                NodePrograms.MODULES.resolve(SUITE).toString(),
                "server",
                "--url",
                "http://localhost:" + server.url().getPort() + "/mcp",
                "--requirements",
                revision));
    String summary = said.substring(said.indexOf("=== SUMMARY ==="));
    List<String> results = summary.lines().filter(line -> line.startsWith("✓")).toList();
    List<String> failed =
        summary.lines().filter(line -> line.startsWith("✗")).map(ConformanceIT::scenario).toList();
    assertThat(failed).as(summary).isEmpty();
    List<String> unscored =
        summary.lines().filter(line -> line.startsWith("  ✓")).map(String::strip).toList();
    assertThat(results).as(summary).hasSize(scored + unscored.size());
  }

  /** The other way round: the suite's servers, used as Mneme uses any other. */
  @ParameterizedTest
  @CsvSource({"2025-11-25, 18", "2026-07-28, 32"})
  void usesOtherServersAsARevisionRequires(String revision, int scored) throws Exception {
    String said =
        NodePrograms.run(
            folder,
            Map.of(),
            List.of(
                NodePrograms.NODE.toString(),
                NodePrograms.MODULES.resolve(SUITE).toString(),
                "client",
                "--command",
                "'" + TestHome.launcher() + "' --conformance-client",
                "--timeout",
                "150000",
                "--requirements",
                revision));
    String summary = said.substring(said.indexOf("=== SUITE SUMMARY ==="));
    List<String> unscored =
        summary
            .lines()
            .filter(line -> line.matches("  [✓✗] .*"))
            .map(line -> line.substring(4, line.lastIndexOf(" (")))
            .toList();
    assertThat(summary.lines().filter(line -> line.startsWith("  ✗"))).as(summary).isEmpty();
    Map<Boolean, List<String>> results =
        summary
            .lines()
            .filter(line -> line.matches("[✓✗] .*"))
            .filter(line -> !unscored.contains(scenario(line)))
            .collect(Collectors.partitioningBy(line -> line.startsWith("✓")));
    assertThat(results.get(false)).as(summary).isEmpty();
    assertThat(results.get(true)).as(summary).hasSize(scored);
  }

  @Test
  void theOfficialClientSpeaksBothErasOverHttp() throws Exception {
    assertThat(eras("http", server.url().resolve("/mcp").toString())).endsWith("ok\n");
  }

  @Test
  void theOfficialClientSpeaksBothErasOverStdio() throws Exception {
    String data = folder.resolve("data").toString();
    assertThat(eras("stdio", TestHome.launcher().toString(), "mcp", "--data", data))
        .endsWith("ok\n");
  }

  private static String eras(String... arguments) throws Exception {
    return NodePrograms.script(Path.of("src/test/node/eras.mjs"), arguments);
  }

  private static String scenario(String line) {
    return line.substring(2, line.indexOf(':'));
  }
}
