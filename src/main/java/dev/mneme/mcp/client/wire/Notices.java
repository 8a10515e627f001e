package dev.mneme.mcp.client.wire;

/** Hears what a server tells unasked. Returns quickly. */
public interface Notices {
  Notices NONE =
      new Notices() {
        @Override
        public void toolsChanged() {}

        @Override
        public void log(String level, String text) {}
      };

  /** Whether the server may ask for a model in the calls it gets. */
  default boolean offersModel() {
    return false;
  }

  void toolsChanged();

  void log(String level, String text);
}
