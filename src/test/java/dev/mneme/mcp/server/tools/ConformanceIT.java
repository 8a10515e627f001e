package dev.mneme.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.launcher.NodePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official conformance suite's scenarios for servers that need no fixture of its own. */
class ConformanceIT {
  private static final String SUITE = "@modelcontextprotocol/conformance/dist/index.js";

  @TempDir private Path folder;

  @BeforeEach
  void needTheSuite() {
    NodePrograms.require(SUITE);
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
      String said =
          NodePrograms.run(
              folder,
              Map.of(),
              List.of(
                  NodePrograms.NODE.toString(),
                  NodePrograms.MODULES.resolve(SUITE).toString(),
                  "server",
                  "--url",
                  "http://localhost:" + face.mcp.port() + "/mcp",
                  "--scenario",
                  scenario,
                  "--spec-version",
                  "2025-11-25",
                  "--output-dir",
                  folder.resolve("results").toString()));
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
