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

  /** A member of a batch: a subject that did not exist before. */
  public record Made(String id, State state) {}

  /**
   * Journals the change of a subject and puts it into its table.
   *
   * @param before what the table holds now
   * @return its journal sequence
   */
  public long write(
      Subject subject, String operation, Optional<State> before, Optional<State> after) {
    return write(subject, operation, before, after, List.of());
  }

  long write(
      Subject subject,
      String operation,
      Optional<State> before,
      Optional<State> after,
      List<Long> undoes) {
    SubjectStore store = stores.of(subject.kind());
    Optional<Contents.Last> last = Contents.last(tx, subject.id());
    boolean trusted = last.map(l -> l.matches(before)).orElseGet(before::isEmpty);
    String beforeHash = beforeHash(last, before, trusted);
    String salt = digests.salt();
    String afterHash = after.map(s -> Digests.hash(salt, s.json())).orElse(Digests.NONE);
    Version version = new Version(subject.kind(), subject.id(), beforeHash, afterHash);
    agents.addAll(store.agents(tx, subject.id()));
    long sequence = append(subject, operation, List.of(version), undoes);
    if (after.isPresent()) {
      int depth = trusted ? last.map(l -> l.depth() + 1).orElse(0) : 0;
      Contents.store(
          tx,
          sequence,
          subject.id(),
          after.get(),
          salt,
          depth,
          trusted ? before : Optional.empty());
    }
    store.apply(tx, subject.id(), after, new Stamp(sequence, at));
    agents.addAll(store.agents(tx, subject.id()));
    return sequence;
  }

  /** Journals many new subjects of one container in one row. */
  public long writeBatch(String kind, String container, String operation, List<Made> made) {
    SubjectStore store = stores.of(kind);
    List<Version> versions = new ArrayList<>(made.size());
    List<String> salts = new ArrayList<>(made.size());
    for (Made member : made) {
      String salt = digests.salt();
      salts.add(salt);
      versions.add(
          new Version(kind, member.id(), Digests.NONE, Digests.hash(salt, member.state().json())));
    }
    long sequence = append(new Subject(kind, container, container), operation, versions, List.of());
    for (int i = 0; i < made.size(); i++) {
      Made member = made.get(i);
      Contents.put(
          tx, member.id(), new Contents.Row(sequence, 0, salts.get(i), member.state().json()));
      store.apply(tx, member.id(), Optional.of(member.state()), new Stamp(sequence, at));
    }
    return sequence;
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
      Subject subject, String operation, List<Version> versions, List<Long> undoes) {
    long sequence = JournalRows.lastSequence(tx) + 1;
    JournalRows.Head head = JournalRows.head(tx, subject.container()).orElse(JournalRows.Head.NONE);
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

  /** A state that is not what the journal left gets a hash of its own, which verification finds. */
  private String beforeHash(Optional<Contents.Last> last, Optional<State> before, boolean trusted) {
    if (trusted) {
      return last.map(Contents.Last::after).orElse(Digests.NONE);
    }
    return before.map(s -> Digests.hash(digests.salt(), s.json())).orElse(Digests.NONE);
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
