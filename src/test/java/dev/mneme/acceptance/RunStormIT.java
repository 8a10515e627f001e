package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.launcher.Beside;
import dev.mneme.launcher.Program;
import dev.mneme.launcher.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while thirty agents work with tools; no message is lost, none is stuck. */
@Beside
class RunStormIT {
  private static final int AGENTS = 30;
  private static final int KILLS = Soak.times(3, 30);
  private static final long SECONDS_BETWEEN = 4;
  private static final String SCRIPT =
      """
      replies:
        - match: {from: user, matches: 'note (\\d+)'}
          tools:
            - {name: archival_memory_insert, arguments: {content: 'note {{match.1}}'}}
            - {name: memory_insert, arguments: {label: notes, new_string: 'note {{match.1}}'}}
        - match: {from: tool}
          text: noted
          per_token: 20ms
        - text: ready
      """;

  @TempDir Path folder;

  /** One agent and what it was told. */
  private static final class Talker {
    final String agent;
    final List<String> acknowledged = new ArrayList<>();
    int count;

    Talker(String agent) {
      this.agent = agent;
    }

    void talk(Rest rest, CountDownLatch started) throws InterruptedException {
      try {
        while (true) {
          String note = "note " + ++count;
          JsonNode answer = rest.say(agent, note);
          if (answer.path("stop_reason").path("stop_reason").asText().equals("end_turn")) {
            acknowledged.add(note);
            started.countDown();
          }
        }
      } catch (IOException _) {
        // The server was killed.
      }
    }
  }

  @Test
  void noAcknowledgedMessageIsLostAndNoAgentIsStuck() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("models"));
    Files.writeString(data.resolve("models/noter.yaml"), SCRIPT);
    List<Talker> talkers = new ArrayList<>();
    try (ServeProcess server = ServeProcess.start(data);
        Rest rest = new Rest(server.url())) {
      for (int i = 0; i < AGENTS; i++) {
        Map<String, Object> notes = Map.of("label", "notes", "value", "");
        JsonNode agent =
            rest.post(
                "/v1/agents/", Map.of("model", "scripted/noter", "memory_blocks", List.of(notes)));
        talkers.add(new Talker(agent.path("id").asText()));
      }
    }
    for (int kill = 0; kill < KILLS; kill++) {
      storm(data, talkers);
      try (ServeProcess server = ServeProcess.start(data);
          Rest rest = new Rest(server.url())) {
        for (Talker talker : talkers) {
          assertThat(Rest.said(rest.say(talker.agent, "hello"))).isEqualTo("ready");
        }
      }
    }
    try (ServeProcess server = ServeProcess.start(data);
        Rest rest = new Rest(server.url())) {
      for (Talker talker : talkers) {
        assertThat(talker.acknowledged).isNotEmpty();
        assertThat(told(rest, talker.agent)).containsAll(talker.acknowledged);
        assertThat(rest.get("/v1/runs/?agent_id=" + talker.agent + "&active=true")).isEmpty();
      }
    }
    try (Program doctor =
        Program.start(TestHome.launcher(), "doctor", "--verify", "--data", data.toString())) {
      assertThat(doctor.finish()).as(doctor.errors()).isZero();
    }
  }

  private static void storm(Path data, List<Talker> talkers) throws Exception {
    CountDownLatch started = new CountDownLatch(AGENTS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServeProcess server = ServeProcess.start(data);
        Rest rest = new Rest(server.url())) {
      List<Future<?>> running = new ArrayList<>();
      for (Talker talker : talkers) {
        running.add(
            threads.submit(() -> {
              talker.talk(rest, started);
              return null;
            }));
      }
      assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
      TimeUnit.SECONDS.sleep(SECONDS_BETWEEN);
      server.kill();
      for (Future<?> one : running) {
        one.get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** All the user messages an agent has, by paging through its history. */
  private static Set<String> told(Rest rest, String agent) throws Exception {
    Set<String> texts = new HashSet<>();
    String after = "";
    while (true) {
      JsonNode page = rest.get("/v1/agents/" + agent + "/messages?order=asc&limit=100" + after);
      if (page.isEmpty()) {
        return texts;
      }
      for (JsonNode message : page) {
        if (message.path("message_type").asText().equals("user_message")) {
          texts.add(message.path("content").asText());
        }
      }
      after = "&after=" + page.get(page.size() - 1).path("id").asText();
    }
  }
}
