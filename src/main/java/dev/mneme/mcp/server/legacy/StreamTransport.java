package dev.mneme.mcp.server.legacy;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import reactor.core.publisher.Mono;

/** The SDK's way out to the stream of one request, which sees what is asked on it. Thread-safe. */
final class StreamTransport implements McpStreamableServerTransport {
  private final McpStreamableServerTransport inner;

  StreamTransport(McpStreamableServerTransport inner) {
    this.inner = inner;
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    Question.pass(message, this);
    return inner.sendMessage(message);
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message, String id) {
    Question.pass(message, this);
    return inner.sendMessage(message, id);
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return inner.unmarshalFrom(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return inner.closeGracefully();
  }

  @Override
  public void close() {
    inner.close();
  }
}
