package dev.mneme.relay;

import dev.mneme.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An owner that writes down what it is sent and answers every request but {@code slow}. */
final class TestingOwner implements AutoCloseable {
  final List<String> received = new CopyOnWriteArrayList<>();
  private final OwnerFolder folder;
  private final ServerSocketChannel server;
  private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

  TestingOwner(OwnerFolder folder) throws IOException {
    this.folder = folder;
    folder.make();
    Files.deleteIfExists(folder.socketInFolder());
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.socketInFolder()));
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // Closed by the test.
    }
  }

  private void serve(SocketChannel connection) {
    try {
      Lines lines = new Lines(Channels.newInputStream(connection), 1 << 20);
      byte[] line;
      while ((line = lines.next()) != null) {
        Message message = Message.of(line);
        received.add(new String(line, StandardCharsets.UTF_8).strip());
        if (message.id() != null && message.method() != null && !message.is("slow")) {
          send(
              connection,
              "{\"jsonrpc\":\"2.0\",\"id\":" + message.id() + ",\"result\":{\"by\":\"owner\"}}");
        }
      }
    } catch (IOException _) {
      // Closed by the test.
    }
  }

  private static void send(SocketChannel connection, String line) throws IOException {
    connection.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  void say(String line) throws IOException {
    for (SocketChannel connection : connections) {
      send(connection, line);
    }
  }

  List<String> methods() {
    return received.stream().map(line -> Json.parse(line).path("method").asText()).toList();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (SocketChannel connection : connections) {
        connection.close();
      }
      Files.deleteIfExists(folder.socketInFolder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
