package dev.mneme.agent;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.memory.ArchiveRows;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.AttachmentRows;
import dev.mneme.memory.BlockRows;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.MemoryHistory;
import dev.mneme.memory.PassageRows;
import dev.mneme.memory.RedactionService;
import dev.mneme.memory.edit.TextEdit;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.Origin;
import dev.mneme.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/** The memory of a data folder without the rest of the server. */
public final class TestingMemory implements AutoCloseable {
  public static final Owner A = Owner.DEFAULT;
  public static final Owner B = new Owner("user-11111111-1111-4111-8111-111111111111");
  public static final Change USER = Change.by("operator", Origin.USER);
  public static final Change MODEL = Change.by("assistant", Origin.MODEL);

  public final Database database;
  public final Journal journal;
  public final TestingIndex index = new TestingIndex();
  public final BlockService blocks;
  public final ArchiveService archives;
  public final AgentService agents;
  public final MemoryHistory history;
  public final RedactionService redaction;

  public TestingMemory(Path folder) {
    database = Database.open(folder.resolve("mneme.db"), 4);
    database.maintainWrite(handle ->
        handle.execute(
            "INSERT INTO owner (owner_id, name, created_at)"
                + " VALUES (?, 'other', '2026-01-01T00:00:00Z') ON CONFLICT DO NOTHING",
            B.id()));
    journal =
        new Journal(
            database,
            List.of("a key of the test, 32 bytes long".getBytes(StandardCharsets.UTF_8)),
            Clock.systemUTC(),
            new SecureRandom(),
            List.of(
                new AgentRows(),
                new ArchiveRows(),
                new BlockRows(),
                new PassageRows(),
                new AttachmentRows()));
    Ids ids = new Ids(new Random(42 + System.nanoTime()), Clock.systemUTC());
    blocks = new BlockService(database, journal, ids);
    archives = new ArchiveService(database, journal, ids, index);
    agents = new AgentService(database, journal, blocks, archives, ids);
    history = new MemoryHistory(database, journal);
    redaction = new RedactionService(database, journal, index);
  }

  public String value(Agent agent, String label) {
    return blocks.byLabel(A, agent.id(), label).value();
  }

  /** Edits a block as the model, in a run. */
  public long edit(Agent agent, TextEdit edit, String run) {
    return blocks.edit(A, agent.id(), edit, MODEL.inRun(run)).sequence();
  }

  @Override
  public void close() {
    journal.close();
    database.close();
  }
}
