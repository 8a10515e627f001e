package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Era;
import dev.mneme.mcp.server.Message;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.StatelessEra;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of one client on a line. */
final class LineStream implements StatelessEra.Stream {
  private static final int MAX_CALLS = 64;

  private final ModernEra era;
  private final Era.Line line;
  private final String conversation;
  private final Map<JsonNode, Outlet> underWay = new ConcurrentHashMap<>();
  private volatile Optional<String> agent = Optional.empty();

  LineStream(ModernEra era, Era.Line line, String conversation) {
    this.era = era;
    this.line = line;
    this.conversation = conversation;
  }

  @Override
  public void only(String id) {
    agent = Optional.of(id);
  }

  @Override
  public void serve(Message.Request request) {
    LineOutlet outlet = new LineOutlet(line);
    if (underWay.size() >= MAX_CALLS) {
      send(
          RpcError.of(RpcError.LIMIT, "There are " + MAX_CALLS + " calls under way; wait for one.")
              .message(Optional.of(request.id())));
      return;
    }
    if (underWay.putIfAbsent(request.id(), outlet) != null) {
      send(
          RpcError.of(RpcError.INVALID_REQUEST, "A request with this id is under way.")
              .message(Optional.of(request.id())));
      return;
    }
    ObjectNode answer;
    try {
      Envelope envelope = Envelope.of(request);
      era.requireVersion(envelope);
      answer =
          Results.answer(
              request.id(),
              era.answer(
                  new Incoming(
                      request, envelope, Owner.DEFAULT, agent, agent, conversation, outlet)));
    } catch (RpcException e) {
      answer = e.error().message(Optional.of(request.id()));
    } finally {
      underWay.remove(request.id(), outlet);
    }
    if (!outlet.isCancelled()) {
      send(answer);
    }
  }

  @Override
  public void cancel(JsonNode requestId) {
    Outlet outlet = underWay.get(requestId);
    if (outlet != null) {
      outlet.cancel();
    }
  }

  @Override
  public void close() {
    underWay.values().forEach(Outlet::cancel);
    era.leave(conversation);
  }

  private void send(ObjectNode message) {
    line.send(Json.write(message).getBytes(StandardCharsets.UTF_8));
  }
}
