package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
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
 * The extension by which work that lasts is asked for. Tasks are bound to their owner and live in
 * memory. Thread-safe.
 */
final class Tasks {
  static final String EXTENSION = "io.modelcontextprotocol/tasks";

  private static final int MAX = 256;
  private static final int MAX_OF_AN_OWNER = 100;

  private final Supplier<String> ids;
  private final InstantSource time;
  private final Map<String, Task> tasks = new ConcurrentHashMap<>();
  private final List<Consumer<Task>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param ids that cannot be guessed
   */
  Tasks(Supplier<String> ids, InstantSource time) {
    this.ids = ids;
    this.time = time;
  }

  /** A task for work that lasts; none when there are too many. */
  synchronized Optional<Task> make(Work work) {
    tasks.values().removeIf(Task::isOld);
    Owner owner = work.incoming().owner();
    long own = tasks.values().stream().filter(task -> task.owner().equals(owner)).count();
    if (tasks.size() >= MAX || own >= MAX_OF_AN_OWNER) {
      return Optional.empty();
    }
    Task task = new Task(ids.get(), owner, work, time, this::changed);
    tasks.put(task.id(), task);
    return Optional.of(task);
  }

  ObjectNode get(Incoming incoming) {
    return find(incoming).detailed();
  }

  ObjectNode update(Incoming incoming) {
    Task task = find(incoming);
    ObjectNode given = Params.object(incoming.message().params(), "inputResponses");
    Map<String, JsonNode> responses = new LinkedHashMap<>();
    given.properties().forEach(entry -> responses.put(entry.getKey(), entry.getValue()));
    task.update(responses);
    return Results.empty();
  }

  ObjectNode cancel(Incoming incoming) {
    find(incoming).cancel();
    return Results.empty();
  }

  /** Those of some ids that are tasks of the owner. */
  Set<String> known(Owner owner, JsonNode wanted) {
    Set<String> known = new LinkedHashSet<>();
    for (JsonNode id : wanted) {
      Task task = tasks.get(id.asText());
      if (task != null && task.owner().equals(owner)) {
        known.add(task.id());
      }
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

  private Task find(Incoming incoming) {
    if (!incoming.envelope().extended(EXTENSION)) {
      throw new RpcException(RpcError.missingExtension(EXTENSION));
    }
    Task task = tasks.get(Params.text(incoming.message().params(), "taskId"));
    if (task == null || !task.owner().equals(incoming.owner())) {
      throw Params.invalid("There is no such task, or it was too long ago.");
    }
    return task;
  }

  private void changed(Task task) {
    listeners.forEach(listener -> listener.accept(task));
  }
}
