package dev.mneme.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The MCP client on standard output: whole lines, one at a time. Thread-safe. */
final class Client {
  /** A server error of JSON-RPC: the relay could not get an answer from the owner. */
  private static final int OWNER_GONE = -32000;

  private final OutputStream out;

  Client(OutputStream out) {
    this.out = out;
  }

  synchronized void send(byte[] line) {
    try {
      out.write(line);
      out.flush();
    } catch (IOException _) {
      // Nobody reads any more, so nobody is left to work for.
      Runtime.getRuntime().halt(0);
    }
  }

  void send(String line) {
    send(line.getBytes(StandardCharsets.UTF_8));
  }

  void fail(String id, int code, String message) {
    StringBuilder answer = new StringBuilder(256);
    answer.append("{\"jsonrpc\":\"2.0\",\"id\":").append(id);
    answer.append(",\"error\":{\"code\":").append(code);
    answer.append(",\"message\":").append(RawObject.quote(message)).append("}}\n");
    send(answer.toString());
  }

  void ownerGone(String id, String message) {
    fail(id, OWNER_GONE, message);
  }
}
