package dev.mneme.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@Beside
class RelayIT {
  @TempDir Path temp;

  private Path data;

  @AfterEach
  void endOwners() {
    Owners.end(temp);
  }

  @Test
  void tenWindowsAtOnceOnAColdFolderShareOneOwner() {
    data = temp.resolve("ten");
    List<Program> windows = new ArrayList<>();
    try {
      IntStream.range(0, 10).forEach(i -> windows.add(window(Map.of())));
      windows.forEach(Program::handshake);
      for (Program window : windows) {
        assertThat(window.request(1, "tools/list", "{}").has("result")).isTrue();
      }

      assertThat(Owners.count(data)).isEqualTo(1);
    } finally {
      windows.forEach(Program::close);
    }
  }

  @Test
  void anOwnerKilledInMidCallGivesAClearErrorAndThenItWorksAgain() {
    data = temp.resolve("killed");
    try (Program window = window(Map.of())) {
      window.handshake();
      window.request(1, "tools/list", "{}");
      ProcessHandle first = Owners.awaitOne(data);
      window.send(
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"run_python\",\"arguments\":{\"code\":\"while"
              + " True: pass\"}}}");
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      first.destroyForcibly();

      JsonNode failed = window.answer(2);
      assertThat(failed.path("error").path("code").asInt()).isEqualTo(-32000);
      assertThat(failed.path("error").path("message").asText()).contains("Mneme server ended");
      assertThat(window.request(3, "tools/list", "{}").has("result")).isTrue();
      assertThat(Owners.awaitOne(data).pid()).isNotEqualTo(first.pid());
    }
  }

  @Test
  void theOwnerEndsSomeTimeAfterTheLastWindowHasClosed() {
    data = temp.resolve("idle");
    ProcessHandle owner;
    try (Program window = window(Map.of("MNEME_OWNER_IDLE_EXIT", "1s"))) {
      window.handshake();
      window.request(1, "tools/list", "{}");
      owner = Owners.awaitOne(data);
      await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
      assertThat(owner.isAlive()).isTrue();
      assertThat(window.finish()).isZero();
    }
    Owners.awaitNone(owner);
    assertThat(data.resolve("run/mneme.sock")).doesNotExist();
  }

  @Test
  void theOwnerOutlivesTheWindowThatStartedIt() {
    data = temp.resolve("outlive");
    try (Program first = window(Map.of());
        Program second = window(Map.of())) {
      first.handshake();
      first.request(1, "tools/list", "{}");
      ProcessHandle owner = Owners.awaitOne(data);
      second.handshake();
      first.process().destroyForcibly();
      first.exit();

      assertThat(second.request(1, "tools/list", "{}").has("result")).isTrue();
      assertThat(Owners.awaitOne(data).pid()).isEqualTo(owner.pid());
    }
  }

  @Test
  void windowsUseTheServerThatRunsAlready() {
    data = temp.resolve("serve");
    try (Program serve = serve()) {
      Owners.awaitReady(serve);
      try (Program window = window(Map.of())) {
        window.handshake();
        assertThat(window.request(1, "tools/list", "{}").has("result")).isTrue();
      }
      assertThat(Owners.count(data)).isZero();
    }
  }

  @Test
  void serveTakesOverFromABackgroundOwnerAndItsWindowsFollow() {
    data = temp.resolve("takeover");
    try (Program window = window(Map.of())) {
      window.handshake();
      window.request(1, "tools/list", "{}");
      ProcessHandle background = Owners.awaitOne(data);
      try (Program serve = serve()) {
        Owners.awaitReady(serve);

        Owners.awaitNone(background);
        assertThat(window.request(2, "tools/list", "{}").has("result")).isTrue();
        assertThat(Owners.count(data)).isZero();
      }
    }
  }

  @Test
  void aSecondServeOnTheSameFolderIsRefusedInOneLine() {
    data = temp.resolve("second");
    try (Program first = serve()) {
      Owners.awaitReady(first);
      try (Program second = serve()) {
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.errors()).contains("mneme: The data folder").contains("is in use");
      }
      assertThat(first.process().isAlive()).isTrue();
    }
  }

  @Test
  void aFolderWhosePathIsTooLongForASocketWorksToo() throws Exception {
    data = Files.createDirectories(temp.resolve("x".repeat(60)).resolve("y".repeat(60)));
    try (Program window = window(Map.of())) {
      window.handshake();
      assertThat(window.request(1, "tools/list", "{}").has("result")).isTrue();
    }
  }

  @Test
  void aFolderThatCannotBeUsedGivesAClearErrorToEveryRequest() throws Exception {
    data = Files.writeString(temp.resolve("file"), "not a folder");
    try (Program window = window(Map.of())) {
      window.handshake();
      Set<String> messages = new HashSet<>();
      for (int id = 1; id <= 2; id++) {
        JsonNode answer = window.request(id, "tools/list", "{}");
        messages.add(answer.path("error").path("message").asText());
      }
      assertThat(messages).hasSize(1).allMatch(message -> message.contains("cannot be used"));
      assertThat(window.finish()).isZero();
    }
  }

  private Program window(Map<String, String> environment) {
    return Program.start(environment, TestHome.launcher(), "mcp", "--data", data.toString());
  }

  private Program serve() {
    return Program.start(TestHome.launcher(), "serve", "--port", "0", "--data", data.toString());
  }
}
