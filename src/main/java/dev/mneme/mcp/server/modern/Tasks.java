package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.KeptWork;
import dev.mneme.mcp.server.methods.Params;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The extension by which work that lasts is asked for. Tasks are bound to their owner and to the
 * address of one agent that they began at or whose work they are, and live in memory; those of work
 * that is written down can be asked for without that. Thread-safe.
 */
final class Tasks {
  static final String EXTENSION = "io.modelcontextprotocol/tasks";

  private static final int MAX = 256;
  private static final int MAX_OF_AN_OWNER = 100;

  private final Supplier<String> ids;
  private final InstantSource time;
  private final KeptWork kept;
  private final Map<String, Task> tasks = new ConcurrentHashMap<>();
  private final List<Consumer<Task>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param ids that cannot be guessed
   */
  Tasks(Supplier<String> ids, InstantSource time, KeptWork kept) {
    this.kept = kept;
    this.ids = ids;
    this.time = time;
  }

  /**
   * A task for work that lasts; none when there are too many.
   *
   * @param id by which the work is known elsewhere
   */
  synchronized Optional<Task> make(Work work, Optional<String> id) {
    tasks.values().removeIf(Task::isOld);
    Owner owner = work.incoming().owner();
    long own = tasks.values().stream().filter(task -> task.owner().equals(owner)).count();
    if (tasks.size() >= MAX || own >= MAX_OF_AN_OWNER) {
      return Optional.empty();
    }
    // Two may look at the same work.
    String handle = id.filter(known -> !tasks.containsKey(known)).orElseGet(ids);
    Task task = new Task(handle, work, time, this::changed);
    tasks.put(task.id(), task);
    return Optional.of(task);
  }

  ObjectNode get(Incoming incoming) {
    return find(incoming)
        .map(Task::detailed)
        .orElseGet(() -> KeptTask.of(id(incoming), kept(incoming)));
  }

  ObjectNode update(Incoming incoming) {
    Task task =
        find(incoming)
            .orElseThrow(() -> {
              kept(incoming);
              return Params.invalid("Nothing is asked in this task any more.");
            });
    ObjectNode given = Params.object(incoming.message().params(), "inputResponses");
    Map<String, JsonNode> responses = new LinkedHashMap<>();
    given.properties().forEach(entry -> responses.put(entry.getKey(), entry.getValue()));
    task.update(responses);
    return Results.empty();
  }

  ObjectNode cancel(Incoming incoming) {
    Optional<Task> task = find(incoming);
    if (task.isPresent()) {
      task.get().cancel();
    } else {
      kept(incoming);
      kept.cancel(incoming.owner(), id(incoming));
    }
    return Results.empty();
  }

  /** Those of some ids that are tasks which the asker may know of. */
  Set<String> known(Incoming asking, JsonNode wanted) {
    Set<String> known = new LinkedHashSet<>();
    for (JsonNode id : wanted) {
      task(asking, id.asText()).map(Task::id).ifPresent(known::add);
    }
    return known;
  }

  AutoCloseable onChange(Consumer<Task> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void close() {
    tasks.values().forEach(Task::cancel);
    tasks.clear();
  }

  private static String id(Incoming incoming) {
    return Params.text(incoming.message().params(), "taskId");
  }

  private Optional<Task> find(Incoming incoming) {
    if (!incoming.envelope().extended(EXTENSION)) {
      throw new RpcException(RpcError.missingExtension(EXTENSION));
    }
    return task(incoming, id(incoming));
  }

  /** One that the asker may know of: begun where it asks, or work that is kept of its agent. */
  private Optional<Task> task(Incoming asking, String id) {
    return Optional.ofNullable(tasks.get(id))
        .filter(task -> task.owner().equals(asking.owner()))
        .filter(task ->
            task.isFor(asking) || kept.find(asking.owner(), asking.alone(), id).isPresent());
  }

  private KeptWork.Kept kept(Incoming incoming) {
    return kept.find(incoming.owner(), incoming.alone(), id(incoming))
        .orElseThrow(() -> Params.invalid("There is no such task, or it was too long ago."));
  }

  private void changed(Task task) {
    listeners.forEach(listener -> listener.accept(task));
  }
}
