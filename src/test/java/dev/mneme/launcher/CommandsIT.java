package dev.mneme.launcher;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CommandsIT {
  @TempDir Path temp;

  /** No other test minds one tool more, and a home of its own would have no worker. */
  private final Path shout = TestHome.shared().resolve("tool-library/shout.py");

  @AfterEach
  void endOwners() throws IOException {
    Owners.end(temp);
    Files.deleteIfExists(shout);
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
  void filesGoToAToolAndWhatItMakesIsSavedButReplacesNothing() throws IOException {
    Files.writeString(
        shout,
        """
        # /// script
        # [tool.mneme]
        # files = true
        # ///
        import os


        def shout() -> int:
            \"""Writes each text file anew in capitals, and says how many there were.\"""
            names = sorted(os.listdir("/in"))
            for name in names:
                with open("/in/" + name) as source, open("/out/loud-" + name, "w") as target:
                    target.write(source.read().upper())
            return len(names)
        """);
    Path one = Files.writeString(temp.resolve("one.txt"), "one\n");
    Path two = Files.writeString(temp.resolve("two.txt"), "two\n");
    Path out = temp.resolve("made");
    Files.createDirectories(out);
    Files.writeString(out.resolve("loud-two.txt"), "kept");
    try (Program run = shout(one + "," + two, out)) {
      assertThat(run.exit()).as(run.errors()).isZero();
      assertThat(run.rest().strip()).isEqualTo("2");
      assertThat(run.errors())
          .contains("saved as " + out.resolve("loud-one.txt"))
          .contains("not saved: there is a " + out.resolve("loud-two.txt") + " already");
    }
    assertThat(out.resolve("loud-one.txt")).hasContent("ONE");
    assertThat(out.resolve("loud-two.txt")).hasContent("kept");
    try (Program run = shout(temp.resolve("none.txt").toString(), out)) {
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.errors()).contains("There is no file " + temp.resolve("none.txt"));
    }
  }

  private Program shout(String files, Path out) {
    return Program.start(
        Map.of("MNEME_DATA", temp.resolve("none").toString()),
        TestHome.launcher(),
        "tools",
        "run",
        "shout",
        "--files",
        files,
        "--out",
        out.toString());
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
  void aBackupMadeWhileTheServerRunsIsRestoredAndVerifies() throws IOException {
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
    try (Program doctor = Program.start(TestHome.launcher(), "doctor", "--data", "" + restored)) {
      assertThat(doctor.exit()).isEqualTo(1);
      assertThat(doctor.rest()).contains("secret.key is missing");
    }
    Files.copy(data.resolve("secret.key"), restored.resolve("secret.key"), COPY_ATTRIBUTES);
    try (Program window =
        Program.start(TestHome.launcher(), "mcp", "--data", restored.toString())) {
      window.handshake();
      JsonNode view =
          window.request(1, "tools/call", "{\"name\":\"memory_view\",\"arguments\":{}}");
      assertThat(view.toString()).contains("likes maps");
    }
    assertRuns("doctor", "--verify", "--set", "server.port=0", "--data", restored.toString());
  }

  @Test
  void everyCommandExplainsItselfWithoutAComplaint() {
    for (String command : List.of("backup", "mcp-servers add", "build")) {
      String[] words = (command + " --help").split(" ", -1);
      try (Program help = Program.start(TestHome.launcher(), words)) {
        assertThat(help.exit()).as(command).isZero();
        assertThat(help.rest() + help.errors()).as(command).containsIgnoringCase("usage:");
        assertThat(help.errors()).as(command).doesNotContain("WARN");
      }
    }
  }

  @Test
  void aWrongCommandIsNamed() {
    try (Program wrong = Program.start(TestHome.launcher(), "bogus")) {
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.errors()).startsWith("mneme: There is no command 'bogus'");
    }
    try (Program wrong = Program.start(TestHome.launcher(), "version", "bogus")) {
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.errors()).startsWith("mneme: 'bogus' is one word too many");
    }
  }

  @Test
  void aTakenPortIsSaidInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Program serve =
            Program.start(
                TestHome.launcher(),
                "serve",
                "--port",
                Integer.toString(taken.getLocalPort()),
                "--data",
                temp.resolve("taken").toString())) {
      assertThat(serve.exit()).isEqualTo(1);
      assertThat(serve.errors()).startsWith("mneme: Cannot listen on").hasLineCount(1);
    }
  }

  private static void assertRuns(String... arguments) {
    try (Program program = Program.start(TestHome.launcher(), arguments)) {
      assertThat(program.exit()).as(program.errors()).isZero();
    }
  }
}
