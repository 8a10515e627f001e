package dev.mneme.cli.install;

/** Puts an entry into a configuration file. */
public sealed interface FileEdit permits JsonEdit, TomlEdit {
  /**
   * The file with the entry, everything else as it was.
   *
   * @param text the file as it is; empty where there is none
   * @throws dev.mneme.common.MnemeException {@code cannot_edit} where that is not safely possible
   */
  String apply(String text);

  /** A file that holds the entry alone, for people to copy from. */
  String alone();
}
