package dev.mneme.engine.builtin;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Dates as models write them: ISO 8601, without an offset in the agent's own time zone. */
final class Dates {
  private Dates() {}

  /** A bare date means its beginning. */
  static Instant from(String text, ZoneId zone) {
    return parse(text, zone, 0);
  }

  /** A bare date means its end; the moment itself is not included. */
  static Instant until(String text, ZoneId zone) {
    return parse(text, zone, 1);
  }

  private static Instant parse(String text, ZoneId zone, int daysAfter) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).plusDays(daysAfter).atStartOfDay(zone).toInstant();
      }
      String iso = text.replace(' ', 'T');
      return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).atZone(zone).toInstant();
    } catch (DateTimeException _) {
      throw MnemeException.invalid(
          "invalid_date",
          "'"
              + Texts.head(text, 60)
              + "' is no ISO 8601 date; write 2026-01-31 or 2026-01-31T15:00");
    }
  }

  /** How long ago, as a person says it. */
  static String ago(Instant moment, Instant now) {
    Duration ago = Duration.between(moment, now);
    if (ago.toMinutes() < 1) {
      return Math.max(0, ago.toSeconds()) + "s ago";
    }
    if (ago.toHours() < 1) {
      return ago.toMinutes() + "m ago";
    }
    return ago.toDays() < 1 ? ago.toHours() + "h ago" : ago.toDays() + "d ago";
  }
}
