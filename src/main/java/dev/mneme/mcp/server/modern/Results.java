package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.ServerCard;
import java.time.Duration;

/** What this era adds to results. */
final class Results {
  private static final String SERVER = "io.modelcontextprotocol/serverInfo";

  private final ServerCard card;

  Results(ServerCard card) {
    this.card = card;
  }

  ObjectNode complete(ObjectNode result) {
    result.put("resultType", "complete");
    return signed(result);
  }

  /** Private, because what is shown may depend on the key. */
  ObjectNode cacheable(ObjectNode result, Duration ttl) {
    result.put("ttlMs", ttl.toMillis());
    result.put("cacheScope", "private");
    return complete(result);
  }

  ObjectNode signed(ObjectNode result) {
    JsonNode meta = result.get("_meta");
    ObjectNode target = meta instanceof ObjectNode there ? there : result.putObject("_meta");
    target.set(SERVER, card.identity());
    return result;
  }

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode note(String method, ObjectNode params) {
    ObjectNode note = empty().put("jsonrpc", "2.0").put("method", method);
    note.set("params", params);
    return note;
  }

  static ObjectNode answer(JsonNode id, JsonNode result) {
    ObjectNode answer = empty().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.set("result", result);
    return answer;
  }
}
