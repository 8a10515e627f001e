package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;
import java.time.Instant;
import java.util.Optional;

/** Work that is written down, so that it can be asked for after the server's end. Thread-safe. */
public interface KeptWork {
  /** There is none. */
  KeptWork NONE =
      new KeptWork() {
        @Override
        public Optional<Kept> find(Owner owner, Optional<String> alone, String id) {
          return Optional.empty();
        }

        @Override
        public void cancel(Owner owner, String id) {}
      };

  /** How far it is. */
  enum State {
    WORKING,
    COMPLETED,
    CANCELLED
  }

  /**
   * What has become of it.
   *
   * @param reply where it is completed
   */
  record Kept(Instant created, Instant updated, State state, Optional<ToolReply> reply) {}

  /**
   * Work of the owner, by the id that {@link CallContext#last(String)} was told.
   *
   * @param alone the agent, by id, that the asker is connected to alone: it must be its
   */
  Optional<Kept> find(Owner owner, Optional<String> alone, String id);

  /** Ends work that was found, unless it is over. */
  void cancel(Owner owner, String id);
}
