package dev.mneme.app;

import dev.mneme.secret.SecretText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was read from where; filled while reading, fixed afterwards. Prints no secret. */
public final class ConfigReport {
  /**
   * One setting.
   *
   * @param value as it would stand in the file; a secret is masked
   * @param origin {@code default}, {@code command line}, a variable's name or the file
   */
  public record Line(String key, String value, String origin) {}

  private final List<Line> lines = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<SecretText> secrets = new ArrayList<>();

  ConfigReport() {}

  void add(String key, String value, String origin) {
    lines.add(new Line(key, value, origin));
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  void secret(SecretText secret) {
    secrets.add(secret);
  }

  /** Every setting there is, in the order of the documentation. */
  public List<Line> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** Things that are ignored but look meant. */
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** All secret values given, so that they can be kept out of the log. */
  public List<SecretText> secrets() {
    return Collections.unmodifiableList(secrets);
  }

  /** The settings as text, one a line, each with its origin. */
  public String print() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.key)
          .append(" = ")
          .append(line.value)
          .append("  (")
          .append(line.origin)
          .append(")\n");
    }
    return text.toString();
  }
}
