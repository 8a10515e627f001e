package dev.mneme.sandbox.docker.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The engine's HTTP interface: one connection a request, no version in the path, so that every
 * engine answers in its own. Thread-safe. Every failure is an {@link EngineException}.
 */
public final class EngineHttp implements AutoCloseable {
  private static final int MAX_MESSAGE = 400;
  private static final String DISK_FULL = "no space left on device";
  private static final String MAKE_ROOM =
      "; the engine's disk is full: docker system df shows by what, docker image prune removes"
          + " images that nothing uses";

  private final Endpoint address;
  private final ScheduledThreadPoolExecutor deadlines;

  public EngineHttp(Endpoint address) {
    this.address = address;
    deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("engine-deadlines").factory());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  public Endpoint address() {
    return address;
  }

  /** Sends a request; the JSON of the answer, a missing node when it has no body. */
  public JsonNode call(String method, String path, Optional<JsonNode> body, Duration limit)
      throws EngineException {
    long began = System.nanoTime();
    try (Wire wire = wire()) {
      ScheduledFuture<?> deadline = closeAfter(wire, limit);
      try {
        wire.connect();
        send(wire, method, path, body.map(Json::write).orElse(""), "Connection: close\r\n");
        HttpReader reader = new HttpReader(new BufferedInputStream(wire.in()));
        int status = reader.head();
        String text = reader.body();
        if (status >= 400) {
          throw new EngineException(status, refusal(status, text));
        }
        return json(text);
      } catch (IOException e) {
        throw failed(e, began, limit);
      } finally {
        deadline.cancel(false);
      }
    } catch (EngineException e) {
      throw e;
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  /** Attaches to the streams of a container; the time limit is for the beginning only. */
  public Attachment attach(String container, Duration limit) throws EngineException {
    String path = "/containers/" + container + "/attach?stream=1&stdin=1&stdout=1&stderr=1";
    long began = System.nanoTime();
    boolean attached = false;
    Wire wire;
    try {
      wire = wire();
    } catch (IOException e) {
      throw noAnswer(e);
    }
    ScheduledFuture<?> deadline = closeAfter(wire, limit);
    try {
      wire.connect();
      send(wire, "POST", path, "", "Connection: Upgrade\r\nUpgrade: tcp\r\n");
      BufferedInputStream in = new BufferedInputStream(wire.in(), 65_536);
      HttpReader reader = new HttpReader(in);
      int status = reader.head();
      if (status >= 400) {
        throw new EngineException(status, refusal(status, reader.body()));
      }
      attached = true;
      return new Attachment(wire, new FrameInput(in), wire.out());
    } catch (IOException e) {
      throw failed(e, began, limit);
    } finally {
      deadline.cancel(false);
      if (!attached) {
        wire.close();
      }
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
  }

  private Wire wire() throws IOException {
    return switch (address) {
      case Endpoint.Unix(Path socket) -> {
        if (!Files.exists(socket)) {
          throw new IOException("there is no such socket");
        }
        yield new UnixWire(socket);
      }
      case Endpoint.Tcp tcp -> new TcpWire(tcp.host(), tcp.port(), tcp.tls());
    };
  }

  private ScheduledFuture<?> closeAfter(Wire wire, Duration limit) {
    return deadlines.schedule(wire::close, limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void send(Wire wire, String method, String path, String body, String headers)
      throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + ' '
            + path
            + " HTTP/1.1\r\nHost: "
            + address.hostHeader()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + content.length
            + "\r\n"
            + headers
            + "\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[start.length + content.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    wire.out().write(all);
    wire.out().flush();
  }

  private static JsonNode json(String text) throws IOException {
    try {
      return text.isBlank() || text.strip().equals("OK")
          ? Json.mapper().missingNode()
          : Json.parse(text);
    } catch (MnemeException e) {
      throw new IOException("its answer is not JSON", e);
    }
  }

  private static String refusal(int status, String text) {
    String message = text;
    try {
      message = Json.parse(text).path("message").asText(text);
    } catch (MnemeException e) {
      // It is no engine, or a proxy before one, that speaks: its own text says most.
      message = text;
    }
    String line = message.replaceAll("\\s+", " ").strip();
    return "the container engine refused with "
        + status
        + ": "
        + line.substring(0, Math.min(line.length(), MAX_MESSAGE))
        + (line.contains(DISK_FULL) ? MAKE_ROOM : "");
  }

  private EngineException failed(IOException e, long began, Duration limit) {
    if (e instanceof EngineException known) {
      return known;
    }
    if (System.nanoTime() - began >= limit.toNanos()) {
      return new EngineException(
          0,
          "the container engine at "
              + address.shown()
              + " did not answer within "
              + limit.toSeconds()
              + " s");
    }
    return noAnswer(e);
  }

  private EngineException noAnswer(IOException e) {
    String reason =
        e instanceof ConnectException && address.isLocal()
            ? "nothing listens there"
            : String.valueOf(e.getMessage());
    return new EngineException(
        0, "no container engine answers at " + address.shown() + " (" + reason + ")");
  }
}
