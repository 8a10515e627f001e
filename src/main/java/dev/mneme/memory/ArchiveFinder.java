package dev.mneme.memory;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.Page;
import dev.mneme.store.PagedQuery;
import java.util.List;
import java.util.Optional;

/** Finds archives, and passages without the index, page by page. Thread-safe. */
public final class ArchiveFinder {
  private static final String HELD =
      "t.archive_id IN (SELECT a.archive_id FROM attachment a"
          + " WHERE a.agent_id = :agent AND a.owner_id = :owner AND a.archive_id IS NOT NULL)";

  private final Database database;

  public ArchiveFinder(Database database) {
    this.database = database;
  }

  /** Archives in the order of their making; by name, by the agent that holds them, or all. */
  public List<Archive> archives(
      Owner owner, Optional<String> name, Optional<String> agentId, Page page) {
    PagedQuery query =
        new PagedQuery("archive t", "t.archive_id", "t.created_at")
            .where("t.name = :name", "name", name)
            .where(HELD, "agent", agentId);
    return database
        .scope(owner)
        .read(reads ->
            query.list(reads, columns(ArchiveRows.COLUMNS), page, (rs, _) -> ArchiveRows.read(rs)));
  }

  /**
   * The passages of all archives an agent holds, in the order of their time.
   *
   * @param part found anywhere in the text, in upper or lower case
   */
  public List<Passage> passagesOf(Owner owner, String agentId, Optional<String> part, Page page) {
    PagedQuery query =
        new PagedQuery("passage t", "t.passage_id", "t.created_at")
            .where(HELD, "agent", agentId)
            .where(BlockFinder.part("t.text", "part"), "part", BlockFinder.pattern(part));
    return database
        .scope(owner)
        .read(reads ->
            query.list(reads, columns(PassageRows.COLUMNS), page, (rs, _) -> PassageRows.read(rs)));
  }

  private static String columns(String columns) {
    return "t." + columns.replace(", ", ", t.");
  }
}
