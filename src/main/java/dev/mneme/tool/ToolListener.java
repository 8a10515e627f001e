package dev.mneme.tool;

/** Hears what a running call reports. Implementations return quickly and do not throw. */
public interface ToolListener {
  ToolListener NONE = new ToolListener() {};

  /** Progress towards {@code total}; a total of 0 means it is not known. */
  default void progress(double progress, double total, String message) {}

  default void log(String level, String message) {}
}
