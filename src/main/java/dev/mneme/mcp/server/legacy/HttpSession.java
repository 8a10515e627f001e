package dev.mneme.mcp.server.legacy;

import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import reactor.core.publisher.Mono;

/**
 * An SDK session that tells the front when the SDK ends it, as its sweeper does, and that knows
 * what it asks its client.
 */
final class HttpSession extends McpStreamableServerSession {
  private final LegacyEra era;

  HttpSession(String id, InitializeRequest request, LegacyEra era) {
    super(
        id,
        request.capabilities(),
        request.clientInfo(),
        Requesting.PATIENCE,
        era.handlers(),
        era.notifications());
    this.era = era;
  }

  @Override
  public McpStreamableServerSessionStream responseStream(McpStreamableServerTransport way) {
    return super.responseStream(new StreamTransport(way));
  }

  @Override
  public Mono<Void> closeGracefully() {
    era.forget(getId());
    return super.closeGracefully();
  }

  @Override
  public void close() {
    era.forget(getId());
    super.close();
  }
}
