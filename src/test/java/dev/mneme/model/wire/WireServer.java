package dev.mneme.model.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A small HTTP/1.1 server that can break off an answer anywhere. Thread-safe. */
final class WireServer implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Handler handler;

  WireServer(int port, Handler handler) throws IOException {
    this.handler = handler;
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    Thread.ofVirtual().name("wire-accept").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many connections are open. */
  int connections() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().name("wire").start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String first = line(in);
      while (!first.isEmpty()) {
        Map<String, String> headers = headers(in);
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] words = first.split(" ", 3);
        Answer answer = new Answer(socket, socket.getOutputStream());
        handler.handle(
            new Request(words[0], words[1], headers, new String(body, StandardCharsets.UTF_8)),
            answer);
        first = line(in);
      }
    } catch (IOException _) {
      // The other side left, or this one broke off as it should.
    } finally {
      open.remove(socket);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Answers a request. */
  interface Handler {
    void handle(Request request, Answer answer) throws IOException;
  }

  record Request(String method, String path, Map<String, String> headers, String body) {}

  /** One answer being written. */
  static final class Answer {
    private final Socket socket;
    private final OutputStream out;

    Answer(Socket socket, OutputStream out) {
      this.socket = socket;
      this.out = out;
    }

    void whole(int status, Map<String, String> headers, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      head(status, headers, "Content-Type: application/json\r\nContent-Length: " + bytes.length);
      out.write(bytes);
      out.flush();
    }

    void beginEvents() throws IOException {
      head(200, Map.of(), "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked");
      out.flush();
    }

    /** One or more events; they are on their way when this returns. */
    void events(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] size =
          (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] chunk = new byte[size.length + bytes.length + 2];
      System.arraycopy(size, 0, chunk, 0, size.length);
      System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
      chunk[chunk.length - 2] = '\r';
      chunk[chunk.length - 1] = '\n';
      out.write(chunk);
      out.flush();
    }

    void endEvents() throws IOException {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** Drops the connection. */
    void breakOff() throws IOException {
      socket.close();
    }

    private void head(int status, Map<String, String> headers, String more) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      head.append(more).append("\r\n\r\n");
      out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }
}
