package dev.mneme.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.mneme.common.MnemeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values stand on the wire: snake_case, nulls written, times with their offset. */
public final class Wire {
  /** The organisation everything belongs to; clients expect one. */
  public static final String ORGANIZATION = "org-00000000-0000-4000-8000-000000000000";

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.SSS")
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter();

  private static final DateTimeFormatter SECONDS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter();
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new SimpleModule().addSerializer(new OptionalWriter()))
          .build()
          .writer();

  private Wire() {}

  /** Fields that clients expect and that are always {@code null} here. */
  public static Map<String, @Nullable Object> absent(String... names) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name : names) {
      fields.put(name, null);
    }
    return Collections.unmodifiableMap(fields);
  }

  public static byte[] bytes(Object value) {
    try {
      return WRITER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw MnemeException.internal("json_write", "An answer could not be written.", e);
    }
  }

  /** One line of JSON, for a stream. */
  public static String line(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw MnemeException.internal("json_write", "An answer could not be written.", e);
    }
  }

  /** A moment such as {@code 2026-01-31T12:00:00+00:00}, as messages have it. */
  public static String seconds(Instant moment) {
    return SECONDS.format(OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
  }

  /** A moment such as {@code 2026-01-31T12:00:00.000+00:00}. */
  public static String time(Instant moment) {
    return TIME.format(OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
  }
}
