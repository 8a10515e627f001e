package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Carries messages to one server and back. Thread-safe. Opened once. */
public interface Transport extends AutoCloseable {
  /** Starts; what comes is told to the inbox. */
  void open(Inbox inbox) throws IOException;

  /** Sends without waiting for the other side. */
  void send(ObjectNode message) throws CallFailed;

  /** The revision both sides agreed on. */
  default void agreed(String version) {}

  /** What the server said beside the protocol, its last lines. */
  default String said() {
    return "";
  }

  /** Ends it and, where it is a program, all it started. Waits for that, a few seconds at most. */
  @Override
  void close();
}
