package dev.mneme.mcp.client.wire;

import java.util.List;
import java.util.Optional;

/** What opens a server that wants to know who asks. Thread-safe; callers wait. */
public interface Access {
  /** For servers that want none, or whose headers hold it. */
  Access NONE =
      new Access() {
        @Override
        public Optional<String> token() {
          return Optional.empty();
        }

        @Override
        public boolean renewed(Refusal refusal) {
          return false;
        }
      };

  /**
   * A request was refused.
   *
   * @param token that it was sent with
   * @param challenges what the server said that it wants
   */
  record Refusal(int status, Optional<String> token, List<String> challenges) {
    public Refusal {
      challenges = List.copyOf(challenges);
    }

    /** Without what opens it. */
    @Override
    public String toString() {
      return "Refusal[" + status + "]";
    }
  }

  /** The token that is sent with each request, where there is one. */
  Optional<String> token() throws CallFailed;

  /**
   * Tries to get a better token.
   *
   * @return whether asking once more makes sense
   * @throws CallFailed {@code UNAUTHORIZED}, saying what somebody has to do
   */
  boolean renewed(Refusal refusal) throws CallFailed;
}
