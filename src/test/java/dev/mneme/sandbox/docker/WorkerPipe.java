package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.mneme.common.Json;
import dev.mneme.sandbox.docker.wire.Attachment;
import dev.mneme.sandbox.docker.wire.Containers;
import dev.mneme.tool.ToolCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A fork server in a container and the pipe to it, with nothing of the pool around: the reference
 * the figures of the product are held against. For one thread.
 */
abstract class WorkerPipe implements AutoCloseable {
  private final byte[] buffer = new byte[65_536];
  private int at;
  private int end;
  private final Containers containers;
  private final String id;

  WorkerPipe(Containers containers, String id) {
    this.containers = containers;
    this.id = id;
  }

  final String id() {
    return id;
  }

  abstract InputStream from();

  abstract void write(byte[] line) throws IOException;

  /** Through the transport of the product. */
  static WorkerPipe own(Containers containers) throws IOException {
    String id = create(containers);
    Attachment streams = containers.attach(id);
    containers.start(id);
    WorkerPipe pipe =
        new WorkerPipe(containers, id) {
          @Override
          InputStream from() {
            return streams.stdout();
          }

          @Override
          void write(byte[] line) throws IOException {
            OutputStream to = streams.stdin();
            to.write(line);
            to.flush();
          }
        };
    pipe.untilReady();
    return pipe;
  }

  /** Through docker-java's attach. */
  static WorkerPipe dockerJava(Containers containers, DockerClient client) throws IOException {
    String id = create(containers);
    QueuedInput stdin = new QueuedInput();
    QueuedInput stdout = new QueuedInput();
    client
        .attachContainerCmd(id)
        .withStdIn(stdin)
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(true)
        .exec(
            new ResultCallback.Adapter<Frame>() {
              @Override
              public void onNext(Frame frame) {
                if (frame.getStreamType() == StreamType.STDOUT) {
                  stdout.put(frame.getPayload());
                }
              }
            });
    containers.start(id);
    WorkerPipe pipe =
        new WorkerPipe(containers, id) {
          @Override
          InputStream from() {
            return stdout;
          }

          @Override
          void write(byte[] line) {
            stdin.put(line);
          }
        };
    pipe.untilReady();
    return pipe;
  }

  /** One call, there and back. */
  final String call(byte[] line) throws IOException {
    write(line);
    String answer = line();
    while (!answer.contains("\"result\"")) {
      answer = line();
    }
    if (!answer.contains("\"status\":\"ok\"")) {
      throw new IOException("a call failed: " + answer);
    }
    return answer;
  }

  static byte[] message(String function, ToolCode code, String arguments) {
    return (Json.write(
                Json.mapper()
                    .createObjectNode()
                    .put("type", "call")
                    .put("id", "1")
                    .put("kind", "function")
                    .put("name", code.name())
                    .put("source", code.source())
                    .put("sha256", code.sha256())
                    .put("function", function)
                    .put("arguments", arguments)
                    .put("files", "")
                    .put("space", "x")
                    .put("output", 1_000)
                    .put("cpu", 30_000)
                    .put("result", 2_000_000))
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    containers.remove(id);
  }

  static String create(Containers containers) throws IOException {
    ImageSource.Image image = TestingDocker.images().image();
    return containers.create(
        ContainerSpec.of(TestingDocker.settings(), image.tag(), image.seccomp(), Map.of()));
  }

  private void untilReady() throws IOException {
    String said = line();
    while (!said.contains("\"ready\"")) {
      said = line();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      for (int i = at; i < end; i++) {
        if (buffer[i] == '\n') {
          line.append(new String(buffer, at, i - at, StandardCharsets.ISO_8859_1));
          at = i + 1;
          return line.toString();
        }
      }
      line.append(new String(buffer, at, end - at, StandardCharsets.ISO_8859_1));
      at = 0;
      end = from().read(buffer);
      if (end < 0) {
        throw new IOException("the worker ended");
      }
    }
  }

  /** Bytes from other threads; {@link PipedInputStream} breaks when a writing thread ends. */
  private static final class QueuedInput extends InputStream {
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private byte[] now = new byte[0];
    private int at;

    void put(byte[] bytes) {
      queue.add(bytes);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        while (at == now.length) {
          now = queue.take();
          at = 0;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
      int count = Math.min(length, now.length - at);
      System.arraycopy(now, at, into, offset, count);
      at += count;
      return count;
    }
  }
}
