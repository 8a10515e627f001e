package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/** How one generation of the protocol puts what is asked of a server. Immutable. */
sealed interface Era permits LegacyEra, ModernEra {
  /** As it stands on the wire. */
  String revision();

  /** Adds what each request says of itself. */
  void complete(ObjectNode params, CallListener listener);

  /**
   * The headers of a message.
   *
   * @param more those of this request alone
   */
  Map<String, String> headers(String method, ObjectNode params, Map<String, String> more);

  /** Whether a server notices that nobody waits any more, without being told. */
  boolean isCancelledByAbandoning(Transport transport);

  /** Whether schemas may name arguments that are to be sent as headers too. */
  boolean hasParamHeaders();

  /** Calls a tool and answers what the server wants to know before it has a result. */
  ObjectNode call(
      Rpc rpc, ObjectNode params, Map<String, String> headers, Duration timeout, CallListener asked)
      throws CallFailed;
}
