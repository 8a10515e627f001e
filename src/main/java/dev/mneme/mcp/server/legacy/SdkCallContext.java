package dev.mneme.mcp.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Call;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.ClientInfo;
import dev.mneme.mcp.server.catalog.ClientRequest;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The context of a call, reporting through the SDK's exchange. Thread-safe. */
final class SdkCallContext implements CallContext {
  private static final Logger log = LoggerFactory.getLogger(SdkCallContext.class);

  private final Call call;
  private final McpAsyncServerExchange exchange;

  SdkCallContext(Call call, McpAsyncServerExchange exchange) {
    this.call = call;
    this.exchange = exchange;
  }

  @Override
  public Owner owner() {
    return call.session().owner();
  }

  @Override
  public ClientInfo client() {
    return call.session().client();
  }

  @Override
  public Optional<String> agent() {
    return call.session().alone();
  }

  @Override
  public String session() {
    return call.session().id();
  }

  @Override
  public String callId() {
    return call.request().id().asText();
  }

  @Override
  public void progress(double progress, double total, String message) {
    JsonNode token = call.request().params().path("_meta").path("progressToken");
    if (!token.isTextual() && !token.isIntegralNumber()) {
      return;
    }
    Object value = token.isTextual() ? token.asText() : (Object) token.asLong();
    Double known = total > 0 ? total : null;
    report(
        exchange.progressNotification(
            new ProgressNotification(
                value, progress, known, message.isEmpty() ? null : message, null)));
  }

  @Override
  public void log(String level, String message) {
    LoggingLevel known = LogLevels.find(level).orElse(LoggingLevel.INFO);
    report(exchange.loggingNotification(new LoggingMessageNotification(known, "tool", message)));
  }

  @Override
  public boolean can(String capability) {
    return Requesting.can(exchange, capability);
  }

  @Override
  public Map<String, JsonNode> request(Map<String, ClientRequest> wanted) {
    return Requesting.request(wanted, call.session(), exchange);
  }

  private static void report(Mono<Void> sending) {
    sending
        .onErrorResume(error -> {
          log.debug("a report of a call was not delivered: {}", error.getMessage());
          return Mono.empty();
        })
        .subscribe();
  }
}
