package dev.mneme.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes agents over REST and talks to them, for the same reason as {@link TrainingEdits}: a server
 * that has just been started answers its first messages as fast as its last.
 */
final class TrainingAgents {
  private static final int AGENTS = 1_500;
  private static final int TALKERS = 5;
  private static final int MESSAGES_EACH = 50;
  private static final int BLOCKS = 8;
  private static final int SAID_BEFORE = 60;

  private static final String SCRIPT =
      """
      replies:
        - match: {from: user, contains: remember}
          tools:
            - {name: memory_insert, arguments: {label: block0, new_string: a fact, insert_line: 0}}
        - text: Done.
      """;

  private final URI agents;

  private TrainingAgents(URI agents) {
    this.agents = agents;
  }

  /** Puts the model that is talked to where the server looks for it. */
  static void giveModel(Path data) throws IOException {
    Path models = Files.createDirectories(data.resolve("models"));
    Files.writeString(models.resolve("training.yaml"), SCRIPT);
  }

  static void talk(URI server) throws IOException {
    TrainingAgents training = new TrainingAgents(server.resolve("/v1/agents/"));
    for (int i = 0; i < AGENTS; i++) {
      training.make("agent " + i, 0);
    }
    for (int i = 0; i < TALKERS; i++) {
      training.say(training.make("talker " + i, SAID_BEFORE));
      training.page();
    }
  }

  private String make(String name, int saidBefore) throws IOException {
    ObjectNode wish = Json.mapper().createObjectNode().put("name", name);
    wish.put("model", "scripted/training");
    ArrayNode blocks = wish.putArray("memory_blocks");
    for (int i = 0; saidBefore > 0 && i < BLOCKS; i++) {
      blocks.addObject().put("label", "block" + i).put("value", "What is known. ".repeat(10));
    }
    if (saidBefore > 0) {
      ArrayNode said = wish.putArray("initial_message_sequence");
      for (int i = 0; i < saidBefore; i++) {
        said.addObject()
            .put("role", i % 2 == 0 ? "user" : "assistant")
            .put("content", "message " + i);
      }
    }
    return Json.parse(TrainingHttp.post(agents, Json.write(wish), Map.of()).text())
        .path("id")
        .asText();
  }

  private void say(String agent) throws IOException {
    String body = "{\"input\":\"remember this\"}";
    for (int i = 0; i < MESSAGES_EACH; i++) {
      String way = i % 5 == 4 ? "/messages/stream" : "/messages";
      String answer = TrainingHttp.post(agents.resolve(agent + way), body, Map.of()).text();
      if (!answer.contains("Done.")) {
        throw new IOException("an agent did not answer: " + answer);
      }
    }
  }

  private void page() throws IOException {
    for (int i = 0; i < MESSAGES_EACH / TALKERS; i++) {
      TrainingHttp.get(agents.resolve("?limit=50"));
    }
  }
}
