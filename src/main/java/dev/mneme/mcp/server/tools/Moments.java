package dev.mneme.mcp.server.tools;

import dev.mneme.common.MnemeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads dates and times as models write them; without a zone they are UTC. */
final class Moments {
  private Moments() {}

  /** A date alone is its beginning. */
  static Instant start(String name, String text) {
    return read(name, text, false);
  }

  /** A date alone is its end. */
  static Instant end(String name, String text) {
    return read(name, text, true);
  }

  private static Instant read(String name, String text, boolean end) {
    try {
      if (text.length() == "2026-01-31".length()) {
        LocalDate date = LocalDate.parse(text);
        return (end ? date.plusDays(1) : date).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      boolean zoned =
          text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
      return zoned
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw MnemeException.invalid(
          "invalid_datetime",
          "'" + name + "' must be a date or time such as 2026-01-31 or 2026-01-31T15:00:00Z.");
    }
  }
}
