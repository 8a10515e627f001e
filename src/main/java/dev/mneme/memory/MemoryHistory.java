package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.JournalReads;
import dev.mneme.memory.journal.Recall;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The past of agents, blocks and passages, in the terms of memory rather than of the journal.
 * Thread-safe.
 */
public final class MemoryHistory {
  private final Database database;
  private final Journal journal;

  public MemoryHistory(Database database, Journal journal) {
    this.database = database;
    this.journal = journal;
  }

  /** What happened to an agent, its blocks and its archives, those it held earlier included. */
  public List<HistoryEntry> ofAgent(Owner owner, String agentId, HistoryQuery page) {
    Set<String> containers = database.scope(owner).read(reads -> everHeld(reads, agentId));
    return journal.history(owner, page.ofContainers(containers));
  }

  /** What happened to the block an agent has, or had last, under a label. */
  public List<HistoryEntry> ofLabel(Owner owner, String agentId, String label, HistoryQuery page) {
    String block = database.scope(owner).read(reads -> blockId(reads, agentId, label));
    return journal.history(owner, page.ofContainers(Set.of(block)));
  }

  public List<HistoryEntry> ofBlock(Owner owner, String blockId, HistoryQuery page) {
    return journal.history(owner, page.ofContainers(Set.of(blockId)));
  }

  public List<HistoryEntry> ofPassage(Owner owner, String passageId, HistoryQuery page) {
    return journal.history(owner, page.ofSubject(passageId));
  }

  /**
   * A block as it was once the entry with this sequence was written; empty: it did not exist.
   *
   * @throws MnemeException {@code content_removed} when that was redacted or pruned
   */
  public Optional<Block> blockAsOf(Owner owner, String blockId, long sequence) {
    return database.scope(owner).read(reads -> blockAt(reads, blockId, sequence));
  }

  /** As {@link #blockAsOf}, of a passage. */
  public Optional<Passage> passageAsOf(Owner owner, String passageId, long sequence) {
    return database
        .scope(owner)
        .read(reads -> {
          Recall recall = JournalReads.recall(reads, passageId, sequence);
          return known(recall, passageId)
              .map(state -> PassageRows.passage(passageId, state, stamp(reads, recall.sequence())));
        });
  }

  /** All blocks an agent held at a sequence, as they were then. */
  public List<Block> agentAsOf(Owner owner, String agentId, long sequence) {
    return database
        .scope(owner)
        .read(reads -> {
          List<Attachment> held = new ArrayList<>();
          for (String id : JournalReads.subjectsOf(reads, agentId, Attachment.KIND)) {
            known(JournalReads.recall(reads, id, sequence), id)
                .map(state -> AttachmentRows.attachment(id, state))
                .filter(Attachment::isBlock)
                .ifPresent(held::add);
          }
          return held.stream()
              .sorted(Comparator.comparingLong(Attachment::position).thenComparing(Attachment::id))
              .flatMap(attachment -> blockAt(reads, attachment.targetId(), sequence).stream())
              .toList();
        });
  }

  /** The block under a label: the one attached now, else the one that had it last. */
  private static String blockId(Reads reads, String agentId, String label) {
    Optional<Block> present = BlockLists.findByLabel(reads, agentId, label);
    if (present.isPresent()) {
      return present.get().id();
    }
    for (String id : everHeld(reads, agentId)) {
      Optional<State> last = JournalReads.lastState(reads, id);
      if (last.isPresent() && label.equals(last.get().fields().get("label"))) {
        return id;
      }
    }
    return BlockLists.byLabel(reads, agentId, label).id();
  }

  /** The agent itself and every block and archive that was ever attached to it. */
  static Set<String> everHeld(Reads reads, String agentId) {
    Set<String> containers = new LinkedHashSet<>();
    containers.add(agentId);
    for (String id : JournalReads.subjectsOf(reads, agentId, Attachment.KIND)) {
      containers.add(id.substring(id.indexOf('/') + 1));
    }
    return containers;
  }

  private static Optional<Block> blockAt(Reads reads, String blockId, long sequence) {
    Recall recall = JournalReads.recall(reads, blockId, sequence);
    return known(recall, blockId)
        .map(state -> BlockRows.block(blockId, state, stamp(reads, recall.sequence())));
  }

  private static Optional<State> known(Recall recall, String subject) {
    if (recall.removed()) {
      throw MnemeException.conflict(
          "content_removed",
          "What "
              + subject
              + " was at sequence "
              + recall.sequence()
              + " was redacted or pruned; choose another sequence.");
    }
    return recall.state();
  }

  private static Stamp stamp(Reads reads, long sequence) {
    Instant at =
        reads
            .query("SELECT at FROM journal WHERE sequence = :sequence AND owner_id = :owner")
            .bind("sequence", sequence)
            .map((rs, _) -> Timestamps.parse(rs.getString(1)))
            .one();
    return new Stamp(sequence, at);
  }
}
