package dev.mneme.memory.journal;

import dev.mneme.common.MnemeException;
import java.util.Locale;

/** Who a change came from, as far as trust goes. */
public enum Origin {
  /** A person, or a program acting for one: the operator's commands, the REST API. */
  USER,
  /** A language model, by a memory tool. */
  MODEL,
  /** A tool's code. */
  TOOL,
  /** Text from outside: an upstream server, a fetched page, an import. */
  EXTERNAL;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Origin of(String text) {
    for (Origin origin : values()) {
      if (origin.text().equals(text)) {
        return origin;
      }
    }
    throw MnemeException.invalid(
        "unknown_origin", "The origin must be user, model, tool or external, not '" + text + "'.");
  }
}
