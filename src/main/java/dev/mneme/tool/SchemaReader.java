package dev.mneme.tool;

/**
 * Derives a tool's schema from the syntax tree of its source, which is never run. Thread-safe; may
 * wait for a worker.
 *
 * <p>What is wrong with the source is a {@link SchemaReading.Refused}; an exception means that
 * reading was not possible now.
 */
public interface SchemaReader {
  /**
   * @param fileName such as {@code calculator.py}; a public function of the same name is the tool
   */
  SchemaReading read(String fileName, String source);
}
