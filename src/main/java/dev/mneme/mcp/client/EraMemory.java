package dev.mneme.mcp.client;

import dev.mneme.mcp.client.wire.Protocol;
import java.util.Optional;

/** What is remembered of one server's protocol from one start to the next. Thread-safe. */
interface EraMemory {
  /** Remembers nothing. */
  EraMemory NONE =
      new EraMemory() {
        @Override
        public Optional<Protocol> known() {
          return Optional.empty();
        }

        @Override
        public void met(Protocol protocol, String server) {}
      };

  /** What it spoke last, where that is known. */
  Optional<Protocol> known();

  /**
   * It was greeted.
   *
   * @param server name and version, as it says itself
   */
  void met(Protocol protocol, String server);
}
