package dev.mneme.memory;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.journal.Subject;
import dev.mneme.memory.journal.Unit;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Archives and their passages. Every write is durable and journaled when the call returns, and
 * found by the next search. Thread-safe.
 */
public final class ArchiveService {
  public static final int MAX_BATCH = 5_000;
  private static final int LAST_PASSAGES = 1_000;

  private final Database database;
  private final Journal journal;
  private final Ids ids;
  private final PassageIndex index;
  private final BlockWriter attachments;
  private final PassageWriter passages;

  public ArchiveService(Database database, Journal journal, Ids ids, PassageIndex index) {
    this.database = database;
    this.journal = journal;
    this.ids = ids;
    this.index = index;
    this.attachments = new BlockWriter(ids);
    this.passages = new PassageWriter(ids);
    journal.addListener(new IndexRefresher(index));
  }

  public Archive create(Owner owner, String name, String description, Change change) {
    return journal.write(owner, change, (tx, unit) -> create(tx, unit, name, description));
  }

  /** As {@link #create(Owner, String, String, Change)}, as a part of a larger change. */
  public Archive create(Tx tx, Unit unit, String name, String description) {
    Archive draft =
        new Archive(ids.next("archive"), name, description, Map.of(), unit.at(), unit.at(), 0);
    return put(unit, "create", draft, Optional.empty());
  }

  public Optional<Archive> find(Owner owner, String archiveId) {
    return database.scope(owner).read(reads -> ArchiveRows.find(reads, archiveId));
  }

  /** As {@link #find(Owner, String)}, within a transaction. */
  public Optional<Archive> find(Reads reads, String archiveId) {
    return ArchiveRows.find(reads, archiveId);
  }

  /** The archives an agent holds, in the order of their attaching. */
  public List<Archive> ofAgent(Owner owner, String agentId) {
    return database.scope(owner).read(reads -> PassageLists.archivesOf(reads, agentId));
  }

  /** As {@link #ofAgent(Owner, String)}, within a transaction. */
  public List<Archive> ofAgent(Reads reads, String agentId) {
    return PassageLists.archivesOf(reads, agentId);
  }

  public Archive get(Owner owner, String archiveId) {
    return find(owner, archiveId).orElseThrow(() -> unknownArchive(archiveId));
  }

  /** All archives in the order of their making. */
  public List<Archive> list(Owner owner) {
    return database
        .scope(owner)
        .read(reads ->
            reads
                .query(
                    "SELECT "
                        + ArchiveRows.COLUMNS
                        + " FROM archive"
                        + " WHERE owner_id = :owner ORDER BY created_at, archive_id")
                .map((rs, _) -> ArchiveRows.read(rs))
                .list());
  }

  public Archive rename(
      Owner owner, String archiveId, String name, String description, Change change) {
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          Archive old = require(tx, archiveId);
          Archive now =
              new Archive(
                  old.id(), name, description, old.metadata(), old.createdAt(), unit.at(), 0);
          return put(unit, "update", now, Optional.of(old));
        });
  }

  /** Deletes the archive with all its passages, and detaches it; an undo restores all of it. */
  public void delete(Owner owner, String archiveId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          Archive archive = require(tx, archiveId);
          PassageLists.all(tx, archiveId).forEach(passage -> PassageWriter.remove(unit, passage));
          AttachmentRows.ofTarget(tx, archiveId)
              .forEach(attachment -> BlockWriter.detach(unit, attachment));
          unit.write(
              subject(archiveId),
              "delete",
              Optional.of(ArchiveRows.state(archive)),
              Optional.empty());
          return Boolean.TRUE;
        });
  }

  public void attach(Owner owner, String agentId, String archiveId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          attach(tx, unit, agentId, archiveId);
          return Boolean.TRUE;
        });
  }

  /** As {@link #attach(Owner, String, String, Change)}, as a part of a larger change. */
  public void attach(Tx tx, Unit unit, String agentId, String archiveId) {
    require(tx, archiveId);
    attachments.attach(tx, unit, agentId, archiveId);
  }

  public void detach(Owner owner, String agentId, String archiveId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          require(tx, archiveId);
          attachments.detach(tx, unit, agentId, archiveId);
          return Boolean.TRUE;
        });
  }

  public Passage insert(Owner owner, String archiveId, PassageDraft draft, Change change) {
    return journal.write(owner, change, (tx, unit) -> insert(tx, unit, archiveId, draft));
  }

  /** As {@link #insert(Owner, String, PassageDraft, Change)}, as a part of a larger change. */
  public Passage insert(Tx tx, Unit unit, String archiveId, PassageDraft draft) {
    require(tx, archiveId);
    return passages.insert(unit, archiveId, draft);
  }

  /** Inserts many passages as one change with one journal row. */
  public List<Passage> insertAll(
      Owner owner, String archiveId, List<PassageDraft> drafts, Change change) {
    PassageWriter.requireBounded(drafts);
    if (drafts.isEmpty()) {
      return List.of();
    }
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          require(tx, archiveId);
          return passages.insertAll(unit, archiveId, drafts);
        });
  }

  public Optional<Passage> findPassage(Owner owner, String passageId) {
    return database.scope(owner).read(reads -> PassageRows.find(reads, passageId));
  }

  public Passage getPassage(Owner owner, String passageId) {
    return findPassage(owner, passageId).orElseThrow(() -> unknownPassage(passageId));
  }

  public List<Passage> listPassages(Owner owner, String archiveId, PassagePage page) {
    return database
        .scope(owner)
        .read(reads -> {
          require(reads, archiveId);
          return PassageLists.list(reads, archiveId, page);
        });
  }

  public Passage updatePassage(Owner owner, String passageId, PassageUpdate update, Change change) {
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          Passage old =
              PassageRows.find(tx, passageId).orElseThrow(() -> unknownPassage(passageId));
          return PassageWriter.update(unit, old, update);
        });
  }

  public void deletePassage(Owner owner, String passageId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          PassageWriter.remove(
              unit, PassageRows.find(tx, passageId).orElseThrow(() -> unknownPassage(passageId)));
          return Boolean.TRUE;
        });
  }

  /** Who holds an archive, by id. */
  public List<String> agents(Owner owner, String archiveId) {
    return database.scope(owner).read(reads -> AttachmentRows.agentsOf(reads, archiveId));
  }

  /** How many passages an archive has. */
  public long count(Owner owner, String archiveId) {
    return database.scope(owner).read(reads -> PassageLists.count(reads, archiveId));
  }

  /** As {@link #count(Owner, String)}, within a transaction. */
  public long count(Reads reads, String archiveId) {
    return PassageLists.count(reads, archiveId);
  }

  /** The tags of an archive's passages with their numbers, the most frequent first. */
  public Map<String, Long> tagCounts(Owner owner, String archiveId) {
    return database.scope(owner).read(reads -> PassageLists.tagCounts(reads, archiveId));
  }

  /** The tags of the last passages of an archive, the most frequent first. */
  public List<String> lastTags(Reads reads, String archiveId) {
    return List.copyOf(PassageLists.lastTagCounts(reads, archiveId, LAST_PASSAGES).keySet());
  }

  /** The passages that fit best, each with the parts of its score and the reason. */
  public List<FoundPassage> search(Owner owner, PassageQuery query) {
    List<FoundPassage> found = new ArrayList<>();
    List<PassageHit> hits = index.search(owner, query);
    Map<String, Passage> passages =
        database
            .scope(owner)
            .read(reads ->
                PassageLists.byIds(reads, hits.stream().map(PassageHit::passageId).toList()));
    for (PassageHit hit : hits) {
      // A passage deleted since the index was asked is simply not found.
      Passage passage = passages.get(hit.passageId());
      if (passage != null) {
        found.add(new FoundPassage(passage, hit));
      }
    }
    return found;
  }

  private static Archive put(Unit unit, String operation, Archive now, Optional<Archive> old) {
    State state = ArchiveRows.state(now);
    Subject subject = subject(now.id());
    long sequence =
        old.isPresent()
            ? unit.write(subject, operation, old.map(ArchiveRows::state), Optional.of(state))
            : unit.create(subject, operation, state);
    return ArchiveRows.archive(now.id(), state, new Stamp(sequence, unit.at()));
  }

  private static Archive require(Reads reads, String archiveId) {
    return ArchiveRows.find(reads, archiveId).orElseThrow(() -> unknownArchive(archiveId));
  }

  static Subject subject(String archiveId) {
    return new Subject(Archive.KIND, archiveId, archiveId);
  }

  private static MnemeException unknownArchive(String id) {
    return MnemeException.notFound(
        "unknown_archive",
        Ids.isId("archive", id)
            ? "There is no archive " + id + "; list the archives to find it."
            : "An archive id has the form archive-<uuid4>.");
  }

  private static MnemeException unknownPassage(String id) {
    return MnemeException.notFound(
        "unknown_passage",
        Ids.isId("passage", id)
            ? "There is no passage " + id + "; search for it again."
            : "A passage id has the form passage-<uuid4>.");
  }
}
