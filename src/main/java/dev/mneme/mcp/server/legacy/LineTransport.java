package dev.mneme.mcp.server.legacy;

import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.Era;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.io.IOException;
import reactor.core.publisher.Mono;

/** The SDK's way out to a line. Thread-safe. */
final class LineTransport implements McpServerTransport {
  private final Era.Line line;

  LineTransport(Era.Line line) {
    this.line = line;
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    Question.pass(message, this);
    return Mono.fromRunnable(() -> line.send(json(message)));
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return LegacyEra.MAPPER.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  private static byte[] json(JSONRPCMessage message) {
    try {
      return LegacyEra.MAPPER.writeValueAsBytes(message);
    } catch (IOException e) {
      throw MnemeException.internal("mcp_write", "An answer could not be written.", e);
    }
  }
}
