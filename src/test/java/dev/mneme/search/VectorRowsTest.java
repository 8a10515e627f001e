package dev.mneme.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.store.Database;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorRowsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void vectorsAreFoundByTheirKeyHoweverManyTheirOwnerHas(Kind kind) {
    VectorRows.Table table = VectorRows.Table.of(kind);
    try (Database database = Database.open(folder.resolve("mneme.db"), 1)) {
      for (int count : List.of(1, 3, 1000)) {
        List<String> plan =
            database.maintain(h ->
                h.createQuery("EXPLAIN QUERY PLAN " + table.find())
                    .bind("owner", "o")
                    .bind("model", "m")
                    .bindList("names", Collections.nCopies(count, "n"))
                    .map((rs, _) -> rs.getString("detail"))
                    .list());
        assertThat(plan).singleElement().asString().contains(table.key() + "=?");
      }
    }
  }
}
