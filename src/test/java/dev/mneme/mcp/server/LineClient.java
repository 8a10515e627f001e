package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client on the Unix socket. */
final class LineClient implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader reader;

  LineClient(Path path) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    reader =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  void begin() throws IOException {
    send(TestingMcp.INITIALIZE);
    receive();
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  JsonNode receive() throws IOException {
    String line = reader.readLine();
    assertThat(line).isNotNull();
    return Json.parse(line);
  }

  int error(String line) throws IOException {
    send(line);
    return receive().at("/error/code").asInt();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
