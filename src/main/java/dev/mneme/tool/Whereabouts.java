package dev.mneme.tool;

import java.time.Duration;
import java.util.Optional;

/** Remembers where a call ran, and in which session. Thread-safe. */
public final class Whereabouts implements ToolListener {
  private volatile Optional<String> backend = Optional.empty();
  private volatile Optional<SessionState> session = Optional.empty();

  /** Such as {@code docker}; absent when no worker has had the call. */
  public Optional<String> backend() {
    return backend;
  }

  /** The session a script ran in. */
  public Optional<SessionState> session() {
    return session;
  }

  @Override
  public void session(SessionState state) {
    session = Optional.of(state);
  }

  @Override
  public void placed(String name, String worker, Duration queued, Duration starting) {
    backend = Optional.of(name);
  }
}
