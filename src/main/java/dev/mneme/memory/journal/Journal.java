package dev.mneme.memory.journal;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Scope;
import dev.mneme.store.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
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
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param key authenticates the rows; at least 16 bytes, kept outside the database
   * @param random makes salts; a cryptographic one
   * @param stores the kinds of subjects, those that others refer to first
   */
  public Journal(
      Database database,
      byte[] key,
      Clock clock,
      RandomGenerator random,
      List<SubjectStore> stores) {
    this.database = database;
    this.clock = clock;
    this.stores = new Stores(stores);
    this.digests = new Digests(key, random);
    this.checkpoints = new Checkpoints(digests);
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

  /** What a subject was once the row with this sequence was written; see {@link #asOf}. */
  public static Optional<State> stateAt(Reads reads, String subject, long sequence) {
    return Recall.at(reads, subject, sequence).state();
  }

  /** What a subject was once the row with this sequence was written. */
  public Recall asOf(Owner owner, String subject, long sequence) {
    return database.scope(owner).read(reads -> Recall.at(reads, subject, sequence));
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
