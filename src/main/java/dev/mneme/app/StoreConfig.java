package dev.mneme.app;

/**
 * The database.
 *
 * @param readers queries that may run at the same time
 */
public record StoreConfig(int readers) {
  static StoreConfig read(ConfigReader in) {
    return new StoreConfig(in.integer("store.readers", 4, 1, 64));
  }
}
