package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of ours to which messages go as lines. It sees a few variables of our environment and
 * those it was given, and no shell. At rest it costs one thread that waits for its lines.
 */
public final class StdioTransport implements Transport {
  private static final int LONGEST = 16 << 20;
  private static final int MAX_QUEUED = 1_000;
  private static final long STACK = 256 * 1024;
  private static final List<String> INHERITED =
      List.of("HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER");

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private final String mark;
  private final ErrorStreams errors;
  private final Tail tail;
  private final Deque<String> outgoing = new ArrayDeque<>();
  private boolean writing;
  private boolean closed;
  private @Nullable ProcessTree tree;

  /**
   * @param environment besides the few that every program gets
   * @param mark of this program alone, by which what it starts is found
   * @param log a file for the last lines it says beside the protocol
   */
  public StdioTransport(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      String mark,
      Optional<Path> log,
      ErrorStreams errors) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.mark = mark;
    this.tail = new Tail(log);
    this.errors = errors;
  }

  @Override
  public synchronized void open(Inbox inbox) throws IOException {
    if (closed) {
      throw new IOException("the connection was closed");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : INHERITED) {
      Optional.ofNullable(System.getenv(name)).ifPresent(value -> variables.put(name, value));
    }
    variables.putAll(environment);
    ProcessTree started = ProcessTree.start(command, variables, folder, mark);
    tree = started;
    Process process = started.process();
    errors.add(process.getErrorStream(), tail);
    Thread.ofPlatform()
        .daemon()
        .name("mcp-stdio")
        .stackSize(STACK)
        .start(() -> inbox.closed(read(process, inbox)));
  }

  /** Until the program says no more; why it ended. */
  private String read(Process process, Inbox inbox) {
    Lines lines = new Lines(process.getInputStream(), LONGEST);
    try {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        hear(line.get(), inbox);
      }
      // A program that only closed its output is of no use any more, but gets a moment to end.
      boolean ended = process.waitFor(500, TimeUnit.MILLISECONDS);
      return ended ? "the program ended with code " + process.exitValue() : "it closed its output";
    } catch (IOException e) {
      return "the program " + e.getMessage();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "the connection was closed";
    } finally {
      errors.remove(process.getErrorStream());
    }
  }

  private void hear(String line, Inbox inbox) throws IOException {
    if (!line.startsWith("{")) {
      // Some greet on their output; what is no message is kept with what they say besides.
      if (!line.isBlank()) {
        tail.add(Texts.head(line, 500) + "\n");
      }
      return;
    }
    JsonNode message;
    try {
      message = Json.parse(line);
    } catch (MnemeException e) {
      throw new IOException("sent what is not JSON: " + e.message(), e);
    }
    if (message instanceof ObjectNode object) {
      inbox.message(object, OptionalLong.empty());
    }
  }

  /** Queued, because a program that does not read would else hold the caller. */
  @Override
  public synchronized void send(Outgoing message) throws CallFailed {
    ProcessTree present = tree;
    if (closed || present == null || !present.process().isAlive()) {
      throw new CallFailed(Reason.CLOSED, "the program is not running");
    }
    if (outgoing.size() >= MAX_QUEUED) {
      throw new CallFailed(Reason.BROKEN, "the program does not read what it is sent");
    }
    outgoing.add(Json.write(message.message()));
    if (!writing) {
      writing = true;
      OutputStream out = present.process().getOutputStream();
      Thread.ofVirtual().name("mcp-stdio-writer").start(() -> write(out));
    }
  }

  private void write(OutputStream out) {
    try {
      for (Optional<String> line = nextLine(); line.isPresent(); line = nextLine()) {
        out.write((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException _) {
      // The reader sees the end too, and tells it.
      drop();
    }
  }

  private synchronized Optional<String> nextLine() {
    Optional<String> line = Optional.ofNullable(outgoing.poll());
    writing = line.isPresent();
    return line;
  }

  private synchronized void drop() {
    outgoing.clear();
    writing = false;
  }

  @Override
  public String said() {
    return tail.text();
  }

  @Override
  public void close() {
    ProcessTree present;
    synchronized (this) {
      closed = true;
      present = tree;
    }
    if (present != null) {
      present.end();
    }
  }
}
