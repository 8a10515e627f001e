package dev.mneme.secret;

/**
 * A secret value that cannot be printed by accident.
 *
 * @param reveal the value itself, for the one place that sends it
 */
public record SecretText(String reveal) {
  static final String MASK = "********";

  @Override
  public String toString() {
    return MASK;
  }
}
