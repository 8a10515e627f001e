package dev.mneme.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads moments as clients write them: with an offset, without one (UTC), or a date alone. */
final class Times {
  // A '+' that was not escaped in a URL arrives as a space.
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
              + " ?(Z|[+ -]?\\d\\d:?\\d\\d)?)?");

  private Times() {}

  static Instant parse(String where, String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw wrong(where);
    }
    try {
      return moment(parts);
    } catch (DateTimeException e) {
      throw wrong(where);
    }
  }

  private static Instant moment(Matcher parts) {
    if (parts.group(2) == null) {
      return LocalDate.parse(parts.group(1)).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    String time = parts.group(1) + 'T' + parts.group(2);
    String offset = parts.group(3);
    if (offset == null) {
      return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    }
    return OffsetDateTime.of(LocalDateTime.parse(time), offset(offset)).toInstant();
  }

  private static ZoneOffset offset(String text) {
    if (text.equals("Z")) {
      return ZoneOffset.UTC;
    }
    char sign = text.charAt(0) == '-' ? '-' : '+';
    String digits = text.replaceAll("[^0-9]", "");
    return ZoneOffset.of(sign + digits.substring(0, 2) + ':' + digits.substring(2));
  }

  private static Unprocessable wrong(String where) {
    return new Unprocessable(
        where, "must be a date or time in ISO-8601, such as 2026-01-31T12:00:00+00:00");
  }
}
