package dev.mneme.cli;

import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Says to a server what an assistant says in a usual session, for the training run. */
final class TrainingClient {
  static final String PROTOCOL = "2025-11-25";
  static final String INITIALIZE =
      "\"initialize\",\"params\":{\"protocolVersion\":\""
          + PROTOCOL
          + "\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"training\",\"version\":\"1\"}}";

  private TrainingClient() {}

  static void talk(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader answers =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      send(channel, "{\"mneme\":{\"client\":\"relay\"}}");
      int id = 0;
      for (String request : requests()) {
        send(channel, request(id, request));
        await(answers, id++);
      }
    }
  }

  private static List<String> requests() {
    String human = "memory://agents/default/blocks/human";
    return List.of(
        INITIALIZE,
        "\"tools/list\"",
        "\"resources/list\"",
        "\"resources/templates/list\"",
        "\"prompts/list\"",
        "\"resources/subscribe\",\"params\":{\"uri\":\"" + human + "\"}",
        call("memory_view", Map.of()),
        call("core_memory_append", Map.of("label", "human", "content", "Likes training.")),
        call("archival_insert", Map.of("content", "The staging server is called heron.")),
        call("archival_search", Map.of("query", "staging server")),
        call("memory_history", Map.of()),
        "\"resources/read\",\"params\":{\"uri\":\"" + human + "\"}");
  }

  /** A request of which {@code rest} is the method's value and what follows it. */
  static String request(int id, String rest) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":" + rest + "}";
  }

  static String call(String tool, Map<String, Object> arguments) {
    return "\"tools/call\",\"params\":" + Json.write(Map.of("name", tool, "arguments", arguments));
  }

  private static void send(SocketChannel channel, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void await(BufferedReader answers, int id) throws IOException {
    while (true) {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("the server closed the connection");
      }
      if (Json.parse(line).path("id").asInt(-1) == id) {
        // Shown in the log of the training, where a mistake of it can be seen.
        System.err.println(Texts.head(line, 200));
        return;
      }
    }
  }
}
