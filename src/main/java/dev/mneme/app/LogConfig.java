package dev.mneme.app;

/**
 * What is logged to stderr, and how.
 *
 * @param level the least important level that is written
 */
public record LogConfig(Level level, Format format) {
  /** From the gravest to the most talkative. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /** One readable line an event, or one JSON object an event. */
  public enum Format {
    TEXT,
    JSON
  }

  static LogConfig read(ConfigReader in) {
    return new LogConfig(in.choice("log.level", Level.INFO), in.choice("log.format", Format.TEXT));
  }
}
