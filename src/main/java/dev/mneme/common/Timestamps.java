package dev.mneme.common;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Moments as they stand in the database: ISO-8601 UTC with milliseconds, of one width, so that the
 * order of the texts is the order of time.
 */
public final class Timestamps {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Timestamps() {}

  /** The text of a moment; what lies outside the years 1 to 9999 is moved to their edge. */
  public static String text(Instant moment) {
    return FORM.format(moment.isBefore(FIRST) ? FIRST : moment.isAfter(LAST) ? LAST : moment);
  }

  public static Instant parse(String text) {
    return Instant.parse(text);
  }

  /** The moment as it comes back from the database. */
  public static Instant stored(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS);
  }
}
