package dev.mneme.api.mcp;

import dev.mneme.common.Owner;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Logins that wait for a browser to come back, a few of each owner. Thread-safe. */
final class PendingLogins {
  private static final int MOST = 8;

  private record Waiting(Owner owner, CompletableFuture<URI> answer) {}

  private final Map<String, Waiting> byState = new HashMap<>();

  /**
   * @param state by which the answer is known
   * @return done with what the browser brings; {@link #end} has to be called
   * @throws CallFailed where the owner has too many already
   */
  synchronized CompletableFuture<URI> begin(Owner owner, String state) throws CallFailed {
    long its = byState.values().stream().filter(one -> one.owner().equals(owner)).count();
    if (state.isEmpty() || its >= MOST) {
      throw new CallFailed(
          Reason.UNAUTHORIZED, its + " logins of yours are under way; " + MOST + " may be");
    }
    CompletableFuture<URI> answer = new CompletableFuture<>();
    byState.put(state, new Waiting(owner, answer));
    return answer;
  }

  /** Whoever waits for the answer of a state; once. */
  synchronized Optional<CompletableFuture<URI>> take(String state) {
    return Optional.ofNullable(byState.remove(state)).map(Waiting::answer);
  }

  synchronized void end(String state) {
    byState.remove(state);
  }
}
