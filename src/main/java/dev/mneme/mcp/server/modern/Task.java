package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.common.Texts;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.catalog.ClientRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Work that its client hears of by asking, after the request was answered with this handle.
 * Thread-safe. Who listens is told outside the lock.
 */
final class Task {
  /** How long a task can be asked for, at least. */
  static final Duration KEPT = Duration.ofHours(1);

  static final Duration POLL = Duration.ofSeconds(1);
  private static final int MAX_WORD = 500;

  private enum Status {
    WORKING,
    INPUT_REQUIRED,
    COMPLETED,
    FAILED,
    CANCELLED;

    boolean isOver() {
      return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
  }

  private final String id;
  private final Owner owner;
  private final Optional<String> alone;
  private final Work work;
  private final InstantSource time;
  private final Consumer<Task> changed;
  private final Instant created;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ClientRequest> open = new LinkedHashMap<>();
  private final Map<String, JsonNode> given = new LinkedHashMap<>();
  private Instant updated;
  private Status status = Status.WORKING;
  private String word = "";
  private int asked;
  private int question;
  private Optional<ObjectNode> result = Optional.empty();
  private Optional<RpcError> error = Optional.empty();

  Task(String id, Work work, InstantSource time, Consumer<Task> changed) {
    this.id = id;
    this.owner = work.incoming().owner();
    this.alone = work.incoming().alone();
    this.work = work;
    this.time = time;
    this.changed = changed;
    this.created = now();
    this.updated = created;
  }

  String id() {
    return id;
  }

  Owner owner() {
    return owner;
  }

  /** Whether who asks may know of it: at the address of one agent, of what began there only. */
  boolean isFor(Incoming asking) {
    return asking.owner().equals(owner)
        && (asking.alone().isEmpty() || asking.alone().equals(alone));
  }

  boolean isOver() {
    lock.lock();
    try {
      return status.isOver();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it may be forgotten. */
  boolean isOld() {
    return isOver() && now().isAfter(created.plus(KEPT));
  }

  /** What the work came to; nothing more once the task is over. */
  void hear(Work.Outcome outcome) {
    change(() -> {
      switch (outcome) {
        case Work.Outcome.Done done -> {
          result = Optional.of(done.result());
          status = Status.COMPLETED;
        }
        case Work.Outcome.Failed failed -> {
          error = Optional.of(failed.error());
          status = Status.FAILED;
        }
        case Work.Outcome.Needs needs -> {
          // A client remembers which keys it has answered, so none comes twice.
          asked++;
          // Whatever was asked before and is still open, nobody waits for any more.
          open.clear();
          given.clear();
          question = needs.question();
          needs.requests().forEach((name, request) -> open.put(name + "-" + asked, request));
          status = Status.INPUT_REQUIRED;
        }
        case Work.Outcome.Lasts _ ->
            throw new IllegalStateException("work becomes a task only once");
      }
    });
  }

  /** How far it is, in words. */
  void say(String message) {
    change(() -> word = Texts.head(message, MAX_WORD));
  }

  /** Answers of the client; what was not asked is as if it had not come. */
  void update(Map<String, JsonNode> responses) {
    change(() -> {
      responses.forEach((key, response) -> {
        if (response.isObject() && open.remove(key) != null) {
          given.put(key.substring(0, key.lastIndexOf('-')), response);
        }
      });
      if (status == Status.INPUT_REQUIRED && open.isEmpty()) {
        status = Status.WORKING;
        work.answer(question, Map.copyOf(given));
        given.clear();
      }
    });
  }

  /** Ends it, unless it is over. */
  void cancel() {
    change(() -> {
      status = Status.CANCELLED;
      open.clear();
    });
    work.cancel();
  }

  /** The answer to the request that became this task. */
  ObjectNode created() {
    lock.lock();
    try {
      return base().put("resultType", "task");
    } finally {
      lock.unlock();
    }
  }

  /** All there is to say of it. */
  ObjectNode detailed() {
    lock.lock();
    try {
      ObjectNode all = base();
      if (!open.isEmpty()) {
        ObjectNode requests = all.putObject("inputRequests");
        open.forEach((key, request) ->
            requests
                .putObject(key)
                .put("method", request.method())
                .set("params", request.params()));
      }
      result.ifPresent(done -> all.set("result", done));
      error.ifPresent(failed -> all.set("error", failed.message(Optional.empty()).get("error")));
      return all;
    } finally {
      lock.unlock();
    }
  }

  private ObjectNode base() {
    ObjectNode base = Results.empty().put("taskId", id);
    base.put("status", status.name().toLowerCase(Locale.ROOT));
    if (!word.isEmpty()) {
      base.put("statusMessage", word);
    }
    return base.put("createdAt", created.toString())
        .put("lastUpdatedAt", updated.toString())
        .put("ttlMs", KEPT.toMillis())
        .put("pollIntervalMs", POLL.toMillis());
  }

  private void change(Runnable action) {
    lock.lock();
    try {
      if (status.isOver()) {
        return;
      }
      action.run();
      updated = now();
    } finally {
      lock.unlock();
    }
    changed.accept(this);
  }

  private Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
