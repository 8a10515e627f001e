package dev.mneme.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one provider offers, remembered for some minutes. An old list serves while a new one is
 * fetched; a provider that does not answer is asked again after some seconds. Thread-safe.
 */
final class ModelList {
  private static final Logger log = LoggerFactory.getLogger(ModelList.class);
  private static final long FRESH = Duration.ofMinutes(5).toNanos();
  private static final long FAILURE_FRESH = Duration.ofSeconds(15).toNanos();

  private final Provider provider;
  private CompletableFuture<Fetched> fetch = CompletableFuture.completedFuture(Fetched.NEVER);
  private Fetched last = Fetched.NEVER;

  ModelList(Provider provider) {
    this.provider = provider;
  }

  Provider provider() {
    return provider;
  }

  /** Begins to ask, if what is known is not fresh. */
  synchronized void refresh() {
    if (provider.builtIn() || !fetch.isDone() || last.fresh()) {
      return;
    }
    CompletableFuture<Fetched> next = new CompletableFuture<>();
    fetch = next;
    Thread.ofVirtual()
        .name("models-" + provider.name())
        .start(() -> {
          Fetched result = fetched();
          synchronized (this) {
            // An old list says more than a failure.
            last = result.failed() && last.whole() ? last.asOf(result) : result;
          }
          next.complete(result);
        });
  }

  /** All there are, waiting for the first list only. */
  List<ModelInfo> all() {
    if (provider.builtIn()) {
      return provider.list();
    }
    refresh();
    return current().models();
  }

  /**
   * The model as listed, or as far as it can be described when the provider does not list.
   *
   * @param declared whether the configuration names the model
   */
  Optional<ModelInfo> find(String name, boolean declared) {
    if (name.isBlank() || provider.builtIn()) {
      return name.isBlank() ? Optional.empty() : provider.describe(name);
    }
    refresh();
    Optional<ModelInfo> listed = current().find(name);
    if (listed.isEmpty() && current().whole()) {
      // It may be newer than the list.
      listed = awaited().find(name);
    }
    boolean certain = current().whole() && !declared;
    return listed.isPresent() || certain ? listed : provider.describe(name);
  }

  private Fetched current() {
    synchronized (this) {
      if (last.whole()) {
        return last;
      }
    }
    return awaited();
  }

  private Fetched awaited() {
    CompletableFuture<Fetched> running;
    synchronized (this) {
      running = fetch;
    }
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Type.CANCELLED, "The request was cancelled.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a failed fetch is a value", e);
    }
    synchronized (this) {
      return last;
    }
  }

  private Fetched fetched() {
    try {
      return new Fetched(provider.list(), false, System.nanoTime());
    } catch (RuntimeException e) {
      log.warn("The models of {} could not be listed: {}", provider.name(), e.getMessage());
      return new Fetched(List.of(), true, System.nanoTime());
    }
  }

  /**
   * @param failed whether the provider did not answer
   */
  private record Fetched(List<ModelInfo> models, boolean failed, long at) {
    static final Fetched NEVER = new Fetched(List.of(), true, Long.MIN_VALUE);

    boolean whole() {
      return !failed;
    }

    boolean fresh() {
      return at != NEVER.at && System.nanoTime() - at < (failed ? FAILURE_FRESH : FRESH);
    }

    /** The same models, not to be asked for again at once. */
    Fetched asOf(Fetched failure) {
      return new Fetched(models, false, failure.at - FRESH + FAILURE_FRESH);
    }

    Optional<ModelInfo> find(String name) {
      return models.stream()
          .filter(m -> m.name().equals(name) || m.name().equals(name + ":latest"))
          .findFirst();
    }
  }
}
