package dev.mneme.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CommandsIT {
  @TempDir Path temp;

  @AfterEach
  void endOwners() {
    Owners.end(temp);
  }

  @Test
  void toolsAreListedAndRunWithoutADataFolder() {
    Map<String, String> nowhere = Map.of("MNEME_DATA", temp.resolve("none").toString());
    try (Program list = Program.start(nowhere, TestHome.launcher(), "tools", "list", "--json")) {
      assertThat(list.exit()).as(list.errors()).isZero();
      JsonNode tools = Json.parse(list.rest()).path("tools");
      assertThat(tools.findValuesAsText("name")).contains("calculator", "text_diff");
    }
    String arguments = "{\"expression\": \"0.1 + 0.2\"}";
    try (Program run =
        Program.start(
            nowhere, TestHome.launcher(), "tools", "run", "calculator", "--args", arguments)) {
      assertThat(run.exit()).as(run.errors()).isZero();
      assertThat(run.rest()).contains("0.3");
    }
    assertThat(temp.resolve("none")).doesNotExist();
  }

  @Test
  void aWrongToolOrArgumentFailsInOneLine() {
    Map<String, String> nowhere = Map.of("MNEME_DATA", temp.resolve("none").toString());
    try (Program run =
        Program.start(nowhere, TestHome.launcher(), "tools", "run", "no_such_tool")) {
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.errors()).startsWith("mneme: ").hasLineCount(1);
      assertThat(run.rest()).isEmpty();
    }
    try (Program run =
        Program.start(
            nowhere, TestHome.launcher(), "tools", "run", "calculator", "--args", "[1]")) {
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.errors()).contains("--args takes a JSON object");
    }
  }

  @Test
  void installAsksOnATerminalOnlyAndThenWritesTheLaunchersPath() throws IOException {
    Map<String, String> home = Map.of("HOME", temp.toString());
    Path file = temp.resolve(".cursor/mcp.json");
    try (Program asks = Program.start(home, TestHome.launcher(), "install", "cursor")) {
      assertThat(asks.exit()).isEqualTo(1);
      assertThat(asks.errors()).contains("+    \"mneme\": {", "--yes");
      assertThat(file).doesNotExist();
    }
    try (Program writes = Program.start(home, TestHome.launcher(), "install", "cursor", "--yes")) {
      assertThat(writes.exit()).as(writes.errors()).isZero();
    }
    JsonNode entry = Json.parse(Files.readString(file)).path("mcpServers").path("mneme");
    assertThat(entry.path("command").asText()).isEqualTo(TestHome.launcher().toString());
    try (Program window =
        Program.start(
            Path.of(entry.path("command").asText()),
            entry.path("args").path(0).asText(),
            "--data",
            temp.resolve("data").toString())) {
      assertThat(window.handshake().has("result")).isTrue();
    }
  }

  @Test
  void doctorSaysWhatWorksAndShowsNoSecret() {
    Map<String, String> environment =
        Map.of(
            "MNEME_DATA", temp.resolve("d").toString(),
            "MNEME_SERVER_PORT", "0",
            "OPENAI_API_KEY", "sk-0123456789abcdef0123456789abcdef");
    try (Program doctor = Program.start(environment, TestHome.launcher(), "doctor", "--json")) {
      assertThat(doctor.exit()).as(doctor.errors()).isZero();
      String text = doctor.rest();
      assertThat(Json.parse(text).path("checks").findValuesAsText("name"))
          .contains("java", "data", "port", "bubblewrap");
      assertThat(text).doesNotContain("0123456789abcdef");
    }
  }

  @Test
  void aBackupMadeWhileTheServerRunsIsRestoredAndVerifies() {
    Path data = temp.resolve("data");
    Path file = temp.resolve("backup.zip");
    try (Program window = Program.start(TestHome.launcher(), "mcp", "--data", data.toString())) {
      window.handshake();
      window.request(
          1,
          "tools/call",
          "{\"name\":\"core_memory_append\",\"arguments\":{\"label\":\"human\",\"content\":\"likes"
              + " maps\"}}");
      assertRuns("backup", file.toString(), "--data", data.toString());
    }
    Path restored = temp.resolve("restored");
    assertRuns("restore", file.toString(), "--data", restored.toString());
    try (Program window =
        Program.start(TestHome.launcher(), "mcp", "--data", restored.toString())) {
      window.handshake();
      JsonNode view =
          window.request(1, "tools/call", "{\"name\":\"memory_view\",\"arguments\":{}}");
      assertThat(view.toString()).contains("likes maps");
    }
  }

  private static void assertRuns(String... arguments) {
    try (Program program = Program.start(TestHome.launcher(), arguments)) {
      assertThat(program.exit()).as(program.errors()).isZero();
    }
  }
}
