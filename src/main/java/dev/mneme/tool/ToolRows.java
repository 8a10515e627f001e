package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of tools that came as source. */
final class ToolRows {
  private static final String SELECT =
      "SELECT tool_id, name, description, source_code, function, schema, tags, return_char_limit,"
          + " pip_requirements, requires_approval, parallel, metadata, created_at, updated_at"
          + " FROM tool WHERE owner_id = :owner ";

  private ToolRows() {}

  static void put(Tx tx, CustomTool custom) {
    StoredTool tool = custom.tool();
    tx.update(
            "INSERT INTO tool (tool_id, owner_id, name, description, source_code, function, schema,"
                + " tags, return_char_limit, pip_requirements, requires_approval, parallel,"
                + " metadata, created_at, updated_at) VALUES (:id, :owner, :name, :description,"
                + " :source, :function, :schema, :tags, :limit, :pip, :approval, :parallel,"
                + " :metadata, :created, :updated) ON CONFLICT (tool_id) DO UPDATE SET"
                + " name = excluded.name, description = excluded.description,"
                + " source_code = excluded.source_code, function = excluded.function,"
                + " schema = excluded.schema, tags = excluded.tags,"
                + " return_char_limit = excluded.return_char_limit,"
                + " pip_requirements = excluded.pip_requirements,"
                + " requires_approval = excluded.requires_approval, parallel = excluded.parallel,"
                + " metadata = excluded.metadata, updated_at = excluded.updated_at"
                + " WHERE tool.owner_id = :owner")
        .bind("id", tool.id())
        .bind("name", tool.name())
        .bind("description", tool.description())
        .bind("source", tool.sourceCode().orElse(""))
        .bind("function", custom.function())
        .bind("schema", Json.write(tool.schema()))
        .bind("tags", Json.write(tool.tags()))
        .bind("limit", tool.returnCharLimit())
        .bind("pip", Json.write(tool.pipRequirements()))
        .bind("approval", tool.requiresApproval() ? 1 : 0)
        .bind("parallel", tool.parallel() ? 1 : 0)
        .bind("metadata", Json.write(tool.metadata()))
        .bind("created", Timestamps.text(tool.createdAt()))
        .bind("updated", Timestamps.text(tool.updatedAt()))
        .execute();
  }

  static boolean remove(Tx tx, String id) {
    return tx.update("DELETE FROM tool WHERE tool_id = :id AND owner_id = :owner")
            .bind("id", id)
            .execute()
        == 1;
  }

  static Optional<CustomTool> find(Reads reads, String id) {
    return reads
        .query(SELECT + "AND tool_id = :id")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static Optional<CustomTool> findByName(Reads reads, String name) {
    return reads
        .query(SELECT + "AND name = :name")
        .bind("name", name)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static long count(Reads reads) {
    return reads.number("SELECT count(*) FROM tool WHERE owner_id = :owner").orElse(0L);
  }

  /** All of an owner, oldest first, without what is long. */
  static List<ToolEntry> entries(Reads reads) {
    return reads
        .query(
            "SELECT tool_id, name, description, tags FROM tool WHERE owner_id = :owner"
                + " ORDER BY created_at, tool_id")
        .map((rs, _) ->
            new ToolEntry(
                rs.getString(1),
                rs.getString(2),
                StoredTools.CUSTOM,
                rs.getString(3),
                words(rs.getString(4))))
        .list();
  }

  private static CustomTool read(ResultSet rs) throws SQLException {
    List<JsonNode> pip = new ArrayList<>();
    Json.parse(rs.getString(9)).forEach(pip::add);
    StoredTool tool =
        new StoredTool(
            rs.getString(1),
            rs.getString(2),
            StoredTools.CUSTOM,
            rs.getString(3),
            Optional.of("python"),
            Optional.of(rs.getString(4)),
            (ObjectNode) Json.parse(rs.getString(6)),
            words(rs.getString(7)),
            rs.getInt(8),
            pip,
            rs.getInt(10) != 0,
            rs.getInt(11) != 0,
            Json.parseObject(rs.getString(12)),
            Timestamps.parse(rs.getString(13)),
            Timestamps.parse(rs.getString(14)));
    return new CustomTool(tool, rs.getString(5));
  }

  private static List<String> words(String json) {
    List<String> words = new ArrayList<>();
    Json.parse(json).forEach(word -> words.add(word.asText()));
    return words;
  }
}
