package dev.mneme.mcp.server.legacy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Call;
import dev.mneme.mcp.server.Era;
import dev.mneme.mcp.server.Front;
import dev.mneme.mcp.server.Peer;
import dev.mneme.mcp.server.Session;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.ClientInfo;
import dev.mneme.mcp.server.catalog.ServerCard;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpStreamableServerSession.McpStreamableServerSessionInit;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Serves the older era through the SDK. Its transports and sessions are used with request handlers
 * of our own instead of its {@code McpServer}, because the catalog is the one register of tools and
 * resources, and so that no validator is built for a call. Thread-safe.
 */
public final class LegacyEra implements Era, AutoCloseable {
  static final McpJsonMapper MAPPER =
      new JacksonMcpJsonMapper(
          Json.mapper().copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));

  private static final String CONTEXT_CALL = "call";

  private final ServerCard card;
  private final Front front;
  private final Map<String, McpRequestHandler<?>> handlers;
  private final Map<String, McpNotificationHandler> notifications =
      Map.of("notifications/initialized", (exchange, params) -> Mono.empty());
  private final HttpServletStreamableServerTransportProvider http;
  private final Announcements announcements;

  public LegacyEra(ServerCard card, Front front, Catalog catalog) {
    this.card = card;
    this.front = front;
    this.handlers = new Handlers(catalog).byMethod();
    this.http =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(MAPPER)
            .mcpEndpoint("/mcp")
            .maxRequestSize(front.limits().messageBytes())
            .sessionSweepInterval(front.limits().idle())
            .contextExtractor(LegacyEra::context)
            .build();
    http.setSessionFactory(this::startSession);
    this.announcements = new Announcements(front.sessions(), catalog);
  }

  @Override
  public void serve(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    http.service(request, response);
  }

  @Override
  public Conversation converse(Line line) {
    return new LineConversation(this, line);
  }

  @Override
  public void close() {
    announcements.close();
    front.sessions().closeAll();
    http.closeGracefully().block();
  }

  Map<String, McpRequestHandler<?>> handlers() {
    return handlers;
  }

  Map<String, McpNotificationHandler> notifications() {
    return notifications;
  }

  InitializeResult introduce(InitializeRequest request) {
    ObjectNode answer = card.result().deepCopy();
    answer.put("protocolVersion", card.negotiate(request.protocolVersion()));
    return MAPPER.convertValue(answer, InitializeResult.class);
  }

  /**
   * @param alone the agent, by id, that the session is for alone
   */
  Session open(InitializeRequest request, Optional<String> alone, Peer peer) {
    ClientInfo client = new ClientInfo(request.clientInfo().name(), request.clientInfo().version());
    return front.sessions().open(OWNER.orElse(Owner.DEFAULT), client, alone, peer);
  }

  void forget(String sessionId) {
    front.sessions().close(sessionId);
  }

  /** The context that carries a call through the SDK to its handler. */
  static McpTransportContext context(Call call) {
    return McpTransportContext.create(Map.of(CONTEXT_CALL, call));
  }

  static Call call(McpTransportContext context) {
    if (context.get(CONTEXT_CALL) instanceof Call call) {
      return call;
    }
    throw new IllegalStateException("a request came past the front");
  }

  private static McpTransportContext context(HttpServletRequest request) {
    return request.getAttribute(CALL) instanceof Call call
        ? context(call)
        : McpTransportContext.EMPTY;
  }

  private McpStreamableServerSessionInit startSession(InitializeRequest request) {
    SdkPeer peer = new SdkPeer(false);
    Session session = open(request, ALONE.orElse(Optional.empty()), peer);
    HttpSession sdk = new HttpSession(session.id(), request, this);
    peer.reach(sdk);
    return new McpStreamableServerSessionInit(sdk, Mono.just(introduce(request)));
  }
}
