package dev.mneme.common;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Moments as they stand in the database: ISO-8601 UTC with milliseconds, of one width, so that the
 * order of the texts is the order of time.
 */
public final class Timestamps {
  private static final String SHAPE = "0000-00-00T00:00:00.000Z";
  private static final int WIDTH = SHAPE.length();
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Timestamps() {}

  /** The text of a moment; what lies outside the years 1 to 9999 is moved to their edge. */
  public static String text(Instant moment) {
    Instant told = moment.isBefore(FIRST) ? FIRST : moment.isAfter(LAST) ? LAST : moment;
    LocalDateTime at = LocalDateTime.ofEpochSecond(told.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(SHAPE);
    put(text, 4, at.getYear());
    put(text, 7, at.getMonthValue());
    put(text, 10, at.getDayOfMonth());
    put(text, 13, at.getHour());
    put(text, 16, at.getMinute());
    put(text, 19, at.getSecond());
    put(text, 23, told.getNano() / 1_000_000);
    return text.toString();
  }

  /**
   * The moment of a text. Those of the form above are written and read digit by digit: every row
   * has some, and general formatters take ten times as long.
   *
   * @throws java.time.format.DateTimeParseException for what is no moment
   */
  public static Instant parse(String text) {
    if (text.length() != WIDTH) {
      return Instant.parse(text);
    }
    for (int i = 0; i < WIDTH; i++) {
      char form = SHAPE.charAt(i);
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        return Instant.parse(text);
      }
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            number(text, 20, 23) * 1_000_000)
        .toInstant(ZoneOffset.UTC);
  }

  /** Puts the digits of a number before a place. */
  private static void put(StringBuilder text, int end, int number) {
    int at = end;
    for (int rest = number; rest > 0; rest /= 10) {
      text.setCharAt(--at, (char) ('0' + rest % 10));
    }
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  /** The moment as it comes back from the database. */
  public static Instant stored(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS);
  }
}
