package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.launcher.Beside;
import dev.mneme.launcher.Program;
import dev.mneme.launcher.TestHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking back what one actor did while another goes on, and removing a secret for good. */
@Beside
class UndoIT {
  @TempDir Path folder;

  @Test
  void undoOfARunLeavesTheEditsOfOthersIntact() throws Exception {
    try (ServeProcess server = ServeProcess.start(folder.resolve("data"));
        McpHttp one = server.client("one");
        McpHttp other = server.client("other")) {
      String start =
          String.join(
              "\n", IntStream.range(0, 40).mapToObj(i -> "line " + i + " as it was").toList());
      one.done(
          "memory",
          Map.of(
              "command",
              "create",
              "path",
              "/memories/shared",
              "description",
              "both edit it",
              "file_text",
              start));
      for (int i = 0; i < 10; i++) {
        one.done(
            "memory_replace", edit("line " + i + " as it was", "line " + i + " of run A", "run-a"));
        int far = 20 + i;
        other.done(
            "memory_replace", edit("line " + far + " as it was", "line " + far + " of B", "run-b"));
      }
      one.done("memory_undo", Map.of("run", "run-a"));
      String text = McpHttp.text(one.call("memory_view", Map.of("label", "shared")));
      for (int i = 0; i < 10; i++) {
        assertThat(text).contains("line " + i + " as it was");
        assertThat(text).contains("line " + (20 + i) + " of B");
      }
      assertThat(text).doesNotContain("of run A");
    }
  }

  @Test
  void undoThatWouldOverwriteAnotherEditIsAConflictThatChangesNothing() throws Exception {
    try (ServeProcess server = ServeProcess.start(folder.resolve("data"));
        McpHttp one = server.client("one");
        McpHttp other = server.client("other")) {
      one.done(
          "memory",
          Map.of(
              "command",
              "create",
              "path",
              "/memories/shared",
              "description",
              "both edit it",
              "file_text",
              "the colour is red"));
      one.done("memory_replace", edit("red", "green", "run-a"));
      other.done("memory_replace", edit("green", "blue", "run-b"));
      JsonNode refused = one.call("memory_undo", Map.of("run", "run-a"));
      assertThat(refused.path("isError").asBoolean()).isTrue();
      assertThat(McpHttp.text(refused)).contains("blue").contains("green");
      assertThat(McpHttp.text(one.call("memory_view", Map.of("label", "shared"))))
          .contains("the colour is blue");
    }
  }

  @Test
  void aRedactedSecretIsNowhereInTheDataFolderAndTheChainsVerify() throws Exception {
    String secret = "hunter2-" + Long.toHexString(System.nanoTime());
    Path data = folder.resolve("data");
    try (ServeProcess server = ServeProcess.start(data);
        McpHttp client = server.client("one")) {
      client.done("core_memory_append", Map.of("label", "human", "content", "Password: " + secret));
      for (int i = 0; i < 20; i++) {
        client.done("core_memory_append", Map.of("label", "human", "content", "note " + i));
      }
      client.done("archival_insert", Map.of("content", "The password is " + secret + "."));
      assertThat(McpHttp.text(client.call("archival_search", Map.of("query", secret))))
          .contains(secret);
      client.done("memory_redact", Map.of("text", secret));
      assertThat(McpHttp.text(client.call("memory_view", Map.of()))).doesNotContain(secret);
      assertThat(filesWith(data, secret)).isEmpty();
      client.done("core_memory_append", Map.of("label", "human", "content", "and on it goes"));
    }
    try (Program doctor =
        Program.start(TestHome.launcher(), "doctor", "--verify", "--data", data.toString())) {
      assertThat(doctor.finish()).as(doctor.errors()).isZero();
    }
    assertThat(filesWith(data, secret)).isEmpty();
  }

  private static Map<String, String> edit(String from, String to, String run) {
    return Map.of("label", "shared", "old_string", from, "new_string", to, "run", run);
  }

  private static List<Path> filesWith(Path data, String secret) throws Exception {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, secret)).toList();
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
