package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An HTTP response: one JSON object, or events from the first notification on. A client that went
 * has cancelled its request, which only a write can find out.
 */
final class HttpOutlet extends Outlet {
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final HttpServletResponse response;
  private final ReentrantLock writing = new ReentrantLock();
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean streaming;
  private boolean ended;

  HttpOutlet(HttpServletResponse response) {
    this.response = response;
  }

  @Override
  void note(ObjectNode message) {
    send(event(message));
  }

  @Override
  public void beat() {
    send(COMMENT);
  }

  /** Ends the request after a while as if the client had gone, where it lasts so long. */
  void endBy(Duration after) {
    Thread.ofVirtual()
        .name("mcp-end")
        .start(() -> {
          try {
            if (!over.await(Math.max(after.toMillis(), 0), TimeUnit.MILLISECONDS)) {
              cancel();
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Sends the answer; nothing comes after it. */
  void end(ObjectNode message, int status) throws IOException {
    over.countDown();
    writing.lock();
    try {
      ended = true;
      OutputStream out = response.getOutputStream();
      if (streaming) {
        out.write(event(message));
        out.flush();
      } else {
        byte[] json = Json.write(message).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        out.write(json);
      }
    } finally {
      writing.unlock();
    }
  }

  private void send(byte[] bytes) {
    writing.lock();
    try {
      if (ended) {
        return;
      }
      if (!streaming) {
        streaming = true;
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
      }
      response.getOutputStream().write(bytes);
      response.getOutputStream().flush();
    } catch (IOException _) {
      ended = true;
      cancel();
    } finally {
      writing.unlock();
    }
  }

  private static byte[] event(ObjectNode message) {
    return ("event: message\ndata: " + Json.write(message) + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
