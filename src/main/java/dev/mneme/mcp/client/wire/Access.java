package dev.mneme.mcp.client.wire;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What opens a server that wants to know who asks. Thread-safe; callers wait. */
public interface Access {
  /** For servers that want none, or whose headers hold it. */
  Access NONE =
      new Access() {
        @Override
        public Optional<Pass> pass(String method, URI url) {
          return Optional.empty();
        }

        @Override
        public boolean renewed(Refusal refusal) {
          return false;
        }
      };

  /**
   * What opens one request.
   *
   * @param headers that hold the token, and what proves that it is ours where it has to be proved
   */
  record Pass(String token, Map<String, String> headers) {
    public Pass {
      headers = Map.copyOf(headers);
    }

    /** Without what it opens. */
    @Override
    public String toString() {
      return "Pass";
    }
  }

  /**
   * A request was refused.
   *
   * @param token that it was sent with
   * @param challenges what the server said that it wants
   * @param nonce what it wants to find in proofs from now on
   */
  record Refusal(
      int status, Optional<String> token, List<String> challenges, Optional<String> nonce) {
    public Refusal {
      challenges = List.copyOf(challenges);
    }

    /** Without what opens it. */
    @Override
    public String toString() {
      return "Refusal[" + status + "]";
    }
  }

  /** What opens a request, where there is something; good for this one alone. */
  Optional<Pass> pass(String method, URI url) throws CallFailed;

  /** A server said what it wants to find in proofs from now on. */
  default void hear(String nonce) {}

  /**
   * Tries to get a better token.
   *
   * @return whether asking once more makes sense
   * @throws CallFailed {@code UNAUTHORIZED}, saying what somebody has to do
   */
  boolean renewed(Refusal refusal) throws CallFailed;
}
