package dev.mneme.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON object of a request. Fields nobody reads are ignored; {@code null} counts as absent; a
 * field of the wrong type is {@link Unprocessable}.
 */
public final class Body {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final ObjectNode node;
  private final String where;

  private Body(ObjectNode node, String where) {
    this.node = node;
    this.where = where;
  }

  static Body parse(byte[] bytes) {
    if (bytes.length == 0) {
      return new Body(Json.mapper().createObjectNode(), "body");
    }
    try {
      return of("body", Json.mapper().readTree(bytes));
    } catch (JsonProcessingException e) {
      throw new Unprocessable("body", "is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Body of(String where, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return new Body(object, where);
    }
    throw new Unprocessable(where, "must be a JSON object");
  }

  public ObjectNode node() {
    return node;
  }

  /** Whether the field was sent, be it as {@code null}. */
  public boolean has(String name) {
    return node.has(name);
  }

  public Optional<JsonNode> any(String name) {
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  public Optional<String> text(String name) {
    return read(name, JsonNode::isTextual, JsonNode::textValue, "a string");
  }

  public String requireText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  public Optional<Integer> integer(String name) {
    return read(
        name,
        value -> value.canConvertToInt() && value.canConvertToExactIntegral(),
        JsonNode::intValue,
        "an integer");
  }

  public Optional<Boolean> flag(String name) {
    return read(name, JsonNode::isBoolean, JsonNode::booleanValue, "true or false");
  }

  public Optional<Instant> time(String name) {
    return text(name).map(text -> Times.parse(at(name), text));
  }

  public Optional<String> id(String name, String prefix) {
    return text(name).map(text -> Call.requireId(at(name), prefix, text));
  }

  /** An id as an item of a list. */
  public static String idOf(String where, JsonNode value, String prefix) {
    return Call.requireId(where, prefix, value.asText());
  }

  public Optional<ObjectNode> object(String name) {
    return read(name, JsonNode::isObject, ObjectNode.class::cast, "an object");
  }

  public Optional<Map<String, Object>> map(String name) {
    return object(name).map(object -> Json.mapper().convertValue(object, MAP));
  }

  public Optional<List<String>> texts(String name) {
    return list(
        name,
        (place, value) -> {
          if (!value.isTextual()) {
            throw new Unprocessable(place, "must be a string");
          }
          return value.textValue();
        });
  }

  /** A list of objects. */
  public Optional<List<Body>> bodies(String name) {
    return list(name, Body::of);
  }

  public <T> Optional<List<T>> list(String name, Item<T> item) {
    return read(name, JsonNode::isArray, Function.identity(), "an array")
        .map(array -> {
          List<T> items = new ArrayList<>(array.size());
          for (JsonNode value : array) {
            items.add(item.read(at(name) + '.' + items.size(), value));
          }
          return items;
        });
  }

  /** Reads one item of a list. */
  @FunctionalInterface
  public interface Item<T> {
    T read(String where, JsonNode value);
  }

  public Unprocessable missing(String name) {
    return new Unprocessable(at(name), "is required");
  }

  public Unprocessable wrong(String name, String expected) {
    return new Unprocessable(at(name), "must be " + expected);
  }

  private String at(String name) {
    return where + '.' + name;
  }

  private <T> Optional<T> read(
      String name,
      java.util.function.Predicate<JsonNode> test,
      Function<JsonNode, T> reader,
      String expected) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !test.test(value.get())) {
      throw wrong(name, expected);
    }
    return value.map(reader);
  }
}
