package dev.mneme.app;

import dev.mneme.app.LogConfig.Format;
import dev.mneme.secret.SecretMask;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sends all logging of the process to stderr, one line an event; stdout is never used. */
public final class Logging {
  private static final String OWN = "dev.mneme";

  private Logging() {}

  /** Sets logging up for the process; a later call replaces an earlier one. */
  public static void setUp(LogConfig config, SecretMask mask) {
    setUp(config, mask, System.err);
  }

  static void setUp(LogConfig config, SecretMask mask, PrintStream out) {
    LogManager.getLogManager().reset();
    LogLine line = config.format() == Format.JSON ? new JsonLogLine() : new TextLogLine();
    Handler handler = new LogHandler(line, mask, out);
    handler.setLevel(Level.ALL);
    Loggers.ROOT.addHandler(handler);
    Loggers.ROOT.setLevel(ofOthers(config.level()));
    Loggers.MNEME.setLevel(level(config.level()));
    for (Logger talkative : Loggers.TALKATIVE) {
      talkative.setLevel(config.level() == LogConfig.Level.TRACE ? Level.FINEST : Level.WARNING);
    }
    for (Logger alarmist : Loggers.ALARMIST) {
      alarmist.setLevel(Level.SEVERE);
    }
  }

  private static Level level(LogConfig.Level level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      case TRACE -> Level.FINEST;
    };
  }

  /** What libraries call INFO interests their developers. */
  private static Level ofOthers(LogConfig.Level level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN, INFO -> Level.WARNING;
      case DEBUG -> Level.INFO;
      case TRACE -> Level.FINEST;
    };
  }

  /** Held strongly: the log manager forgets the level of a logger nobody refers to. */
  private static final class Loggers {
    static final Logger ROOT = Logger.getLogger("");
    static final Logger MNEME = Logger.getLogger(OWN);
    static final List<Logger> TALKATIVE =
        List.of(
            Logger.getLogger("org.flywaydb"),
            Logger.getLogger("org.eclipse.jetty"),
            Logger.getLogger("io.javalin"));

    /**
     * Their warnings ask for an incubating module that costs more at start than it gains in a
     * search, and for a graphics card.
     */
    static final List<Logger> ALARMIST =
        List.of(
            Logger.getLogger("org.apache.lucene.internal.vectorization"),
            Logger.getLogger("ai.djl"));
  }
}
