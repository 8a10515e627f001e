package dev.mneme.sandbox.docker.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection over TCP, with TLS where a context is given. */
final class TcpWire implements Wire {
  private static final int CONNECT_MILLIS = 10_000;

  private final String host;
  private final int port;
  private final Optional<SSLContext> tls;
  private final Socket plain = new Socket();
  private volatile Socket socket = plain;

  TcpWire(String host, int port, Optional<SSLContext> tls) {
    this.host = host;
    this.port = port;
    this.tls = tls;
  }

  @Override
  public void connect() throws IOException {
    plain.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
    plain.setTcpNoDelay(true);
    plain.setKeepAlive(true);
    if (tls.isPresent()) {
      SSLSocket secure =
          (SSLSocket) tls.get().getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      socket = secure;
      secure.startHandshake();
    }
  }

  @Override
  public InputStream in() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void close() {
    try {
      // The plain socket: closing the secure one could wait for a write that never ends.
      plain.close();
    } catch (IOException e) {
      // It is closed for us all the same.
      return;
    }
  }
}
