package dev.mneme.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official conformance suite's scenarios for servers that need no fixture of its own. */
class ConformanceIT {
  private static final Path MODULES = Path.of("target/node-tools/node_modules").toAbsolutePath();
  private static final Path NODE = MODULES.resolve("node/bin/node");
  private static final Path SUITE =
      MODULES.resolve("@modelcontextprotocol/conformance/dist/index.js");

  @TempDir private Path folder;

  @BeforeEach
  void needNode() {
    boolean there = Files.isExecutable(NODE) && Files.exists(SUITE);
    if (!there && "1".equals(System.getenv("MNEME_REQUIRE_ALL"))) {
      throw new AssertionError("the conformance suite is missing; ./mneme test provides it");
    }
    assumeTrue(there, "the conformance suite is missing; ./mneme test provides it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server-initialize",
        "ping",
        "logging-set-level",
        "tools-list",
        "resources-list",
        "prompts-list",
        "dns-rebinding-protection"
      })
  void passes(String scenario) throws Exception {
    try (TestingFace face = new TestingFace(Files.createDirectory(folder.resolve("data")))) {
      face.call(face.session(), "memory_view", "{}");
      File out = folder.resolve("out").toFile();
      Process process =
          new ProcessBuilder(
                  NODE.toString(),
                  SUITE.toString(),
                  "server",
                  "--url",
                  "http://localhost:" + face.mcp.port() + "/mcp",
                  "--scenario",
                  scenario,
                  "--spec-version",
                  "2025-11-25",
                  "--output-dir",
                  folder.resolve("results").toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out)
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
      String said = Files.readString(out.toPath());
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(said).contains("0 failed");
      if (scenario.equals("tools-list")) {
        assertThat(passedChecks()).contains("tools-list", "tools-name-format");
      }
    }
  }

  /** In this version of the suite the form of names is a check within a scenario. */
  private List<String> passedChecks() throws IOException {
    List<String> passed = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
      for (Path file : files.filter(each -> each.endsWith("checks.json")).toList()) {
        for (JsonNode check : Json.parse(Files.readString(file))) {
          if (check.path("status").asText().equals("SUCCESS")) {
            passed.add(check.path("id").asText());
          }
        }
      }
    }
    return passed;
  }
}
