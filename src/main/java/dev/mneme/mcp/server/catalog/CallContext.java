package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;
import dev.mneme.tool.Question;
import dev.mneme.tool.Reply;
import java.util.Optional;

/** Who calls, and where a call under way reports to. Thread-safe. */
public interface CallContext {
  Owner owner();

  ClientInfo client();

  /** The agent that is meant where the arguments name none, where the session is for one. */
  Optional<String> agent();

  /** The session: what one conversation with a client changed is one run of the journal. */
  String session();

  /** The id the client gave the call. */
  String callId();

  /** Tells the caller how far a call is; does nothing when it did not ask. */
  void progress(double progress, double total, String message);

  /** Asks the person at the client and waits for the answer, for minutes where it has to. */
  Reply ask(Question question);

  /**
   * Tells the caller what a call logged.
   *
   * @param level a level of RFC 5424 in lower case, such as {@code info}
   */
  void log(String level, String message);
}
