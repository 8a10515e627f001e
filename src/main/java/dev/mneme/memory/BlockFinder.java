package dev.mneme.memory;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.Page;
import dev.mneme.store.PagedQuery;
import java.util.List;
import java.util.Optional;

/**
 * Finds blocks by what is known of them, page by page, in the order of their making. Thread-safe.
 */
public final class BlockFinder {
  private static final String AGENTS =
      "(SELECT count(*) FROM attachment a WHERE a.block_id = t.block_id AND a.owner_id = :owner)";

  private final Database database;

  public BlockFinder(Database database) {
    this.database = database;
  }

  public List<Block> list(Owner owner, BlockFilter filter, Page page) {
    return database
        .scope(owner)
        .read(reads ->
            query(filter)
                .list(
                    reads,
                    BlockRows.COLUMNS.replace("b.", "t."),
                    page,
                    (rs, _) -> BlockRows.read(rs)));
  }

  public long count(Owner owner, BlockFilter filter) {
    return database.scope(owner).read(reads -> query(filter).count(reads));
  }

  private static PagedQuery query(BlockFilter filter) {
    PagedQuery query =
        new PagedQuery("block t", "t.block_id", "t.created_at")
            .where("t.label = :label", "label", filter.label())
            .where(part("t.label", "label_part"), "label_part", pattern(filter.labelPart()))
            .where(
                part("t.description", "description_part"),
                "description_part",
                pattern(filter.descriptionPart()))
            .where(part("t.value", "value_part"), "value_part", pattern(filter.valuePart()))
            .where(AGENTS + " > :more", "more", filter.moreAgentsThan())
            .where(AGENTS + " < :fewer", "fewer", filter.fewerAgentsThan());
    TagColumn.filter(query, "t.tags", filter.tags(), filter.allTags());
    return filter.agentCounts().isEmpty()
        ? query
        : query.where(AGENTS + " IN (<counts>)", "counts", filter.agentCounts());
  }

  static String part(String column, String name) {
    return "lower(" + column + ") LIKE lower(:" + name + ") ESCAPE '!'";
  }

  static Optional<String> pattern(Optional<String> part) {
    return part.map(PagedQuery::anywhere);
  }
}
