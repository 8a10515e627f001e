package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.ClientInfo;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One client's session: who it is, what it has under way and what it wants to hear of. Thread-safe.
 */
public final class Session {
  private static final int MAX_SUBSCRIPTIONS = 1_000;

  private final String id;
  private final Owner owner;
  private final ClientInfo client;
  private final Optional<String> alone;
  private final int maxCalls;
  private final LongSupplier clock;
  private final Peer peer;
  private final Outbox outbox;
  private final Map<JsonNode, Call> calls = new ConcurrentHashMap<>();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile long lastUsed;

  Session(
      String id,
      Owner owner,
      ClientInfo client,
      Optional<String> alone,
      Peer peer,
      int maxCalls,
      LongSupplier clock) {
    this.id = id;
    this.owner = owner;
    this.client = client;
    this.alone = alone;
    this.maxCalls = maxCalls;
    this.clock = clock;
    this.peer = peer;
    this.outbox = new Outbox(peer);
    this.lastUsed = clock.getAsLong();
  }

  public String id() {
    return id;
  }

  public Owner owner() {
    return owner;
  }

  public ClientInfo client() {
    return client;
  }

  /** The agent, by id, whose tools and memory are all that the session sees. */
  public Optional<String> alone() {
    return alone;
  }

  /** The client's end, for the adapter that made it. */
  public Peer peer() {
    return peer;
  }

  /**
   * Registers a request, so that it can be cancelled.
   *
   * @throws RpcException when its id is in use or too much is under way
   */
  Call open(Message.Request request) {
    touch();
    Call call = new Call(this, request);
    if (calls.size() >= maxCalls) {
      throw new RpcException(
          RpcError.of(
              RpcError.LIMIT,
              "This session has "
                  + maxCalls
                  + " calls under way, which is the most; wait for one to end."),
          Optional.of(request.id()));
    }
    if (calls.putIfAbsent(request.id(), call) != null) {
      throw new RpcException(
          RpcError.of(
              RpcError.INVALID_REQUEST, "A request with this id is under way; use a new id."),
          Optional.of(request.id()));
    }
    return call;
  }

  void done(Call call) {
    calls.remove(call.request().id(), call);
  }

  /** Cancels a request; one that is not under way (any more) is no error. */
  void cancel(JsonNode requestId) {
    Call call = calls.get(requestId);
    if (call != null) {
      call.cancel();
    }
  }

  void cancelAll() {
    calls.values().forEach(Call::cancel);
  }

  /** Something is asked of the client: until {@link #asked}, its answers are for the adapter. */
  public void asks() {
    questions.incrementAndGet();
  }

  public void asked() {
    questions.decrementAndGet();
  }

  boolean isAsking() {
    return questions.get() > 0;
  }

  boolean isBusy() {
    return !calls.isEmpty();
  }

  void touch() {
    lastUsed = clock.getAsLong();
  }

  long lastUsed() {
    return lastUsed;
  }

  /**
   * @throws RpcException when there are too many subscriptions
   */
  public void subscribe(String uri) {
    if (subscriptions.size() >= MAX_SUBSCRIPTIONS) {
      throw new RpcException(
          RpcError.of(
              RpcError.LIMIT,
              "A session has at most " + MAX_SUBSCRIPTIONS + " subscriptions; end some."));
    }
    subscriptions.add(uri);
  }

  public void unsubscribe(String uri) {
    subscriptions.remove(uri);
  }

  public boolean isSubscribed(String uri) {
    return subscriptions.contains(uri);
  }

  /**
   * Sends a notification soon, on a thread of its own. The same one again, while the first waits
   * for a slow client, is sent once.
   */
  public void notify(String method, Map<String, Object> params) {
    outbox.add(method, params);
  }
}
