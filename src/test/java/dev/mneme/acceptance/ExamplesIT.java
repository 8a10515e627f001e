package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.launcher.Beside;
import dev.mneme.launcher.NodePrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program in {@code docs/examples}, run as a reader would run it, against a scripted model.
 */
@Beside
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("docs/examples");

  /** What each says when it works. */
  private static final Map<String, List<String>> SAYS =
      Map.ofEntries(
          Map.entry(
              "basic-agent.ts",
              List.of("Agent created: agent-", "Assistant: A list comprehension", "persona: I am")),
          Map.entry("basic-agent.sh", List.of("Agent created: agent-", "A list comprehension")),
          Map.entry(
              "manual-memory.ts",
              List.of("experienced Python developer", "Assistant: You are experienced")),
          Map.entry("manual-memory.sh", List.of("experienced Python developer", "too long: 4")),
          Map.entry(
              "archival-memory.ts",
              List.of("Tool: archival_memory_insert", "Found: I prefer tabs")),
          Map.entry(
              "archival-memory.sh", List.of("Tabs are preferred over spaces.", "\"count\":1")),
          Map.entry(
              "conversation-search.ts",
              List.of(
                  "Tool: conversation_search",
                  "Assistant: We agreed on result types.",
                  "Found: true")),
          Map.entry("custom-blocks.ts", List.of("team_members: Team roster")),
          Map.entry(
              "shared-memory.ts",
              List.of("Blockers: staging database is down", "Held by both: true")),
          Map.entry("shared-memory.sh", List.of("Sprint 13: Planning")),
          Map.entry(
              "token-streaming.ts",
              List.of(
                  "Once upon a time a machine forgot nothing, and was kind about it.",
                  "Stopped: end_turn",
                  "Tokens: true, in several pieces: true")),
          Map.entry(
              "token-streaming.sh",
              List.of("\"message_type\":\"assistant_message\"", "data: [DONE]")),
          Map.entry(
              "custom-tool.ts",
              List.of("Tool: roll_dice sides,count", "success: ", "Assistant: You rolled")),
          Map.entry("custom-tool.sh", List.of("42")));

  @TempDir static Path folder;
  private static ServeProcess server;

  @BeforeAll
  static void start() throws IOException {
    NodePrograms.require(NodePrograms.LETTA);
    Path models = Files.createDirectories(folder.resolve("data/models"));
    try (InputStream script = ExamplesIT.class.getResourceAsStream("guide.yaml")) {
      Files.copy(Objects.requireNonNull(script), models.resolve("guide.yaml"));
    }
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.createSymbolicLink(folder.resolve("node_modules"), NodePrograms.MODULES);
    server = ServeProcess.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyExampleIsRun() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.endsWith(".md")))
          .containsExactlyInAnyOrderElementsOf(SAYS.keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExampleDoesWhatItSays(String example) throws Exception {
    assertThat(run(example)).contains(SAYS.getOrDefault(example, List.of()));
  }

  static Stream<String> examples() {
    return SAYS.keySet().stream().sorted();
  }

  private static String run(String example) throws Exception {
    String url = server.url().toString();
    return NodePrograms.run(
        folder,
        Map.of(
            "LETTA_BASE_URL",
            url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
            "MODEL",
            "scripted/guide"),
        List.of(example.endsWith(".sh") ? "sh" : NodePrograms.NODE.toString(), example));
  }
}
