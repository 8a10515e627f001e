package dev.mneme.sandbox.consent;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.consent.ConsentRequest.Status;
import dev.mneme.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The requests for consent, for those who resolve them. Who may is decided by the caller, but
 * nobody resolves a request of their own. Thread-safe.
 */
public final class Approvals {
  /** After this a request is not resolved any more, and the call has to be made anew. */
  static final Duration WAITS = Duration.ofHours(24);

  private static final int MOST = 500;

  private final Database database;
  private final InstantSource clock;

  public Approvals(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Those of an owner, newest first. */
  public List<ConsentRequest> own(Owner owner) {
    return database.scope(owner).read(reads -> ConsentRows.list(reads, MOST));
  }

  /** Those of all owners that wait, oldest first. */
  public List<ConsentRequest> waiting() {
    return database.maintain(all -> ConsentRows.waiting(all, clock.instant().minus(WAITS), MOST));
  }

  /**
   * Agrees or refuses.
   *
   * @throws MnemeException {@code unknown_approval}, {@code self_approval}, {@code
   *     approval_resolved}
   */
  public ConsentRequest resolve(Resolver resolver, String id, boolean agreed) {
    return database.maintainWrite(all -> {
      ConsentRequest request = ConsentRows.find(all, id).orElseThrow(() -> unknown(id));
      if (resolver.owner().filter(request.owner()::equals).isPresent()) {
        throw MnemeException.denied(
            "self_approval", "Nobody approves a call of their own; ask somebody else to.");
      }
      boolean old = request.createdAt().isBefore(clock.instant().minus(WAITS));
      Status status = agreed ? Status.APPROVED : Status.DENIED;
      if (old || !ConsentRows.resolve(all, id, status, resolver.name(), clock.instant())) {
        throw MnemeException.conflict(
            "approval_resolved",
            "The request " + id + " is " + (old ? "too old" : request.status().text()) + ".");
      }
      return ConsentRows.find(all, id).orElseThrow(() -> unknown(id));
    });
  }

  private static MnemeException unknown(String id) {
    return MnemeException.notFound("unknown_approval", "There is no request " + id + ".");
  }
}
