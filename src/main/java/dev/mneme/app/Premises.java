package dev.mneme.app;

import dev.mneme.store.DataFolder;

/**
 * For whom a sandbox is opened.
 *
 * @param folder id of the data folder, by which containers are told apart
 * @param open whether others than this machine can reach the server
 */
record Premises(String folder, PlaceMemo memo, boolean open) {
  /** A command that uses no data folder and answers nobody else. */
  static final Premises COMMAND = new Premises("command", PlaceMemo.none(), false);

  static Premises of(DataFolder folder, Config config, Role role) {
    boolean open = role == Role.SERVE && !Bind.isLoopback(config.server().host());
    return new Premises(folder.id(), PlaceMemo.in(folder.path()), open);
  }
}
