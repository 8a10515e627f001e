package dev.mneme.sandbox.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * The engine of this machine as one that is reached over the network, by those with a certificate.
 */
final class TlsGate implements AutoCloseable {
  private final SSLServerSocket server;
  private final Path engine;

  TlsGate(SSLContext context, Path engine) throws IOException {
    this.engine = engine;
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed, or a client that could not prove itself.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
      Thread back =
          Thread.ofVirtual()
              .start(() -> {
                try (client) {
                  Channels.newInputStream(behind).transferTo(client.getOutputStream());
                } catch (IOException _) {
                  // One of the two has gone; both are closed.
                }
              });
      client.getInputStream().transferTo(Channels.newOutputStream(behind));
      back.join();
    } catch (IOException | InterruptedException _) {
      // As above.
    }
  }
}
