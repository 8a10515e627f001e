package dev.mneme.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ForwarderTest {
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Client client = new Client(out);
  private final Traffic traffic = new Traffic();
  private Path data;
  private OwnerFolder folder;
  private Thread thread;

  @BeforeEach
  void makeFolder() throws IOException {
    data = Files.createTempDirectory("mn");
    folder = new OwnerFolder(data);
  }

  @AfterEach
  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Test
  void greetsTheOwnerFirstAndKeepsItsAnswerFromTheClient() throws Exception {
    try (TestingOwner owner = new TestingOwner(folder)) {
      run("tester", "false");
      say(INITIALIZE, INITIALIZED, request(1, "tools/list"));

      assertThat(answer(1).path("result").path("by").asText()).isEqualTo("owner");
      assertThat(answers()).hasSize(1);
      assertThat(owner.received.getFirst())
          .isEqualTo("{\"mneme\":{\"client\":\"relay\",\"agent\":\"tester\"}}");
      assertThat(owner.methods())
          .containsExactly("", "initialize", "notifications/initialized", "tools/list");
    }
  }

  @Test
  void passesOnWhatTheOwnerSaysByItself() throws Exception {
    try (TestingOwner owner = new TestingOwner(folder)) {
      run(null, "false");
      say(INITIALIZE, INITIALIZED, request(1, "ping"));
      answer(1);
      owner.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");

      await().untilAsserted(() -> assertThat(answers()).hasSize(2));
    }
  }

  @Test
  void failsWhatWasUnderWayWhenTheOwnerEndsAndTakesTheSessionToTheNext() throws Exception {
    TestingOwner first = new TestingOwner(folder);
    run(null, "false");
    say(INITIALIZE, INITIALIZED, subscribe(1), request(2, "slow"), request(3, "slow"));
    say(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}");
    await().until(() -> first.received.size() == 7);
    first.close();

    assertThat(answer(2).path("error").path("message").asText()).isEqualTo(Forwarder.LOST);
    try (TestingOwner second = new TestingOwner(folder)) {
      say(request(4, "tools/list"));
      assertThat(answer(4).has("result")).isTrue();
      assertThat(second.methods())
          .containsExactly(
              "", "initialize", "notifications/initialized", "resources/subscribe", "tools/list");
    }
    assertThat(answers().stream().map(each -> each.path("id").asText())).doesNotContain("3", "0");
    assertThat(answers()).hasSize(3);
  }

  @Test
  void findsTheNextOwnerWithoutBeingAskedForAnything() throws Exception {
    TestingOwner first = new TestingOwner(folder);
    run(null, "false");
    say(INITIALIZE, INITIALIZED, request(1, "ping"));
    answer(1);
    first.close();

    try (TestingOwner second = new TestingOwner(folder)) {
      await().until(() -> second.methods().contains("notifications/initialized"));
    }
  }

  @Test
  void saysWhyNoOwnerCouldBeStartedAndTriesAgainForTheNextRequest() throws Exception {
    run(null, "echo 'mneme: the disk is on fire' >&2; exit 1");
    say(INITIALIZE, INITIALIZED, request(1, "tools/list"));

    assertThat(answer(1).path("error").path("message").asText())
        .contains("could not be started (exit 1)")
        .contains("the disk is on fire");
    try (TestingOwner owner = new TestingOwner(folder)) {
      say(request(2, "tools/list"));
      assertThat(answer(2).has("result")).isTrue();
      assertThat(owner.methods())
          .containsExactly("", "initialize", "notifications/initialized", "tools/list");
    }
  }

  @Test
  void refusesAFolderInWhichOthersMayWrite() throws Exception {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    run(null, "exit 0");
    say(INITIALIZE, request(1, "tools/list"));

    assertThat(answer(1).path("error").path("message").asText()).contains("chmod go-w");
  }

  private void run(String agent, String startOwner) {
    OwnerDoor door = new OwnerDoor(folder, new String[] {"/bin/sh", "-c", startOwner});
    thread = new Thread(new Forwarder(traffic, client, door, agent));
    thread.setDaemon(true);
    thread.start();
  }

  private void say(String... lines) throws InterruptedException {
    for (String line : lines) {
      traffic.add(Message.of((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  private JsonNode answer(int id) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> answers().stream().filter(each -> each.path("id").asInt(-1) == id).findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private List<JsonNode> answers() {
    return out.toString(StandardCharsets.UTF_8).lines().map(Json::parse).toList();
  }

  private static String request(int id, String method) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}";
  }

  private static String subscribe(int id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"resources/subscribe\",\"params\":{\"uri\":\"memory://x\"}}";
  }
}
