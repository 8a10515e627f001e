package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent follows keys from passage to passage until there is a number. */
class NestedLookupIT {
  private static final int PASSAGES = 1_000;
  private static final int DEEPEST = 6;
  private static final String SCRIPT =
      """
      replies:
        - match: {from: user, matches: 'value of (\\w+)'}
          tools: [{name: archival_memory_search, arguments: {query: '{{match.1}}'}}]
        - match: {tool: archival_memory_search, matches: '{{asked.query}} leads to (\\w+)'}
          tools: [{name: archival_memory_search, arguments: {query: '{{match.1}}'}}]
        - match: {tool: archival_memory_search, matches: '{{asked.query}} is worth (\\d+)'}
          text: It is {{match.1}}.
        - text: I do not know.
      """;

  @TempDir Path folder;

  @Test
  void chainsOfOneToSixLookupsAmongAThousandPassagesEndAtTheRightValue() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("models"));
    Files.writeString(data.resolve("models/lookup.yaml"), SCRIPT);
    try (ServeProcess server = ServeProcess.start(data);
        Rest rest = new Rest(server.url())) {
      String agent =
          rest.post("/v1/agents/", Map.of("model", "scripted/lookup")).path("id").asText();
      List<String> starts = fill(rest, agent);
      for (int depth = 1; depth <= DEEPEST; depth++) {
        var answer = rest.say(agent, "What is the value of " + starts.get(depth - 1) + "?");
        assertThat(Rest.said(answer)).as("depth " + depth).isEqualTo("It is 700" + depth + ".");
        assertThat(Json.write(answer).split("\"tool_call_message\"", -1)).hasSize(depth + 1);
      }
    }
  }

  /** Chains of all depths, hidden among passages of the same form; returns where each begins. */
  private static List<String> fill(Rest rest, String agent) throws Exception {
    Random random = new Random(42);
    List<String> texts = new ArrayList<>();
    List<String> starts = new ArrayList<>();
    for (int depth = 1; depth <= DEEPEST; depth++) {
      String key = key(random);
      starts.add(key);
      for (int hop = 1; hop < depth; hop++) {
        String next = key(random);
        texts.add("The key " + key + " leads to " + next + ".");
        key = next;
      }
      texts.add("The key " + key + " is worth 700" + depth + ".");
    }
    while (texts.size() < PASSAGES) {
      texts.add("The key " + key(random) + " is worth " + random.nextInt(1000) + ".");
    }
    java.util.Collections.shuffle(texts, random);
    String archive =
        rest.post("/v1/agents/" + agent + "/archival-memory", Map.of("text", texts.removeFirst()))
            .get(0)
            .path("archive_id")
            .asText();
    for (int i = 0; i < texts.size(); i += 100) {
      List<Map<String, String>> batch =
          texts.subList(i, Math.min(texts.size(), i + 100)).stream()
              .map(text -> Map.of("text", text))
              .toList();
      assertThat(
              rest.post("/v1/archives/" + archive + "/passages/batch", Map.of("passages", batch)))
          .hasSameSizeAs(batch);
    }
    return starts;
  }

  private static String key(Random random) {
    return "k" + Integer.toString(random.nextInt(1_000_000, 9_999_999), 36) + random.nextInt(10);
  }
}
