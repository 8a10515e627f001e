package dev.mneme.memory.journal;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The changes of one call: journaled, put into their tables, and undone together later. Confined to
 * its transaction.
 */
public final class Unit {
  private static final int MAX_PARENTS = 1_000;

  private final Tx tx;
  private final Change change;
  private final Instant at;
  private final Stores stores;
  private final Digests digests;
  private final Checkpoints checkpoints;
  private final List<Subject> subjects = new ArrayList<>();
  private final Set<String> agents = new LinkedHashSet<>();
  private long first;
  private long last;

  Unit(Tx tx, Change change, Instant at, Stores stores, Digests digests, Checkpoints checkpoints) {
    this.tx = tx;
    this.change = change;
    this.at = at;
    this.stores = stores;
    this.digests = digests;
    this.checkpoints = checkpoints;
    requireParents();
  }

  /**
   * The change of one subject.
   *
   * @param before what its table holds now
   */
  public record Edit(String id, Optional<State> before, Optional<State> after) {}

  /**
   * Journals the change of a subject and puts it into its table.
   *
   * @param before what the table holds now
   * @return its journal sequence
   */
  public long write(
      Subject subject, String operation, Optional<State> before, Optional<State> after) {
    Edit edit = new Edit(subject.id(), before, after);
    return writeAll(subject, operation, List.of(edit), List.of());
  }

  /**
   * Journals that a subject is made and has its maker put it into its table.
   *
   * @param subject no one ever had its id; the maker knows, because the id is a new one
   * @param holders the agents whose memory it stands in from now on
   * @param row inserts what the state says
   */
  public Stamp create(
      Subject subject, String operation, State state, List<String> holders, Consumer<Stamp> row) {
    String salt = digests.salt();
    String hash = Digests.hash(salt, state.json());
    agents.addAll(holders);
    long sequence =
        append(
            subject,
            operation,
            List.of(new Version(subject.kind(), subject.id(), Digests.NONE, hash)),
            List.of(),
            subject.id().equals(subject.container())
                ? JournalRows.Head.NONE
                : JournalRows.head(tx, subject.container()));
    Contents.store(tx, sequence, subject.id(), state, salt, 0, Optional.empty());
    Stamp stamp = new Stamp(sequence, at);
    row.accept(stamp);
    return stamp;
  }

  /** As above, where its store knows who holds it and how its row is made. */
  public long create(Subject subject, String operation, State state) {
    SubjectStore store = stores.of(subject.kind());
    List<String> holders = store.agents(tx, subject.id());
    Consumer<Stamp> row = stamp -> store.apply(tx, subject.id(), Optional.of(state), stamp);
    return create(subject, operation, state, holders, row).sequence();
  }

  /** Journals changes of many subjects of one kind and container in one row. */
  public long writeBatch(String kind, String container, String operation, List<Edit> edits) {
    return writeAll(new Subject(kind, container, container), operation, edits, List.of());
  }

  long writeAll(Subject subject, String operation, List<Edit> edits, List<Long> undoes) {
    SubjectStore store = stores.of(subject.kind());
    List<Version> versions = new ArrayList<>(edits.size());
    List<Prepared> prepared = new ArrayList<>(edits.size());
    for (Edit edit : edits) {
      Prepared ready = prepare(edit);
      prepared.add(ready);
      versions.add(new Version(subject.kind(), edit.id(), ready.beforeHash(), ready.afterHash()));
      agents.addAll(store.agents(tx, edit.id()));
    }
    long sequence =
        append(subject, operation, versions, undoes, JournalRows.head(tx, subject.container()));
    for (int i = 0; i < edits.size(); i++) {
      Edit edit = edits.get(i);
      Prepared ready = prepared.get(i);
      edit.after()
          .ifPresent(state ->
              Contents.store(
                  tx, sequence, edit.id(), state, ready.salt(), ready.depth(), ready.base()));
      store.apply(tx, edit.id(), edit.after(), new Stamp(sequence, at));
    }
    return sequence;
  }

  /**
   * An edit with its hashes.
   *
   * @param base the state a difference may refer to
   */
  private record Prepared(
      String beforeHash, String afterHash, String salt, int depth, Optional<State> base) {}

  private Prepared prepare(Edit edit) {
    Optional<Contents.Last> last = Contents.last(tx, edit.id());
    Optional<State> before = edit.before();
    boolean trusted = last.map(l -> l.matches(before)).orElseGet(before::isEmpty);
    String salt = digests.salt();
    String afterHash = edit.after().map(s -> Digests.hash(salt, s.json())).orElse(Digests.NONE);
    return trusted
        ? new Prepared(
            last.map(Contents.Last::after).orElse(Digests.NONE),
            afterHash,
            salt,
            last.map(l -> l.depth() + 1).orElse(0),
            before)
        // Not what the journal left: a hash of its own, which verification finds.
        : new Prepared(
            before.map(s -> Digests.hash(digests.salt(), s.json())).orElse(Digests.NONE),
            afterHash,
            salt,
            0,
            Optional.empty());
  }

  /** The journal sequence of the last change written; 0 before the first. */
  public long lastSequence() {
    return last;
  }

  public Instant at() {
    return at;
  }

  /** The first row of this call; 0 before it. */
  long first() {
    return first;
  }

  Changed changed() {
    return new Changed(tx.owner(), last, subjects, agents);
  }

  private long append(
      Subject subject,
      String operation,
      List<Version> versions,
      List<Long> undoes,
      JournalRows.Head head) {
    long sequence = JournalRows.lastSequence(tx) + 1;
    first = first == 0 ? sequence : first;
    last = sequence;
    List<Link> links = new ArrayList<>();
    change.parents().forEach(parent -> links.add(new Link(Link.PARENT, parent)));
    undoes.forEach(undone -> links.add(new Link(Link.UNDOES, undone)));
    Entry entry =
        new Entry(
            sequence,
            at,
            change.actor(),
            change.origin(),
            change.source(),
            change.run(),
            change.step(),
            change.toolCall(),
            subject,
            operation,
            first);
    String whoSalt = digests.salt();
    String whoHash = Digests.hash(Entry.who(change, whoSalt));
    String versionsHash = Digests.versions(versions);
    String linksHash = Digests.links(links);
    String owner = tx.owner().id();
    String mac =
        SealedEntry.mac(digests, entry, owner, whoHash, versionsHash, linksHash, head.mac());
    JournalRows.insert(
        tx,
        new SealedEntry(entry, owner, whoSalt, whoHash, versionsHash, linksHash, head.mac(), mac));
    JournalRows.insertVersions(tx, sequence, versions);
    JournalRows.insertLinks(tx, sequence, links);
    JournalRows.putHead(
        tx, subject.container(), new JournalRows.Head(sequence, head.entries() + 1, mac));
    versions.forEach(v -> subjects.add(new Subject(v.kind(), v.subject(), subject.container())));
    checkpoints.rowWritten(tx, sequence, at);
    return sequence;
  }

  private void requireParents() {
    if (change.parents().size() > MAX_PARENTS) {
      throw MnemeException.limit(
          "too_many_parents", "A change may be derived from at most " + MAX_PARENTS + " others.");
    }
    for (long parent : change.parents()) {
      if (JournalRows.find(tx, parent).isEmpty()) {
        throw MnemeException.notFound(
            "unknown_sequence",
            "There is no journal entry " + parent + " this could be derived from.");
      }
    }
  }

  static Instant now(java.time.Clock clock) {
    return Timestamps.stored(clock.instant());
  }
}
