package dev.mneme.tool;

import java.util.function.Consumer;

/**
 * The tools there are. Thread-safe.
 *
 * <p>Asking never waits for a worker: a file whose schema is not known yet is in the catalog as
 * {@link ToolFile.State#READING} until it is.
 */
public interface ToolRegistry {
  ToolCatalog catalog();

  /**
   * Tells a listener of every later catalog in which tools differ, one at a time, on a thread of
   * the registry.
   *
   * @return ends the listening
   */
  AutoCloseable onChange(Consumer<ToolCatalog> listener);
}
