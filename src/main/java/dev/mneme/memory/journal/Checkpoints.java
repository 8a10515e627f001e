package dev.mneme.memory.journal;

import dev.mneme.common.Owner;
import dev.mneme.common.Sha256;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.Query;

/**
 * Hashes of all chain ends of an owner, written every so many rows and at close. They make it
 * evident when a whole chain, or the end of one together with its head, is gone.
 */
final class Checkpoints {
  private static final int MIN_ROWS = 1_000;

  private final Digests digests;
  private final Map<String, Long> rowsSince = new ConcurrentHashMap<>();

  Checkpoints(Digests digests) {
    this.digests = digests;
  }

  void rowWritten(Tx tx, long sequence, Instant at) {
    long rows = rowsSince.merge(tx.owner().id(), 1L, Long::sum);
    // As rare as there are chains, so that checkpoints never cost more than the rows themselves.
    if (rows % MIN_ROWS == 0 && rows >= chains(tx)) {
      write(tx, sequence, at);
    }
  }

  /** The owners that wrote something since their last checkpoint. */
  Set<Owner> due() {
    return rowsSince.keySet().stream()
        .map(Owner::new)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  void write(Tx tx, long sequence, Instant at) {
    rowsSince.remove(tx.owner().id());
    String heads = headsNow(tx);
    tx.update(
            "INSERT INTO journal_checkpoint (owner_id, sequence, at, heads, mac)"
                + " VALUES (:owner, :sequence, :at, :heads, :mac)"
                + " ON CONFLICT (owner_id, sequence) DO NOTHING")
        .bind("sequence", sequence)
        .bind("at", Timestamps.text(at))
        .bind("heads", heads)
        .bind("mac", mac(tx.owner().id(), sequence, at, heads))
        .execute();
  }

  String mac(String owner, long sequence, Instant at, String heads) {
    return digests.mac("checkpoint", owner, sequence, at, heads);
  }

  boolean isGenuine(String mac, String owner, long sequence, Instant at, String heads) {
    return digests.isMac(mac, "checkpoint", owner, sequence, at, heads);
  }

  /** As {@link #headsAt} for the last sequence, without a search in each chain. */
  private static String headsNow(Reads reads) {
    return hash(
        reads.query(
            "SELECT container, mac FROM journal_head WHERE owner_id = :owner ORDER BY container"));
  }

  /** One hash over the ends that all chains had at a sequence. */
  static String headsAt(Reads reads, long sequence) {
    return hash(
        reads
            .query(
                "SELECT h.container, (SELECT j.mac FROM journal j WHERE j.owner_id = :owner"
                    + " AND j.container = h.container AND j.sequence <= :sequence"
                    + " ORDER BY j.sequence DESC LIMIT 1) FROM journal_head h"
                    + " WHERE h.owner_id = :owner ORDER BY h.container")
            .bind("sequence", sequence));
  }

  private static String hash(Query query) {
    MessageDigest digest = Sha256.fresh();
    try (var heads =
        query.map((rs, _) -> new String[] {rs.getString(1), rs.getString(2)}).iterator()) {
      while (heads.hasNext()) {
        String[] head = heads.next();
        if (head[1] != null) {
          Digests.add(digest, head[0]);
          Digests.add(digest, head[1]);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static long chains(Reads reads) {
    return reads.number("SELECT count(*) FROM journal_head WHERE owner_id = :owner").orElse(0L);
  }
}
