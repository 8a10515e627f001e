package dev.mneme.run;

import java.util.Locale;

/** Where a run is. */
public enum RunStatus {
  CREATED,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED;

  public boolean ended() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /** As the wire and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RunStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
