package dev.mneme.mcp.server.legacy;

import dev.mneme.mcp.server.Peer;
import io.modelcontextprotocol.spec.McpLoggableSession;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Sends notifications through an SDK session. Thread-safe. */
final class SdkPeer implements Peer {
  private static final Logger log = LoggerFactory.getLogger(SdkPeer.class);

  private final boolean line;
  private volatile @Nullable McpLoggableSession session;

  /**
   * @param line whether it is reached over a line that lasts
   */
  SdkPeer(boolean line) {
    this.line = line;
  }

  @Override
  public boolean isLine() {
    return line;
  }

  void reach(McpLoggableSession sdk) {
    session = sdk;
  }

  void setLevel(LoggingLevel level) {
    McpLoggableSession sdk = session;
    if (sdk != null) {
      sdk.setMinLoggingLevel(level);
    }
  }

  @Override
  public void send(String method, Map<String, Object> params) {
    McpLoggableSession sdk = session;
    if (sdk == null) {
      return;
    }
    // A client without an open stream misses what it did not listen to.
    sdk.sendNotification(method, params)
        .onErrorResume(error -> {
          log.debug("a notification was not delivered: {}", error.getMessage());
          return Mono.empty();
        })
        .block();
  }
}
