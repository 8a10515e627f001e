package dev.mneme.app;

import dev.mneme.agent.AgentRows;
import dev.mneme.agent.AgentService;
import dev.mneme.common.Ids;
import dev.mneme.memory.ArchiveRows;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.AttachmentRows;
import dev.mneme.memory.BlockRows;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.MemoryHistory;
import dev.mneme.memory.PassageIndex;
import dev.mneme.memory.PassageRows;
import dev.mneme.memory.RedactionService;
import dev.mneme.memory.journal.Journal;
import dev.mneme.store.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** What is remembered: the journal and the services that write through it. */
record Memory(
    Journal journal,
    MemoryHistory history,
    RedactionService redaction,
    BlockService blocks,
    ArchiveService archives,
    AgentService agents) {
  /** The purpose for which the journal's key is derived. */
  static final String KEY = "journal";

  /**
   * @param keys authenticate the journal's rows, the present one first
   */
  static Memory of(Database database, List<byte[]> keys, PassageIndex index, SecureRandom random) {
    Journal journal =
        new Journal(
            database,
            keys,
            Clock.systemUTC(),
            random,
            List.of(
                new AgentRows(),
                new ArchiveRows(),
                new BlockRows(),
                new PassageRows(),
                new AttachmentRows()));
    Ids ids = new Ids(random, Clock.systemUTC());
    BlockService blocks = new BlockService(database, journal, ids);
    ArchiveService archives = new ArchiveService(database, journal, ids, index);
    AgentService agents = new AgentService(database, journal, blocks, archives, ids);
    return new Memory(
        journal,
        new MemoryHistory(database, journal),
        new RedactionService(database, journal, index),
        blocks,
        archives,
        agents);
  }
}
