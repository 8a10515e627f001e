package dev.mneme.app;

import java.util.List;
import java.util.logging.LogRecord;

/** One JSON object a line, in UTC, for machines. */
final class JsonLogLine implements LogLine {
  @Override
  public void write(StringBuilder out, LogRecord event, String message, List<String> stack) {
    out.append("{\"time\":\"").append(event.getInstant()).append("\",\"level\":");
    quote(out, LogLine.level(event.getLevel()));
    out.append(",\"logger\":");
    quote(out, String.valueOf(event.getLoggerName()));
    out.append(",\"message\":");
    quote(out, message);
    if (!stack.isEmpty()) {
      out.append(",\"stack\":[");
      for (int i = 0; i < stack.size(); i++) {
        out.append(i == 0 ? "" : ",");
        quote(out, stack.get(i));
      }
      out.append(']');
    }
    out.append('}');
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        LogLine.escape(out, text.substring(from, i));
        out.append('\\').append(c);
        from = i + 1;
      }
    }
    LogLine.escape(out, text.substring(from));
    out.append('"');
  }
}
