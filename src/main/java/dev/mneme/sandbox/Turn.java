package dev.mneme.sandbox;

import dev.mneme.sandbox.Slots.Slot;
import java.util.concurrent.CompletableFuture;

/** A caller that waits for a worker, and since when. */
record Turn(Demand demand, long since, CompletableFuture<Slot> slot) {
  static Turn of(Demand demand, long since) {
    return new Turn(demand, since, new CompletableFuture<>());
  }
}
