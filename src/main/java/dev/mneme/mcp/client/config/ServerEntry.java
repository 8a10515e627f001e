package dev.mneme.mcp.client.config;

/** One entry of the file. */
public sealed interface ServerEntry {
  String name();

  record Usable(ServerSpec spec) implements ServerEntry {
    @Override
    public String name() {
      return spec.name();
    }
  }

  /**
   * One that cannot be started.
   *
   * @param problem what to do about it
   */
  record Unusable(String name, String problem) implements ServerEntry {}
}
