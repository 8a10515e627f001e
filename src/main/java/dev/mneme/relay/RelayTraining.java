package dev.mneme.relay;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * An owner that answers every request with nothing, for the run that records the relay's cache: it
 * listens late, so that waiting for an owner is recorded too.
 */
final class RelayTraining implements Runnable {
  private static final long LATE_MILLIS = 300;

  private final OwnerFolder folder;

  RelayTraining(OwnerFolder folder) {
    this.folder = folder;
  }

  static String[] owner() {
    return new String[] {"/bin/sh", "-c", "exec sleep 2"};
  }

  void start() {
    Thread thread = new Thread(null, this, "training");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Thread.sleep(LATE_MILLIS);
      server.bind(UnixDomainSocketAddress.of(folder.socketInFolder()));
      try (SocketChannel channel = server.accept()) {
        answer(channel);
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("training: ".concat(e.toString()));
    }
  }

  private static void answer(SocketChannel channel) throws IOException {
    Lines lines = new Lines(Channels.newInputStream(channel), Lines.LONGEST);
    byte[] line;
    while ((line = lines.next()) != null) {
      String id = Message.of(line).id();
      if (id != null) {
        String answer = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}\n";
        channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }
}
