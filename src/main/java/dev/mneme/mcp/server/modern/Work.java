package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.ClientRequest;
import dev.mneme.mcp.server.methods.Failures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request set going. It runs on a thread of its own and outlives the request when it needs
 * something of the client: the next round brings that, and goes on where it waits. So nothing is
 * done twice. Thread-safe.
 */
final class Work {
  private static final Logger log = LoggerFactory.getLogger(Work.class);

  /** How a round ends. */
  sealed interface Outcome {
    record Done(ObjectNode result) implements Outcome {}

    record Failed(RpcError error) implements Outcome {}

    /**
     * @param question which of the work's questions, to be said with the answer
     */
    record Needs(int question, Map<String, ClientRequest> requests) implements Outcome {}

    /** The client hears of the rest by the task. */
    record Lasts(Task task) implements Outcome {}
  }

  private record Answer(int question, Map<String, JsonNode> responses) {}

  private final Duration patience;
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final ReentrantLock asking = new ReentrantLock();
  private final Map<String, JsonNode> early = new LinkedHashMap<>();
  private volatile Incoming incoming;
  private volatile @Nullable Thread thread;
  private volatile Runnable givingUp = () -> {};
  private final BiFunction<Work, Optional<String>, Optional<Task>> lasting;
  private volatile Consumer<Outcome> hearer = outcomes::add;
  private volatile @Nullable Task task;
  private int questions;

  /**
   * @param early answers the client sent before it was asked
   * @param patience how long the client may take for a round
   * @param lasting makes a task of work that lasts, where there is room for one
   */
  Work(
      Incoming incoming,
      Map<String, JsonNode> early,
      Duration patience,
      BiFunction<Work, Optional<String>, Optional<Task>> lasting) {
    this.incoming = incoming;
    this.lasting = lasting;
    this.patience = patience;
    this.early.putAll(early);
  }

  /** The request of the present round. */
  Incoming incoming() {
    return incoming;
  }

  void start(Function<CallContext, ObjectNode> method) {
    WorkContext context = new WorkContext(this);
    thread =
        Thread.ofVirtual()
            .name("mcp-work")
            .start(() -> {
              Outcome outcome = run(method, context);
              hearer.accept(outcome);
            });
  }

  /**
   * For the thread of the work: whether the client hears of the rest by a task.
   *
   * @param id by which the work is known elsewhere
   */
  boolean last(Optional<String> id) {
    if (task == null && incoming.envelope().extended(Tasks.EXTENSION)) {
      lasting
          .apply(this, id)
          .ifPresent(made -> {
            task = made;
            hearer = made::hear;
            outcomes.add(new Outcome.Lasts(made));
          });
    }
    return task != null;
  }

  Optional<Task> task() {
    return Optional.ofNullable(task);
  }

  /** Goes on in another request. */
  void resume(Incoming next, int question, Map<String, JsonNode> responses) {
    incoming = next;
    answer(question, responses);
  }

  void answer(int question, Map<String, JsonNode> responses) {
    answers.add(new Answer(question, responses));
  }

  /** Waits until the work is done or needs something of the client. */
  Outcome await() {
    try {
      return outcomes.take();
    } catch (InterruptedException _) {
      cancel();
      Thread.currentThread().interrupt();
      return new Outcome.Failed(RpcError.of(RpcError.LIMIT, "The server ends."));
    }
  }

  /** What to do when the client answered too late or not at all. */
  void onGivingUp(Runnable action) {
    givingUp = action;
  }

  void cancel() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /**
   * Asks in as many rounds as the client needs to answer all; for the thread of the work and those
   * that ask for it, one at a time. What was given up before it was answered is nobody's answer.
   */
  Map<String, JsonNode> request(Map<String, ClientRequest> wanted) {
    wanted.values().forEach(this::requireCapability);
    try {
      asking.lockInterruptibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw silent();
    }
    try {
      return asked(wanted);
    } finally {
      asking.unlock();
    }
  }

  private Map<String, JsonNode> asked(Map<String, ClientRequest> wanted) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    take(wanted, early, given);
    early.clear();
    while (given.size() < wanted.size()) {
      Map<String, ClientRequest> missing = new LinkedHashMap<>(wanted);
      missing.keySet().removeAll(given.keySet());
      int question = ++questions;
      hearer.accept(new Outcome.Needs(question, missing));
      take(missing, answers(question), given);
    }
    return given;
  }

  private void requireCapability(ClientRequest request) {
    String capability = request.capability();
    if (!incoming.envelope().capabilities().has(capability)) {
      throw new RpcException(RpcError.missingCapability(capability));
    }
  }

  /** Results are objects; anything else, and what nobody asked for, is as if it had not come. */
  private static void take(
      Map<String, ClientRequest> wanted, Map<String, JsonNode> from, Map<String, JsonNode> into) {
    from.forEach((name, result) -> {
      if (wanted.containsKey(name) && result.isObject()) {
        into.put(name, result);
      }
    });
  }

  private Map<String, JsonNode> answers(int question) {
    long until = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        Answer next = answers.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        if (next.question() == question) {
          return next.responses();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      if (!Thread.currentThread().equals(thread)) {
        // The question alone is over: who answers it late hears what became of the work.
        throw silent();
      }
    }
    givingUp.run();
    throw silent();
  }

  private static MnemeException silent() {
    return MnemeException.unavailable("client_silent", "The client did not answer.");
  }

  private static Outcome run(Function<CallContext, ObjectNode> method, CallContext context) {
    try {
      return new Outcome.Done(method.apply(context));
    } catch (RpcException e) {
      return new Outcome.Failed(e.error());
    } catch (MnemeException e) {
      return new Outcome.Failed(Failures.of(e));
    } catch (RuntimeException e) {
      log.error("a request failed", e);
      return new Outcome.Failed(Failures.defect());
    }
  }
}
