package dev.mneme.cli.doctor;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param text what is the case and, for anything but {@link State#OK}, what to do
 */
public record Check(State state, String name, String text) {
  /** How much a finding matters. */
  public enum State {
    OK,
    /** Something optional is missing. */
    NOTE,
    /** Mneme will not work as asked. */
    PROBLEM
  }

  static Check ok(String name, String text) {
    return new Check(State.OK, name, text);
  }

  static Check note(String name, String text) {
    return new Check(State.NOTE, name, text);
  }

  static Check problem(String name, String text) {
    return new Check(State.PROBLEM, name, text);
  }

  /** One line for people. */
  public String line() {
    String word = state.toString().toLowerCase(Locale.ROOT);
    return String.format(Locale.ROOT, "%-8s %-12s %s", word, name, text);
  }
}
