package dev.mneme.mcp.client.wire;

import java.io.IOException;

/** Carries messages to one server and back. Thread-safe. Opened once. */
public interface Transport extends AutoCloseable {
  /** Starts; what comes is told to the inbox. */
  void open(Inbox inbox) throws IOException;

  /** Sends without waiting for the other side. */
  void send(Outgoing message) throws CallFailed;

  /**
   * Sends a request that the calling thread then waits for: this may return only when nothing more
   * will come for it.
   */
  default void ask(Outgoing request) throws CallFailed {
    send(request);
  }

  /** The revision that is spoken from now on; empty while none is agreed on. */
  default void agreed(String version) {}

  /** The server was greeted in the older way: it may have something to say unasked from now on. */
  default void greeted() {}

  /** Whether each request goes its own way, with headers; else all go one after the other. */
  default boolean isRequestWise() {
    return false;
  }

  /** Nobody waits for the answer to a request any more; what is under way for it ends. */
  default void abandon(long id) {}

  /** What the server said beside the protocol, its last lines. */
  default String said() {
    return "";
  }

  /** Ends it and, where it is a program, all it started. Waits for that, a few seconds at most. */
  @Override
  void close();
}
