package dev.mneme.mcp.server.legacy;

import dev.mneme.mcp.server.Call;
import dev.mneme.mcp.server.Era;
import dev.mneme.mcp.server.Message;
import dev.mneme.mcp.server.Session;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A conversation on a line, held by an SDK session. The thread that serves a call runs its handler.
 */
final class LineConversation implements Era.Conversation {
  private static final String INITIALIZED = "notifications/initialized";

  private final LegacyEra era;
  private final McpServerSession sdk;
  private final AtomicBoolean ready = new AtomicBoolean();
  private volatile @Nullable Session session;
  private volatile Optional<String> agent = Optional.empty();

  LineConversation(LegacyEra era, Era.Line line) {
    this.era = era;
    this.sdk =
        new McpServerSession(
            UUID.randomUUID().toString(),
            Requesting.PATIENCE,
            new LineTransport(line),
            this::start,
            era.handlers(),
            era.notifications());
  }

  @Override
  public void only(String id) {
    agent = Optional.of(id);
  }

  @Override
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  @Override
  public void initialize(Message.Request request) {
    handle(sdkRequest(request, request.params()), McpTransportContext.EMPTY);
  }

  @Override
  public void serve(Call call) {
    // The SDK holds calls back until it has seen this note, and some clients never send it.
    ready();
    handle(sdkRequest(call.request(), null), LegacyEra.context(call));
  }

  @Override
  public void accept(Message.Notification notification) {
    if (notification.method().equals(INITIALIZED)) {
      ready();
    }
  }

  @Override
  public void answer(Message.Response response) {
    handle(
        LegacyEra.MAPPER.convertValue(response.whole(), JSONRPCResponse.class),
        McpTransportContext.EMPTY);
  }

  @Override
  public void close() {
    sdk.close();
  }

  private Mono<InitializeResult> start(InitializeRequest request) {
    SdkPeer peer = new SdkPeer(true);
    peer.reach(sdk);
    session = era.open(request, agent, peer);
    return Mono.just(era.introduce(request));
  }

  private void ready() {
    if (ready.compareAndSet(false, true)) {
      handle(new JSONRPCNotification(INITIALIZED), McpTransportContext.EMPTY);
    }
  }

  private void handle(JSONRPCMessage message, McpTransportContext context) {
    sdk.handle(message)
        .contextWrite(values -> values.put(McpTransportContext.KEY, context))
        .block();
  }

  private static JSONRPCRequest sdkRequest(Message.Request request, @Nullable Object params) {
    Object id = request.id().isTextual() ? request.id().asText() : (Object) request.id().asLong();
    return new JSONRPCRequest(request.method(), id, params);
  }
}
