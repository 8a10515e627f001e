package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Owner;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import java.util.Map;
import java.util.Optional;

/** Who calls, and where a call under way reports to. Thread-safe. */
public interface CallContext {
  Owner owner();

  ClientInfo client();

  /** The agent that is meant where the arguments name none, where the session is for one. */
  Optional<String> agent();

  /** The session: what one conversation with a client changed is one run of the journal. */
  String session();

  /** Whether {@link #session} is this conversation's alone, and not all of a client's together. */
  default boolean isConversation() {
    return true;
  }

  /** The id the client gave the call. */
  String callId();

  /** Tells the caller how far a call is; does nothing when it did not ask. */
  void progress(double progress, double total, String message);

  /** Whether the client declared a capability, such as {@code elicitation}. */
  boolean can(String capability);

  /**
   * Asks the client for something and waits for its answers, for minutes where a person has to
   * answer.
   *
   * @param wanted by names that are unique within the call
   * @return the results under the same names
   * @throws dev.mneme.common.MnemeException {@code client_silent} when no answer came
   */
  Map<String, JsonNode> request(Map<String, ClientRequest> wanted);

  /** Has a form filled in by the person at the client, for minutes where it has to. */
  default Reply ask(Form form) {
    return Asking.ask(form, this);
  }

  /**
   * From here on the call may last. A client that knows tasks is answered now, with a handle by
   * which it hears of the rest; for others, and where there are too many tasks, nothing changes.
   *
   * @return whether the call is a task now
   */
  default boolean last() {
    return false;
  }

  /**
   * As {@link #last()}, for work that is written down.
   *
   * @param id by which {@link KeptWork} knows it; the handle the client gets, where it can
   */
  default boolean last(String id) {
    return last();
  }

  /**
   * Tells the caller what a call logged.
   *
   * @param level a level of RFC 5424 in lower case, such as {@code info}
   */
  void log(String level, String message);
}
