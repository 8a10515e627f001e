package dev.mneme.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.mneme.common.Json;
import dev.mneme.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/** The passages. */
final class PassageRows extends Rows {
  private static final ObjectReader STRINGS = Json.mapper().readerForListOf(String.class);

  PassageRows(Database database) {
    super(
        database,
        new Table(
            Kind.PASSAGE,
            "passage",
            "passage_id",
            "archive_id",
            "text",
            "passage_id, owner_id, archive_id, text, tags, created_at, sequence",
            "created_at DESC, passage_id"));
  }

  @Override
  SearchRow row(ResultSet r, StatementContext context) throws SQLException {
    return new SearchRow(
        Kind.PASSAGE,
        r.getString("passage_id"),
        r.getString("owner_id"),
        r.getString("archive_id"),
        r.getString("text"),
        tags(r.getString("tags")),
        Instant.parse(r.getString("created_at")),
        r.getLong("sequence"));
  }

  /** All of them: a change gives a passage a new sequence. */
  @Override
  long count(long upTo) {
    return number("SELECT count(*) FROM $table");
  }

  private static List<String> tags(String json) throws SQLException {
    if (json.equals("[]")) {
      return List.of();
    }
    try {
      return STRINGS.readValue(json);
    } catch (JsonProcessingException e) {
      throw new SQLException("tags are not a JSON list of strings", e);
    }
  }
}
