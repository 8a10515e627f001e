package dev.mneme.memory.journal;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.Scope;
import dev.mneme.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a store. All changes of what is remembered go through {@link #write}; everything
 * else reads what it left or takes it back.
 *
 * <p>Thread-safe. Closing writes a last checkpoint; the database is closed by its owner, later.
 */
public final class Journal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final Database database;
  private final Clock clock;
  private final Stores stores;
  private final Digests digests;
  private final Checkpoints checkpoints;
  private final History history;
  private final Undoing undoing;
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param keys authenticate the rows, the present one first, then older ones that wrote some; at
   *     least 16 bytes each, kept outside the database
   * @param random makes salts; a cryptographic one
   * @param stores the kinds of subjects, those that others refer to first
   */
  public Journal(
      Database database,
      List<byte[]> keys,
      Clock clock,
      RandomGenerator random,
      List<SubjectStore> stores) {
    this.database = database;
    this.clock = clock;
    this.stores = new Stores(stores);
    this.digests = new Digests(keys, random);
    this.checkpoints = new Checkpoints(digests);
    this.history = new History(this.stores);
    this.undoing = new Undoing(database, this, this.stores);
  }

  public void addListener(ChangeListener listener) {
    listeners.add(listener);
  }

  /** Runs a change as one transaction: durable, journaled and told when this returns. */
  public <T> T write(Owner owner, Change change, JournalWork<T> work) {
    return database.scope(owner).write(tx -> work.apply(tx, unit(tx, change)));
  }

  /** Begins a change within a transaction of a larger one. */
  public Unit unit(Tx tx, Change change) {
    Unit unit = new Unit(tx, change, Unit.now(clock), stores, digests, checkpoints);
    tx.afterCommit(() -> tell(unit));
    return unit;
  }

  /** The highest sequence so far, of all owners. */
  public long lastSequence(Owner owner) {
    return database.scope(owner).read(JournalRows::lastSequence);
  }

  /** What a subject was once the row with this sequence was written. */
  public Recall asOf(Owner owner, String subject, long sequence) {
    return database.scope(owner).read(reads -> Recall.at(reads, subject, sequence));
  }

  public List<HistoryEntry> history(Owner owner, HistoryQuery query) {
    return database.scope(owner).read(reads -> history.list(reads, query));
  }

  public Optional<HistoryEntry> entry(Owner owner, long sequence) {
    return database.scope(owner).read(reads -> history.find(reads, sequence));
  }

  /**
   * Takes changes back. Where later changes touched other parts of the same subjects they are kept;
   * where they touched the same parts, nothing is undone and the conflict tells what they are.
   */
  public Undone undo(Owner owner, UndoRequest request, Change change) {
    return undoing.undo(owner, request, "undo", change);
  }

  /** Takes an undo back; any entry of the undo names it. */
  public Undone redo(Owner owner, long sequence, Change change) {
    return undoing.redo(owner, sequence, change);
  }

  /**
   * Takes a text out of rows and stored contents of what is in these containers, of these subjects,
   * and out of the names in all the owner's journal rows. The caller cleans what lies elsewhere.
   */
  public Redacted redact(
      Owner owner,
      Set<String> containers,
      Set<String> subjects,
      Redaction redaction,
      Change change) {
    Redactor redactor = new Redactor(stores);
    return write(
        owner,
        change,
        (tx, unit) ->
            redactor.redact(tx, unit, new Redactor.Scope(containers, subjects), redaction));
  }

  /** The subjects that hold a text now or held it earlier, where {@link #redact} would look. */
  public List<Subject> holding(
      Owner owner, Set<String> containers, Set<String> subjects, Redaction redaction) {
    return database
        .scope(owner)
        .read(reads ->
            new Redactor(stores)
                .holding(reads, new Redactor.Scope(containers, subjects), redaction));
  }

  /**
   * Removes contents written before a time, but never the last ones of a subject. What was removed
   * cannot be read or restored any more; the chain still verifies.
   *
   * @param keepLast how many versions of each subject stay, at least 1
   * @return how many were removed
   */
  public int prune(Owner owner, Instant olderThan, int keepLast) {
    return new Pruner(database).prune(owner, olderThan, keepLast);
  }

  /** Checks all that this owner's journal says. */
  public VerifyReport verify(Owner owner) {
    return database
        .scope(owner)
        .read(reads -> {
          Findings findings = new Findings();
          new ChainCheck(digests, checkpoints, findings).run(reads);
          new StateCheck(stores, findings).run(reads);
          return findings.report();
        });
  }

  /**
   * Whether the newest row was written with one of the keys, or there is none. A cheap look: a
   * folder that got a wrong key is noticed before it gets more rows.
   */
  public boolean knowsItsKey() {
    return database.maintain(handle ->
        handle
            .createQuery(
                "SELECT "
                    + JournalRows.COLUMNS
                    + " FROM journal j ORDER BY j.sequence DESC LIMIT 1")
            .map((rs, _) -> JournalRows.read(rs))
            .findFirst()
            .map(row -> row.isGenuine(digests))
            .orElse(Boolean.TRUE));
  }

  /** Checks the journals of all owners, and that no row is missing between them. */
  public VerifyReport verifyAll() {
    Findings findings = new Findings();
    List<String> owners =
        database.maintain(handle -> {
          long rows = one(handle, "SELECT count(*) FROM journal");
          long last = one(handle, "SELECT coalesce(max(sequence), 0) FROM journal");
          if (rows != last) {
            findings.add(
                "journal", last, "entries_missing", (last - rows) + " entries are missing");
          }
          return handle
              .createQuery("SELECT owner_id FROM owner ORDER BY owner_id")
              .mapTo(String.class)
              .list();
        });
    VerifyReport report = findings.report();
    for (String owner : owners) {
      report = report.plus(verify(new Owner(owner)));
    }
    return report;
  }

  private static long one(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Long.class).one();
  }

  private void tell(Unit unit) {
    if (unit.lastSequence() == 0) {
      return;
    }
    Changed changed = unit.changed();
    for (ChangeListener listener : listeners) {
      try {
        listener.changed(changed);
      } catch (RuntimeException e) {
        log.warn("A listener failed for the change with sequence {}", changed.sequence(), e);
      }
    }
  }

  @Override
  public void close() {
    for (Owner owner : checkpoints.due()) {
      Scope scope = database.scope(owner);
      scope.update(tx -> checkpoints.write(tx, JournalRows.lastSequence(tx), Unit.now(clock)));
    }
  }
}
