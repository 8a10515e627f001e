package dev.mneme.app;

import dev.mneme.common.Texts;
import dev.mneme.secret.SecretMask;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Writes each event as one write of whole lines, secrets masked. */
final class LogHandler extends Handler {
  private static final int MAX_MESSAGE = 8_000;

  /** For its {@code formatMessage} only: it puts the arguments into the message. */
  private final SimpleFormatter messages = new SimpleFormatter();

  private final LogLine line;
  private final SecretMask mask;
  private final PrintStream out;

  LogHandler(LogLine line, SecretMask mask, PrintStream out) {
    this.line = line;
    this.mask = mask;
    this.out = out;
  }

  @Override
  public void publish(LogRecord event) {
    if (!isLoggable(event)) {
      return;
    }
    String message = cut(mask.mask(cut(messages.formatMessage(event))));
    StringBuilder text = new StringBuilder(200);
    line.write(text, event, message, StackText.of(event.getThrown(), mask));
    text.append('\n');
    synchronized (out) {
      out.print(text);
      out.flush();
    }
  }

  private static String cut(String message) {
    return Texts.shorten(message, MAX_MESSAGE);
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
