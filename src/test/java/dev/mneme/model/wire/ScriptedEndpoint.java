package dev.mneme.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.ModelException;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.scripted.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Serves the scripts of a folder as the models of a provider, on loopback: OpenAI's protocol at
 * {@link #openai()}, Anthropic's at {@link #anthropic()}. What each request held is kept for tests.
 *
 * <p>As a program: {@code ScriptedEndpoint PORT FOLDER}; it prints its address.
 */
public final class ScriptedEndpoint implements AutoCloseable {
  private final ScriptedProvider scripts;
  private final WireServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<Integer, Integer> attempts = new ConcurrentHashMap<>();

  private ScriptedEndpoint(int port, Path folder) throws IOException {
    this.scripts = new ScriptedProvider(folder);
    this.server = new WireServer(port, this::handle);
  }

  /**
   * @param port 0: any
   */
  public static ScriptedEndpoint start(int port, Path folder) throws IOException {
    return new ScriptedEndpoint(port, folder);
  }

  /** Serves until the process ends. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    Files.createDirectories(folder);
    try (ScriptedEndpoint endpoint = start(Integer.parseInt(arguments[0]), folder)) {
      System.out.println(endpoint.openai());
      Thread.currentThread().join();
    }
  }

  public URI openai() {
    return URI.create("http://localhost:" + server.port() + "/v1");
  }

  public URI anthropic() {
    return URI.create("http://localhost:" + server.port() + "/anthropic/v1");
  }

  /** What was asked so far. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** How many connections clients hold open. */
  public int connections() {
    return server.connections();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void handle(WireServer.Request request, WireServer.Answer answer) throws IOException {
    Wire wire = request.path().startsWith("/anthropic") ? new AnthropicWire() : new OpenAiWire();
    if (request.method().equals("GET")) {
      answer.whole(200, Map.of(), models());
      return;
    }
    JsonNode body = Json.parse(request.body());
    seen.add(new Seen(request.path(), request.headers(), body));
    String model = body.path("model").asText();
    Optional<ModelInfo> info = scripts.describe(model);
    ChatRequest chat;
    try {
      chat = wire.read(body);
    } catch (IllegalArgumentException | dev.mneme.common.MnemeException e) {
      answer.whole(
          400, Map.of(), wire.error(400, "invalid_request", String.valueOf(e.getMessage())));
      return;
    }
    if (info.isEmpty()) {
      answer.whole(404, Map.of(), wire.error(404, "model_not_found", "no model " + model));
      return;
    }
    int attempt = attempts.merge(request.body().hashCode(), 1, Integer::sum) - 1;
    perform(info.get(), chat, attempt, wire, answer);
  }

  private void perform(
      ModelInfo model, ChatRequest chat, int attempt, Wire wire, WireServer.Answer answer)
      throws IOException {
    Wire.Writer writer = wire.writer(answer, model.name());
    try {
      writer.end(scripts.open(model).attempt(chat, writer, attempt));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (ModelException e) {
      if (e.type() == ModelException.Type.EMPTY_RESPONSE) {
        writer.end(new ChatReply(List.of(), List.of(), ChatReply.Finish.STOP, ChatUsage.NONE));
      } else if (writer.begun()) {
        answer.breakOff();
      } else {
        refuse(e, wire, answer);
      }
    }
  }

  private static void refuse(ModelException e, Wire wire, WireServer.Answer answer)
      throws IOException {
    int status = Wire.status(e);
    Map<String, String> headers =
        e.retryAfter()
            .map(wait ->
                wait.toMillis() % 1000 == 0
                    ? Map.of("Retry-After", Long.toString(wait.toSeconds()))
                    : Map.of("Retry-After-Ms", Long.toString(wait.toMillis())))
            .orElse(Map.of());
    String type =
        switch (e.type()) {
          case CONTEXT_WINDOW_EXCEEDED -> "context_length_exceeded";
          case INSUFFICIENT_CREDITS -> "insufficient_quota";
          default -> "error";
        };
    answer.whole(
        status,
        headers,
        wire.error(status, type, "as the script says, sk-abcdefghijklmnopqrstuvwxyz123456"));
  }

  private String models() {
    ObjectNode list = Json.mapper().createObjectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    for (ModelInfo model : scripts.list()) {
      data.addObject()
          .put("id", model.name())
          .put("object", "model")
          .put("type", "model")
          .put("context_length", model.contextWindow());
    }
    return Json.write(list);
  }

  /** A request as it came in. */
  public record Seen(String path, Map<String, String> headers, JsonNode body) {}
}
