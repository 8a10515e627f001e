package dev.mneme.sandbox.consent;

import dev.mneme.common.Owner;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A call that waits, or waited, for a person's agreement.
 *
 * @param owner whose call it is
 * @param ownerName as the configuration names the owner
 * @param face the way by which the call came
 * @param source where the tool came from
 * @param arguments for people; secrets masked, cut
 * @param why it is asked for
 * @param resolvedBy who agreed or refused
 */
public record ConsentRequest(
    String id,
    Owner owner,
    String ownerName,
    String face,
    Optional<String> agentId,
    String source,
    String tool,
    String arguments,
    String why,
    Status status,
    Instant createdAt,
    Optional<String> resolvedBy,
    Optional<Instant> resolvedAt) {
  /** What became of it. */
  public enum Status {
    PENDING,
    /** The same call may be made once. */
    APPROVED,
    DENIED,
    /** The call was made. */
    USED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
