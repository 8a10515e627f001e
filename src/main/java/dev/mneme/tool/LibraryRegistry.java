package dev.mneme.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of a folder of tool files, which are looked at again every interval.
 *
 * <p>Thread-safe: one thread of its own reads files and derives schemas; everybody else sees
 * immutable catalogs. Close it to end the thread.
 */
public final class LibraryRegistry implements ToolRegistry, AutoCloseable {
  /** The name, in the library folder, of the schemas made at packaging. */
  public static final String SHIPPED_SCHEMAS = "tool-schemas.json";

  private static final Logger log = LoggerFactory.getLogger(LibraryRegistry.class);

  private final LibraryFolder folder;
  private final LibraryFiles files;
  private final Duration interval;
  private final List<Consumer<ToolCatalog>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile ToolCatalog catalog = ToolCatalog.EMPTY;
  private volatile boolean closed;

  private LibraryRegistry(Path folder, LibraryFiles files, Duration interval) {
    this.folder = new LibraryFolder(folder);
    this.files = files;
    this.interval = interval;
    this.thread = Thread.ofPlatform().daemon().name("tool-library").unstarted(this::watch);
  }

  /**
   * Reads the folder, without waiting for schemas that are not cached, and starts to watch it.
   *
   * @param folder need not exist; a tool library that appears later is found
   * @param cacheFolder where derived schemas are kept
   * @param ceiling the operator's limits for library tools
   */
  public static LibraryRegistry open(
      Path folder, Path cacheFolder, SchemaReader reader, ToolLimits ceiling, Duration interval) {
    SchemaCache cache = new SchemaCache(folder.resolve(SHIPPED_SCHEMAS), cacheFolder);
    LibraryFiles files =
        new LibraryFiles(new LibraryFolder(folder), cache, reader, new ToolAssembler(ceiling));
    LibraryRegistry registry = new LibraryRegistry(folder, files, interval);
    registry.look(true);
    registry.thread.start();
    return registry;
  }

  @Override
  public ToolCatalog catalog() {
    return catalog;
  }

  @Override
  public AutoCloseable onChange(Consumer<ToolCatalog> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void watch() {
    while (!closed) {
      try {
        while (files.deriveNext()) {
          publish();
        }
        Thread.sleep(interval);
        look(false);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.error("The tool library could not be looked at; the last tools stay.", e);
      }
    }
  }

  private void look(boolean first) {
    try {
      if (files.update(folder.stamps(), first)) {
        publish();
      }
    } catch (IOException e) {
      log.warn("The tool library could not be read; the last tools stay: {}", e.toString());
    }
  }

  private void publish() {
    ToolCatalog before = catalog;
    ToolCatalog after = ToolCatalog.of(before.version() + 1, files.present());
    if (after.files().equals(before.files())) {
      return;
    }
    catalog = after;
    if (!after.byName().equals(before.byName())) {
      for (Consumer<ToolCatalog> listener : listeners) {
        try {
          listener.accept(after);
        } catch (RuntimeException e) {
          log.error("A listener of the tool library failed.", e);
        }
      }
    }
  }
}
