package dev.mneme.mcp.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns bytes into a {@link Message} or a precise error. Everything behind the front works with
 * what is read here, so two parsers can never understand one message differently. Thread-safe.
 */
final class MessageReader {
  private static final int MAX_METHOD = 200;
  private static final int MAX_ID = 200;

  private final ObjectReader reader;

  MessageReader(FrontLimits limits) {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth())
            .maxStringLength(limits.messageBytes())
            .build();
    this.reader =
        JsonMapper.builder(Json.factory(bounds))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);
  }

  /**
   * @throws RpcException with the error to answer
   */
  Message read(byte[] bytes) {
    checkUtf8(bytes);
    return message(parse(bytes));
  }

  private JsonNode parse(byte[] bytes) {
    try {
      JsonNode root = reader.readValue(bytes);
      if (root == null || root.isMissingNode()) {
        throw parseError("The message is empty.");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw parseError("Not valid JSON: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw parseError("Not valid JSON.");
    }
  }

  /** Strict, and without the guessing of other encodings that the JSON parser would do. */
  private static void checkUtf8(byte[] bytes) {
    boolean ascii = true;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] <= 0) {
        if (bytes[i] == 0) {
          throw parseError("The message holds a zero byte; send JSON in UTF-8.");
        }
        ascii = false;
      }
    }
    if (ascii) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw parseError("The message is not valid UTF-8.");
    }
  }

  private static Message message(JsonNode root) {
    if (root.isArray()) {
      throw invalid("Batches are not served: send one message at a time.", Optional.empty());
    }
    if (!root.isObject()) {
      throw invalid("A message is a JSON object.", Optional.empty());
    }
    Optional<JsonNode> id = id(root);
    if (!"2.0".equals(root.path("jsonrpc").textValue())) {
      throw invalid("A message has \"jsonrpc\": \"2.0\".", id);
    }
    JsonNode method = root.get("method");
    if (method == null) {
      boolean answers = root.has("result") != root.has("error");
      if (!answers) {
        throw invalid("A message has a method, or a result or an error.", id);
      }
      return new Message.Response(
          id.orElseThrow(() -> invalid("An answer has an id.", Optional.empty())),
          (ObjectNode) root);
    }
    if (!method.isTextual() || method.asText().isEmpty()) {
      throw invalid("The method is a string.", id);
    }
    if (method.asText().length() > MAX_METHOD) {
      throw new RpcException(
          RpcError.of(RpcError.METHOD_NOT_FOUND, "There is no method of such a long name."), id);
    }
    ObjectNode params = params(root, id);
    return id.<Message>map(given -> new Message.Request(given, method.asText(), params))
        .orElseGet(() -> new Message.Notification(method.asText(), params));
  }

  private static Optional<JsonNode> id(JsonNode root) {
    JsonNode id = root.get("id");
    if (id == null) {
      return Optional.empty();
    }
    boolean text = id.isTextual() && id.asText().length() <= MAX_ID;
    if (!text && !(id.isIntegralNumber() && id.canConvertToLong())) {
      throw invalid(
          "The id is a whole number or a string of at most " + MAX_ID + " characters.",
          Optional.empty());
    }
    return Optional.of(id);
  }

  private static ObjectNode params(JsonNode root, Optional<JsonNode> id) {
    JsonNode params = root.get("params");
    if (params == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (params instanceof ObjectNode object) {
      return object;
    }
    throw new RpcException(
        RpcError.of(RpcError.INVALID_PARAMS, "The params are a JSON object."), id);
  }

  private static RpcException parseError(String message) {
    return new RpcException(RpcError.of(RpcError.PARSE, message));
  }

  private static RpcException invalid(String message, Optional<JsonNode> id) {
    return new RpcException(RpcError.of(RpcError.INVALID_REQUEST, message), id);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return Texts.head(line, 300);
  }
}
