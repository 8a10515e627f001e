package dev.mneme.sandbox.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.sandbox.ledger.CallEntry.Outcome;
import dev.mneme.secret.SecretMask;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes calls down and finds them again. Thread-safe.
 *
 * <p>What is noted is on disk when the method returns; what is added is so within a quarter of a
 * second, and lost when the server is killed before. When the disk cannot keep up entries are
 * dropped, which the log says. {@link #close} writes what is left.
 */
public final class Ledger implements CallLog, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final int ROOM = 4_000;
  private static final int BATCH = 500;
  private static final long GATHER_MILLIS = 200;
  private static final long PRUNE_NANOS = Duration.ofMinutes(10).toNanos();

  private final Database database;
  private final LedgerSettings settings;
  private final Ids ids;
  private final InstantSource clock;
  private final BlockingQueue<Supplier<CallEntry>> waiting = new LinkedBlockingQueue<>(ROOM);
  private final Semaphore added = new Semaphore(0);
  private final AtomicLong dropped = new AtomicLong();
  private final Object writing = new Object();
  private final CallBatches batches;
  private final Notes notes;
  private final Thread thread;
  private volatile boolean closed;

  private Ledger(Database database, LedgerSettings settings, Ids ids, InstantSource clock) {
    this.database = database;
    this.batches = new CallBatches(database);
    this.notes = new Notes(batches::put);
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("call-ledger").unstarted(this::keepUp);
  }

  /** Opens the ledger; calls that a crash cut off are marked as lost. */
  public static Ledger open(
      Database database, LedgerSettings settings, Ids ids, InstantSource clock) {
    Ledger ledger = new Ledger(database, settings, ids, clock);
    database.maintainWrite(handle ->
        handle.execute(
            "UPDATE tool_call SET outcome = ?, reason = 'lost',"
                + " message = 'The server ended during the call.' WHERE outcome = ?",
            Outcome.PROTOCOL_ERROR.text(),
            Outcome.RUNNING.text()));
    ledger.thread.start();
    return ledger;
  }

  @Override
  public CallDraft draft(Caller caller, ToolIdentity tool) {
    return new CallDraft(ids.next("call"), clock.instant(), caller, tool);
  }

  @Override
  public void note(CallDraft call, JsonNode arguments, SecretMask mask) {
    CallEntry entry =
        Entries.of(
            call,
            arguments,
            mask,
            CallEntry.Place.NOWHERE,
            new CallEntry.Ending(Outcome.RUNNING, "", ""),
            CallEntry.Traffic.NONE);
    notes.write(entry);
  }

  @Override
  public void add(
      CallDraft call,
      JsonNode arguments,
      SecretMask mask,
      CallEntry.Place place,
      Supplier<CallEntry.Ending> ending,
      Supplier<CallEntry.Traffic> traffic) {
    boolean taken =
        waiting.offer(() -> Entries.of(call, arguments, mask, place, ending.get(), traffic.get()));
    if (taken) {
      added.release();
    } else {
      dropped.incrementAndGet();
    }
  }

  /** Calls of an owner, newest first, with those that were added before. */
  public List<CallEntry> list(Owner owner, CallQuery query) {
    writeWaiting();
    return find(database, owner, query);
  }

  /** As {@link #list}, of a database that a server may be writing to. */
  public static List<CallEntry> find(Database database, Owner owner, CallQuery query) {
    return database.scope(owner).read(reads -> CallRows.list(reads, query));
  }

  /** Removes what is too old or too much; how many rows went. */
  int prune() {
    String oldest = Timestamps.text(clock.instant().minus(settings.keep()));
    return database.maintainWrite(handle ->
        handle.execute("DELETE FROM tool_call WHERE started_at < ?", oldest)
            + handle.execute(
                "DELETE FROM tool_call WHERE call_id IN (SELECT call_id FROM tool_call"
                    + " ORDER BY started_at DESC, call_id DESC LIMIT 1000000000 OFFSET ?)",
                settings.most()));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    do {
      writeWaiting();
    } while (!waiting.isEmpty());
  }

  private void keepUp() {
    long pruned = System.nanoTime() - PRUNE_NANOS;
    while (!closed) {
      try {
        if (System.nanoTime() - pruned >= PRUNE_NANOS) {
          prune();
          pruned = System.nanoTime();
        }
        if (added.tryAcquire(PRUNE_NANOS, TimeUnit.NANOSECONDS)) {
          Thread.sleep(GATHER_MILLIS);
          added.drainPermits();
          writeWaiting();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (MnemeException e) {
        log.warn("Calls could not be written down: {}", e.message());
      } catch (RuntimeException e) {
        log.error("Calls could not be written down.", e);
      }
    }
  }

  private void writeWaiting() {
    List<Supplier<CallEntry>> entries = new ArrayList<>();
    synchronized (writing) {
      // What comes while this writes waits for the next time: else it would be written in crumbs.
      do {
        entries.clear();
        waiting.drainTo(entries, BATCH);
        writeAll(entries);
      } while (entries.size() == BATCH);
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.warn("{} calls were not written down, because the disk could not keep up.", lost);
    }
  }

  private void writeAll(List<Supplier<CallEntry>> entries) {
    List<CallEntry> made = new ArrayList<>();
    for (Supplier<CallEntry> entry : entries) {
      try {
        made.add(entry.get());
      } catch (RuntimeException e) {
        log.error("A call could not be written down.", e);
      }
    }
    List<RuntimeException> failed = List.copyOf(batches.put(made).values());
    if (!failed.isEmpty()) {
      log.warn("{} calls could not be written down.", failed.size(), failed.getFirst());
    }
  }
}
