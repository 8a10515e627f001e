package dev.mneme.sandbox;

import dev.mneme.sandbox.WorkerProtocol.ProtocolException;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker and the thread that reads what it says.
 *
 * <p>The reading thread is a platform thread: reads from a pipe would hold a virtual thread's
 * carrier. {@link #call} is for one caller at a time, {@link #kill} for anyone.
 */
final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration EXIT_WAIT = Duration.ofSeconds(2);
  private static final Duration MEASURE_AFTER = Duration.ofMillis(500);

  /** A pipe takes this much without waiting for the other side, on every system there is. */
  private static final int INLINE_WRITE = 16_384;

  private final String name;
  private final WorkerFactory factory;
  private final Trust trust;
  private final String image;
  private final PoolSettings settings;
  private final HostCalls hostCalls;
  private final Events events;
  private long callCount;
  private boolean measured;
  private volatile boolean killed;
  private volatile @Nullable WorkerConnection connection;
  private volatile @Nullable BoundedLines lines;
  private volatile @Nullable PendingCall current;

  /** What the pool hears of a worker; called on its reading thread. */
  interface Events {
    void ready(Worker worker, int left);

    /** Called once, when the worker has ended or could not be started. */
    void ended(Worker worker, String why);
  }

  Worker(
      String name,
      WorkerFactory factory,
      Trust trust,
      String image,
      PoolSettings settings,
      HostCalls hostCalls,
      Events events) {
    this.name = name;
    this.factory = factory;
    this.trust = trust;
    this.image = image;
    this.settings = settings;
    this.hostCalls = hostCalls;
    this.events = events;
  }

  String name() {
    return name;
  }

  void start() {
    Thread.ofPlatform().daemon().name(name).start(this::serve);
  }

  /**
   * What a call left behind.
   *
   * @param begun false when the worker had ended before it was given the call
   */
  record Called(ToolOutcome outcome, WorkerMessage.Next next, boolean begun) {
    /** A call no worker has seen, and that is not to be tried again. */
    static Called not(ToolOutcome outcome) {
      return new Called(outcome, WorkerMessage.Next.RETIRE, true);
    }
  }

  /** Runs a call to its end; the worker is dead afterwards when {@link #isDead} says so. */
  Called call(Work work) {
    PendingCall pending = new PendingCall(name + '-' + ++callCount, work);
    current = pending;
    WorkerConnection to = connection;
    BoundedLines from = lines;
    if (killed || to == null || from == null) {
      return new Called(
          Outcomes.notStarted(
              ToolOutcome.Reason.UNAVAILABLE, "The worker ended before the call began."),
          WorkerMessage.Next.RETIRE,
          false);
    }
    from.limit(WorkerProtocol.lineLimit(work.limits()));
    CallWatch watch = new CallWatch(pending, to, settings);
    send(to, WorkerProtocol.call(pending.id(), work));
    ToolOutcome outcome = watch.await();
    current = null;
    pending.over();
    if (watch.workerMustDie()) {
      kill();
    }
    return new Called(outcome, watch.next(), true);
  }

  boolean isDead() {
    return killed;
  }

  void kill() {
    killed = true;
    WorkerConnection to = connection;
    if (to != null) {
      to.kill();
    }
  }

  Optional<WorkerConnection.Usage> usage() {
    WorkerConnection to = connection;
    return to == null || killed ? Optional.empty() : to.usage();
  }

  private void serve() {
    String why = "it was stopped";
    try {
      WorkerConnection opened = factory.start(trust, image);
      BoundedLines reader = new BoundedLines(opened.fromWorker(), WorkerProtocol.IDLE_LINE);
      lines = reader;
      connection = opened;
      if (killed) {
        opened.kill();
      }
      why = readAll(opened, reader);
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      log.error("The reader of worker {} failed.", name, e);
      why = "of a defect; see the log";
    }
    boolean expected = killed;
    kill();
    if (!expected) {
      log.warn("Worker {} ended: {}", name, why);
    }
    PendingCall pending = current;
    if (pending != null) {
      pending
          .end()
          .complete(
              new PendingCall.End.Died(
                  WorkerFactory.Exit.CRASHED,
                  "The worker process ended unexpectedly: " + why + "."));
    }
    events.ended(this, why);
  }

  /** Reads until the worker's end; why it ended. */
  private String readAll(WorkerConnection opened, BoundedLines reader) {
    try {
      for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
        handle(opened, reader, WorkerProtocol.read(line.get()));
      }
    } catch (ProtocolException e) {
      opened.kill();
      return String.valueOf(e.getMessage());
    } catch (IOException e) {
      opened.kill();
      return "its output could not be read";
    }
    return ended(opened);
  }

  private String ended(WorkerConnection opened) {
    OptionalInt code = opened.exitCode(EXIT_WAIT);
    if (code.isEmpty()) {
      return opened.ending();
    }
    PendingCall pending = current;
    if (pending != null && factory.meaning(code.getAsInt()) == WorkerFactory.Exit.OUT_OF_MEMORY) {
      pending
          .end()
          .complete(new PendingCall.End.Died(WorkerFactory.Exit.OUT_OF_MEMORY, "out of memory"));
      return "a call ran out of memory";
    }
    String diagnostics = opened.diagnostics();
    if (!killed && !diagnostics.isBlank()) {
      log.warn("Worker {} said: {}", name, diagnostics.strip());
    }
    return "exit status " + code.getAsInt();
  }

  private void handle(WorkerConnection opened, BoundedLines reader, WorkerMessage message)
      throws ProtocolException {
    switch (message) {
      case WorkerMessage.Hello hello -> {
        if (hello.protocol() != WorkerProtocol.VERSION) {
          throw new ProtocolException("it speaks another version of the protocol");
        }
      }
      case WorkerMessage.Ready ready -> {
        events.ready(this, ready.left());
        if (!measured) {
          measured = true;
          Thread.ofVirtual().name(name + "-measure").start(() -> measure(opened));
        }
      }
      case WorkerMessage.Result result -> {
        PendingCall call = admitted(result.id());
        reader.limit(WorkerProtocol.IDLE_LINE);
        call.end().complete(new PendingCall.End.Finished(result));
      }
      case WorkerMessage.Output output ->
          admitted(output.id()).append(output.stdout(), output.stderr());
      case WorkerMessage.File file -> admitted(file.id()).add(file.artifact());
      case WorkerMessage.Log line ->
          admitted(line.id()).work().listener().log(line.level(), line.message());
      case WorkerMessage.Progress done ->
          admitted(done.id())
              .work()
              .listener()
              .progress(done.progress(), done.total(), done.message());
      case WorkerMessage.Bridge request -> {
        PendingCall call = admitted(request.id());
        BridgeAnswer answer = new BridgeAnswer(hostCalls, call, request);
        call.serve(answer::line, line -> send(opened, line));
      }
    }
  }

  /** A little later: a caller may have waited for this start, and the measure takes processors. */
  private void measure(WorkerConnection opened) {
    try {
      Thread.sleep(MEASURE_AFTER);
      if (!killed) {
        opened.usage();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PendingCall admitted(String id) throws ProtocolException {
    PendingCall call = current;
    if (call == null || call.end().isDone()) {
      throw new ProtocolException("it spoke of a call that is not under way");
    }
    call.admit(id);
    return call;
  }

  /** Never blocks the caller: a worker that does not read is killed by its call's wall limit. */
  private void send(WorkerConnection to, byte[] line) {
    if (line.length <= INLINE_WRITE) {
      write(to, line);
    } else {
      Thread.ofPlatform().daemon().name(name + "-write").start(() -> write(to, line));
    }
  }

  private static void write(WorkerConnection to, byte[] line) {
    try {
      synchronized (to) {
        to.toWorker().write(line);
        to.toWorker().flush();
      }
    } catch (IOException e) {
      // The reading thread sees the end of the worker as well and says why.
      to.kill();
    }
  }
}
