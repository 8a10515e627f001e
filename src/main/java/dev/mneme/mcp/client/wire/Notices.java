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

  void toolsChanged();

  void log(String level, String text);
}
