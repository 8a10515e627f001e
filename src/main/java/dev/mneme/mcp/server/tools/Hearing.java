package dev.mneme.mcp.server.tools;

import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.SessionState;
import dev.mneme.tool.ToolListener;
import java.time.Duration;
import java.util.Optional;

/** Passes on what a call reports while it runs, and remembers where it ran. */
final class Hearing implements ToolListener {
  private final CallContext context;
  private volatile Optional<String> place = Optional.empty();
  private volatile Optional<SessionState> session = Optional.empty();

  Hearing(CallContext context) {
    this.context = context;
  }

  /** The back end, such as {@code docker}; absent when no worker has had the call. */
  Optional<String> place() {
    return place;
  }

  /** The session a script ran in. */
  Optional<SessionState> session() {
    return session;
  }

  @Override
  public void session(SessionState state) {
    session = Optional.of(state);
  }

  @Override
  public void progress(double progress, double total, String message) {
    context.progress(progress, total, message);
  }

  @Override
  public void log(String level, String message) {
    context.log(level, message);
  }

  @Override
  public Reply ask(Form form) {
    return context.ask(form);
  }

  @Override
  public void placed(String backend, String worker, Duration queued, Duration starting) {
    place = Optional.of(backend);
  }
}
