package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * The worker's end of the line protocol.
 *
 * <p>Its own thread reads stdin. When stdin ends, or holds something that is not a message, it
 * halts the process at once, whatever the other threads are doing: that is what keeps a worker from
 * outliving its server. Sending is thread-safe.
 */
final class HostLink {
  private final OutputStream out;
  private final BlockingQueue<Call> calls = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<Map<String, Object>> bridgeAnswers = new SynchronousQueue<>();

  HostLink(OutputStream out) {
    this.out = out;
  }

  void listen(InputStream in, int lineLimit) {
    Thread reader =
        new Thread(
            null,
            () -> {
              try {
                read(new BoundedLines(in, lineLimit));
                Runtime.getRuntime().halt(0);
              } catch (IOException | IllegalArgumentException | InterruptedException e) {
                System.err.println("worker: " + e.getMessage());
              } finally {
                Runtime.getRuntime().halt(2);
              }
            },
            "host-link");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(BoundedLines lines) throws IOException, InterruptedException {
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      Map<String, Object> message = JsonReader.read(line.get());
      switch (String.valueOf(message.get("type"))) {
        case "call" -> {
          if (!calls.offer(Call.of(message))) {
            throw new IllegalArgumentException("a second call while one is waiting");
          }
        }
        case "bridge_result" -> bridgeAnswers.put(message);
        default -> throw new IllegalArgumentException("a message of an unknown type");
      }
    }
  }

  Optional<Call> poll() {
    return Optional.ofNullable(calls.poll());
  }

  Optional<Call> poll(long milliseconds) throws InterruptedException {
    return Optional.ofNullable(calls.poll(milliseconds, TimeUnit.MILLISECONDS));
  }

  Call take() throws InterruptedException {
    return calls.take();
  }

  /** Sends a request and waits for the answer; the call's own wall limit ends a wait too long. */
  Map<String, Object> ask(JsonLine request) throws InterruptedException {
    send(request);
    return bridgeAnswers.take();
  }

  /** A host that is gone cannot be told anything: the process ends. */
  void send(JsonLine message) {
    byte[] bytes = message.bytes();
    try {
      synchronized (out) {
        out.write(bytes);
        out.flush();
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(0);
    }
  }
}
