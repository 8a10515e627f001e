package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.methods.Params;
import dev.mneme.mcp.server.modern.RequestStates.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests that may take several rounds, and the work that waits between two. Thread-safe. */
final class Rounds {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int MAX_WAITING = 100;

  /**
   * @param question the work's, which the next round answers
   * @param until when nobody waits for that any more
   */
  private record Waiting(Work work, int round, int question, long until) {
    boolean isOld() {
      return System.nanoTime() - until >= 0;
    }
  }

  private final RequestStates states;
  private final Supplier<String> ids;
  private final Results results;
  private final Tasks tasks;
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  Rounds(RequestStates states, Supplier<String> ids, Results results, Tasks tasks) {
    this.states = states;
    this.ids = ids;
    this.results = results;
    this.tasks = tasks;
  }

  ObjectNode serve(Incoming incoming, Function<CallContext, ObjectNode> method) {
    ObjectNode params = incoming.message().params();
    Map<String, JsonNode> responses = responses(params);
    if (!params.has("requestState")) {
      Work work = new Work(incoming, responses, PATIENCE, tasks::make);
      work.start(method);
      return end(incoming, new State(ids.get(), 0), work);
    }
    State state = states.open(Params.text(params, "requestState"), binding(incoming));
    // Taken out by the first who comes, so each round is answered once.
    Waiting found = waiting.remove(state.work());
    if (found == null || found.round() != state.round()) {
      throw Params.invalid(
          "What this requestState stands for was answered, or waited for too long. Make the request"
              + " anew, without it.");
    }
    found.work().resume(incoming, found.question(), responses);
    return end(incoming, state, found.work());
  }

  /** Whoever was asked is gone: nobody will answer. */
  void leave(String conversation) {
    waiting.values().stream()
        .map(Waiting::work)
        .filter(work -> work.incoming().conversation().equals(conversation))
        .forEach(Work::cancel);
  }

  void close() {
    waiting.values().forEach(each -> each.work().cancel());
    waiting.clear();
  }

  private ObjectNode end(Incoming incoming, State before, Work work) {
    incoming.outlet().onCancel(work::cancel);
    return switch (work.await()) {
      case Work.Outcome.Done done -> done.result();
      case Work.Outcome.Failed failed -> throw new RpcException(failed.error());
      case Work.Outcome.Lasts lasts -> {
        incoming.outlet().onCancel(() -> {});
        yield results.signed(lasts.task().created());
      }
      case Work.Outcome.Needs needs -> ask(incoming, before, work, needs);
    };
  }

  private ObjectNode ask(Incoming incoming, State before, Work work, Work.Outcome.Needs needs) {
    waiting.values().removeIf(Waiting::isOld);
    if (waiting.size() >= MAX_WAITING) {
      work.cancel();
      throw new RpcException(
          RpcError.of(RpcError.LIMIT, "Too many requests wait for answers of clients."));
    }
    State state = new State(before.work(), before.round() + 1);
    long until = System.nanoTime() + PATIENCE.toNanos();
    Waiting asked = new Waiting(work, state.round(), needs.question(), until);
    waiting.put(state.work(), asked);
    work.onGivingUp(() -> waiting.remove(state.work(), asked));
    ObjectNode result = Results.empty().put("resultType", "input_required");
    ObjectNode wanted = result.putObject("inputRequests");
    needs
        .requests()
        .forEach((name, request) ->
            wanted.putObject(name).put("method", request.method()).set("params", request.params()));
    result.put("requestState", states.seal(state, binding(incoming)));
    return results.signed(result);
  }

  /**
   * The caller, the agent it is connected to alone, the method and its params: what another round
   * must not change.
   */
  private static String binding(Incoming incoming) {
    ObjectNode params = incoming.message().params().deepCopy();
    params.remove("_meta");
    params.remove("inputResponses");
    params.remove("requestState");
    return String.join(
        " ",
        incoming.owner().id(),
        incoming.alone().orElse(""),
        incoming.message().method(),
        Json.write(params));
  }

  private static Map<String, JsonNode> responses(ObjectNode params) {
    Map<String, JsonNode> responses = new LinkedHashMap<>();
    if (params.has("inputResponses")) {
      if (!(params.get("inputResponses") instanceof ObjectNode given)) {
        throw Params.invalid("'inputResponses' in the params is an object.");
      }
      given.properties().forEach(entry -> responses.put(entry.getKey(), entry.getValue()));
    }
    return responses;
  }
}
