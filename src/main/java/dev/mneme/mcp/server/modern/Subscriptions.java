package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Outbox;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.ResourceChange;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.mcp.server.catalog.ResourceSource;
import dev.mneme.mcp.server.methods.Params;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code subscriptions/listen}: requests that last, and are told what changes. Hears of changes
 * from the first of them on. Thread-safe.
 */
final class Subscriptions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
  private static final String ID = "io.modelcontextprotocol/subscriptionId";
  private static final int MAX = 256;
  private static final int MAX_RESOURCES = 1_000;

  /**
   * @param resources by the one spelling that changes are told of, as the client wrote it
   * @param tasks ids of its own tasks
   */
  private record Open(
      Owner owner,
      JsonNode id,
      boolean tools,
      boolean resourceList,
      Map<String, String> resources,
      Set<String> tasks,
      Outbox outbox,
      CountDownLatch ended) {
    void tell(String method, Map<String, Object> more) {
      Map<String, Object> params = new LinkedHashMap<>(more);
      params.put("_meta", Map.of(ID, id));
      outbox.add(method, params);
    }
  }

  private final Catalog catalog;
  private final Tasks tasks;
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private final List<AutoCloseable> listening = new ArrayList<>();

  Subscriptions(Catalog catalog, Tasks tasks) {
    this.catalog = catalog;
    this.tasks = tasks;
  }

  /** Lasts until the client cancels or the server ends; the result says the latter. */
  ObjectNode listen(Incoming incoming) {
    if (open.size() >= MAX) {
      throw new RpcException(
          RpcError.of(RpcError.LIMIT, "There are " + MAX + " subscriptions, which is the most."));
    }
    // Nothing that changes once the client knows of its subscription may be missed, and nothing may
    // come before that: so the outbox is filled before it is let go.
    CountDownLatch ready = new CountDownLatch(1);
    Open subscription = subscription(incoming, ready);
    incoming.outlet().onCancel(subscription.ended()::countDown);
    subscription.tell("notifications/subscriptions/acknowledged", acknowledged(subscription));
    listenToTheCatalog();
    open.add(subscription);
    ready.countDown();
    try {
      subscription.ended().await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(subscription);
    }
    ObjectNode result = Results.empty();
    result.putObject("_meta").set(ID, subscription.id());
    return result;
  }

  @Override
  public synchronized void close() {
    open.forEach(each -> each.ended().countDown());
    for (AutoCloseable each : listening) {
      try {
        each.close();
      } catch (Exception e) {
        log.warn("a listener could not be ended", e);
      }
    }
    listening.clear();
  }

  private synchronized void listenToTheCatalog() {
    if (listening.isEmpty()) {
      listening.add(
          catalog.onToolsChange(() ->
              open.stream()
                  .filter(Open::tools)
                  .forEach(each -> each.tell("notifications/tools/list_changed", Map.of()))));
      listening.add(catalog.resources().onChange(new Resources()));
      listening.add(tasks.onChange(this::taskChanged));
    }
  }

  private Open subscription(Incoming incoming, CountDownLatch ready) {
    ObjectNode filter = Params.object(incoming.message().params(), "notifications");
    return new Open(
        incoming.owner(),
        incoming.message().id(),
        filter.path("toolsListChanged").asBoolean(),
        filter.path("resourcesListChanged").asBoolean(),
        resources(incoming, filter.path("resourceSubscriptions")),
        incoming.envelope().extended(Tasks.EXTENSION)
            ? tasks.known(incoming, filter.path("taskIds"))
            : Set.of(),
        new Outbox((method, params) -> send(incoming.outlet(), ready, method, params)),
        new CountDownLatch(1));
  }

  private static void send(
      Outlet outlet, CountDownLatch ready, String method, Map<String, Object> params) {
    try {
      ready.await();
      outlet.note(Results.note(method, Json.mapper().valueToTree(params)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, String> resources(Incoming incoming, JsonNode wanted) {
    if (wanted.size() > MAX_RESOURCES) {
      throw Params.invalid("A subscription names at most " + MAX_RESOURCES + " resources.");
    }
    Owner owner = incoming.owner();
    ResourceSource offered =
        incoming.alone().map(agent -> catalog.ofAgent(owner, agent)).orElse(catalog).resources();
    Map<String, String> found = new LinkedHashMap<>();
    for (JsonNode uri : wanted) {
      try {
        found.put(offered.read(owner, uri.asText()).uri(), uri.asText());
      } catch (MnemeException _) {
        // The acknowledgement leaves it out, which is how the client learns.
      }
    }
    return found;
  }

  /** What was agreed to; the rest of what the client asked for is left out. */
  private static Map<String, Object> acknowledged(Open subscription) {
    Map<String, Object> agreed = new LinkedHashMap<>();
    if (subscription.tools()) {
      agreed.put("toolsListChanged", true);
    }
    if (subscription.resourceList()) {
      agreed.put("resourcesListChanged", true);
    }
    if (!subscription.resources().isEmpty()) {
      agreed.put("resourceSubscriptions", List.copyOf(subscription.resources().values()));
    }
    if (!subscription.tasks().isEmpty()) {
      agreed.put("taskIds", List.copyOf(subscription.tasks()));
    }
    return Map.of("notifications", agreed);
  }

  private void taskChanged(Task task) {
    List<Open> told = open.stream().filter(each -> each.tasks().contains(task.id())).toList();
    if (!told.isEmpty()) {
      Map<String, Object> detailed = new LinkedHashMap<>();
      task.detailed().properties().forEach(entry -> detailed.put(entry.getKey(), entry.getValue()));
      told.forEach(each -> each.tell("notifications/tasks", detailed));
    }
  }

  private final class Resources implements ResourceListener {
    @Override
    public boolean isInterested(Owner owner) {
      return open.stream().anyMatch(each -> each.owner().equals(owner));
    }

    @Override
    public void changed(ResourceChange change) {
      open.stream()
          .filter(each -> each.owner().equals(change.owner()))
          .forEach(each -> {
            each.resources()
                .forEach((uri, asWritten) -> {
                  if (change.updated().contains(uri)) {
                    each.tell("notifications/resources/updated", Map.of("uri", asWritten));
                  }
                });
            if (change.listChanged() && each.resourceList()) {
              each.tell("notifications/resources/list_changed", Map.of());
            }
          });
    }
  }
}
