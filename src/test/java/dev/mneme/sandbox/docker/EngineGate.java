package dev.mneme.sandbox.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket before the engine's own that can be shut, to see what happens when the engine goes. */
final class EngineGate implements AutoCloseable {
  private final Path front;
  private final Path engine;
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private ServerSocketChannel server;

  EngineGate(Path front, Path engine) throws IOException {
    this.front = front;
    this.engine = engine;
    open();
  }

  void open() throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(front));
    ServerSocketChannel mine = server;
    Thread.ofPlatform().daemon().start(() -> accept(mine));
  }

  /** As when the engine is killed: its socket is still there, but nobody listens. */
  void shut() throws IOException {
    server.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
    open.clear();
  }

  void reopen() throws IOException {
    Files.deleteIfExists(front);
    open();
  }

  @Override
  public void close() throws IOException {
    shut();
    Files.deleteIfExists(front);
  }

  private void accept(ServerSocketChannel from) {
    while (from.isOpen()) {
      try {
        SocketChannel client = from.accept();
        SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(engine));
        open.add(client);
        open.add(behind);
        Thread.ofVirtual().start(() -> copy(client, behind));
        Thread.ofVirtual().start(() -> copy(behind, client));
      } catch (IOException _) {
        // Shut, or the engine itself is gone: the loop ends or goes on.
      }
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      // One side has gone, and both are closed.
      return;
    }
  }
}
