package dev.mneme.tool;

import java.util.Locale;
import java.util.Optional;

/** What code may do with the memory of the agent that calls it; each allows what is before it. */
public enum MemoryUse {
  NONE,
  READ,
  WRITE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MemoryUse> of(String text) {
    return switch (text) {
      case "none" -> Optional.of(NONE);
      case "read" -> Optional.of(READ);
      case "write" -> Optional.of(WRITE);
      default -> Optional.empty();
    };
  }

  public MemoryUse strictest(MemoryUse other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
