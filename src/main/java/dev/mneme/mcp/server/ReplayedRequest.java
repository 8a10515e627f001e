package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body was read already, with the body the adapter is to see. */
final class ReplayedRequest extends HttpServletRequestWrapper {
  private final byte[] body;

  private ReplayedRequest(HttpServletRequest request, byte[] body) {
    super(request);
    this.body = body;
  }

  static ReplayedRequest of(HttpServletRequest request, byte[] body) {
    return new ReplayedRequest(request, body);
  }

  /** Without the params, which the adapter takes from the call: nothing is parsed twice. */
  static ReplayedRequest of(HttpServletRequest request, Message.Request message) {
    return of(request, envelope(message.method()).<ObjectNode>set("id", message.id()));
  }

  static ReplayedRequest of(HttpServletRequest request, Message.Notification message) {
    return of(request, envelope(message.method()));
  }

  private static ObjectNode envelope(String method) {
    return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
  }

  private static ReplayedRequest of(HttpServletRequest request, ObjectNode envelope) {
    return new ReplayedRequest(request, Json.write(envelope).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (name.equalsIgnoreCase("Accept")) {
      // The front accepted wildcards; the adapter looks for these words.
      return "application/json, text/event-stream";
    }
    // There is no event store, so there is nothing to resume from.
    return name.equalsIgnoreCase("Last-Event-ID") ? null : super.getHeader(name);
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return "UTF-8";
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Bytes(new ByteArrayInputStream(body));
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private static final class Bytes extends ServletInputStream {
    private final ByteArrayInputStream in;

    Bytes(ByteArrayInputStream in) {
      this.in = in;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return in.read(buffer, offset, length);
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("a replayed body is read at once");
    }
  }
}
