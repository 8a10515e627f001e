package dev.mneme.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a container engine whether it is there. */
final class DockerProbe {
  private static final int PATIENCE_SECONDS = 3;
  private static final String PING =
      "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";

  private DockerProbe() {}

  static boolean answers(String host) {
    FutureTask<Boolean> ping = new FutureTask<>(() -> ping(host));
    Thread.ofVirtual().start(ping);
    try {
      return ping.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      ping.cancel(true);
    }
  }

  private static boolean ping(String host) throws IOException {
    URI uri = URI.create(host);
    boolean unix = "unix".equals(uri.getScheme());
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(uri.getPath())
            : new InetSocketAddress(uri.getHost(), uri.getPort());
    try (SocketChannel channel =
        SocketChannel.open(unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET)) {
      channel.connect(address);
      channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(200);
      channel.read(answer);
      return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)
          .contains(" 200 ");
    }
  }
}
