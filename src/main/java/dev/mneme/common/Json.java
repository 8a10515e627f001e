package dev.mneme.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON mapper. It refuses duplicate keys, trailing text and deep nesting, because its input
 * comes from outside.
 */
public final class Json {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_BUFFERS = 32;
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  /**
   * A buffer for each thread, which is what the library does by itself, would be one for each call:
   * threads are made for one call here.
   */
  private static final RecyclerPool<BufferRecycler> BUFFERS =
      JsonRecyclerPools.newBoundedPool(MAX_BUFFERS);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              factory(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxStringLength(20_000_000)
                      .build()))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  /** For a mapper with bounds of its own; it refuses duplicate keys too. */
  public static JsonFactory factory(StreamReadConstraints bounds) {
    return JsonFactory.builder()
        .recyclerPool(BUFFERS)
        .streamReadConstraints(bounds)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  public static ObjectMapper mapper() {
    return MAPPER;
  }

  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw MnemeException.invalid("invalid_json", "Not valid JSON: " + e.getOriginalMessage());
    }
  }

  /** As above, of UTF-8, which for large texts takes half the time. */
  public static JsonNode parse(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw MnemeException.invalid("invalid_json", "Not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw MnemeException.invalid("invalid_json", "Not valid JSON: it is not UTF-8.");
    }
  }

  public static Map<String, Object> parseObject(String text) {
    if (text.equals("{}")) {
      return new LinkedHashMap<>();
    }
    try {
      return MAPPER.readValue(text, MAP);
    } catch (JsonProcessingException e) {
      throw MnemeException.invalid("invalid_json", "Not a JSON object: " + e.getOriginalMessage());
    }
  }

  /** The texts of an array; other values of it as the texts they are written as. */
  public static List<String> parseStrings(String text) {
    if (text.equals("[]")) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    parse(text).forEach(value -> strings.add(value.asText()));
    return List.copyOf(strings);
  }

  /** A tree as maps, lists, texts, numbers and truths. */
  public static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>(node.size());
        node.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING -> null;
      case STRING, BINARY, POJO -> node.asText();
    };
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw MnemeException.internal("json_write", "A value could not be written as JSON.", e);
    }
  }
}
