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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of ours to which messages go as lines. It sees a few variables of our environment and
 * those it was given, and no shell. At rest it costs the thread that the JDK has wait for its end.
 */
public final class StdioTransport implements Transport {
  private static final int LONGEST = 16 << 20;
  private static final int MAX_QUEUED = 1_000;
  private static final long GRACE_MILLIS = 500;

  /** Who waits longer than this can wait a tenth of a second more. */
  private static final Duration SOON = Duration.ofMinutes(10);

  private static final List<String> INHERITED =
      List.of("HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER");

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private final String mark;
  private final Rounds rounds;
  private final Tail tail;
  private final Deque<String> outgoing = new ArrayDeque<>();
  private boolean writing;
  private boolean closed;
  private @Nullable ProcessTree tree;
  private @Nullable StdioReader reader;

  /**
   * @param environment besides the few that every program gets
   * @param mark of this program alone, by which what it starts is found
   * @param log a file for the last lines it says beside the protocol
   * @param writer writes it
   */
  public StdioTransport(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      String mark,
      Optional<Path> log,
      TailWriter writer,
      Rounds rounds) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.mark = mark;
    this.tail = new Tail(log, writer);
    this.rounds = rounds;
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
    ErrorStream beside = new ErrorStream(process.getErrorStream(), tail);
    StdioReader reading = new StdioReader(process, LONGEST, new Hearing(process, beside, inbox));
    reader = reading;
    rounds.add(beside::look);
    rounds.add(reading::look);
    CompletableFuture<Void> _ =
        process
            .onExit()
            .thenRunAsync(
                // Whatever it started may hold its output open for ever.
                () -> inbox.closed(ending(process)),
                CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS));
  }

  private static String ending(Process process) {
    return "the program ended with code " + process.exitValue();
  }

  /** Takes what the program says. */
  private final class Hearing implements StdioReader.Hearer {
    private final Process process;
    private final ErrorStream beside;
    private final Inbox inbox;

    Hearing(Process process, ErrorStream beside, Inbox inbox) {
      this.process = process;
      this.beside = beside;
      this.inbox = inbox;
    }

    @Override
    public Optional<Long> line(String line) throws IOException {
      if (!line.startsWith("{")) {
        // Some greet on their output; what is no message is kept with what they say besides.
        if (!line.isBlank()) {
          tail.add(Texts.head(line, 500) + "\n");
        }
        return Optional.empty();
      }
      JsonNode message;
      try {
        message = Json.parse(line);
      } catch (MnemeException e) {
        throw new IOException("sent what is not JSON: " + e.message(), e);
      }
      if (!(message instanceof ObjectNode object)) {
        return Optional.empty();
      }
      inbox.message(object, OptionalLong.empty());
      JsonNode id = object.path("id");
      return id.isIntegralNumber() && !object.has("method")
          ? Optional.of(id.longValue())
          : Optional.empty();
    }

    @Override
    public void ended(Optional<IOException> why) {
      try {
        beside.close();
      } finally {
        inbox.closed(why.map(e -> "the program " + e.getMessage()).orElseGet(this::silence));
      }
    }

    /** A program that only closed its output is of no use any more, but gets a moment to end. */
    private String silence() {
      try {
        return process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)
            ? ending(process)
            : "it closed its output";
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return "the connection was closed";
      }
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
    JsonNode id = message.id();
    if (id.isIntegralNumber() && message.left().get().compareTo(SOON) < 0 && reader != null) {
      reader.expect(id.longValue());
    }
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
  public synchronized void abandon(long id) {
    if (reader != null) {
      reader.forget(id);
    }
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
