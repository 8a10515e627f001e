package dev.mneme.tool;

import dev.mneme.common.Owner;
import java.util.List;

/**
 * Tools that other servers offer; they come and go. Thread-safe. Asking never waits: what a server
 * offered last is known before it runs.
 */
public interface OutsideTools {
  /** There are none. */
  OutsideTools NONE =
      new OutsideTools() {
        @Override
        public long version() {
          return 0;
        }

        @Override
        public List<StoredTool> tools(Owner owner) {
          return List.of();
        }
      };

  /** Counts up with every change. */
  long version();

  /** Those an owner has, in a fixed order. */
  List<StoredTool> tools(Owner owner);
}
