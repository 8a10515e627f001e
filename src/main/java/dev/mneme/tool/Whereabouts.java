package dev.mneme.tool;

import java.time.Duration;
import java.util.Optional;

/** Remembers where a call ran. Thread-safe. */
public final class Whereabouts implements ToolListener {
  private volatile Optional<String> backend = Optional.empty();

  /** Such as {@code docker}; absent when no worker has had the call. */
  public Optional<String> backend() {
    return backend;
  }

  @Override
  public void placed(String name, String worker, Duration queued, Duration starting) {
    backend = Optional.of(name);
  }
}
