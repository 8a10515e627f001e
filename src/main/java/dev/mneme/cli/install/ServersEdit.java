package dev.mneme.cli.install;

/** How an entry is put into Mneme's own list of servers. */
public final class ServersEdit {
  private ServersEdit() {}

  public static FileEdit of(Entry entry) {
    return new JsonEdit(Shape.STANDARD, entry);
  }
}
