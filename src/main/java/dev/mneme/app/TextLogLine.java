package dev.mneme.app;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogRecord;

/** One line to be read by people, in local time; a stack trace follows indented. */
final class TextLogLine implements LogLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  @Override
  public void write(StringBuilder out, LogRecord event, String message, List<String> stack) {
    TIME.formatTo(Instant.ofEpochMilli(event.getMillis()), out);
    String level = LogLine.level(event.getLevel());
    out.append(' ').append(level).append(" ".repeat(6 - level.length()));
    String name = String.valueOf(event.getLoggerName());
    LogLine.escape(out, name.substring(name.lastIndexOf('.') + 1));
    out.append(": ");
    LogLine.escape(out, message);
    for (String line : stack) {
      out.append("\n    ");
      LogLine.escape(out, line);
    }
  }
}
