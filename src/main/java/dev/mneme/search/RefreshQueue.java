package dev.mneme.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Passages that changed and who waits for the index to know. Thread-safe. */
final class RefreshQueue {
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  private record Request(Collection<String> ids, CompletableFuture<Boolean> done) {}

  /**
   * All that waited at one moment, to be applied together.
   *
   * @param ids without repetitions
   */
  record Batch(Set<String> ids, List<CompletableFuture<Boolean>> waiting) {
    /** Tells all who wait; whether it went well they see by searching. */
    void done() {
      waiting.forEach(one -> one.complete(true));
    }
  }

  /** Completes when a batch with these passages is done. */
  CompletableFuture<Boolean> add(Collection<String> ids) {
    Request request = new Request(List.copyOf(ids), new CompletableFuture<>());
    requests.add(request);
    return request.done();
  }

  Batch take() {
    Set<String> ids = new HashSet<>();
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (Request next = requests.poll(); next != null; next = requests.poll()) {
      ids.addAll(next.ids());
      waiting.add(next.done());
    }
    return new Batch(ids, waiting);
  }
}
