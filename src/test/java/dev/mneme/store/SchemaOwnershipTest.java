package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row has an owner. */
class SchemaOwnershipTest {
  /** Tables without an owner, each with the reason. */
  private static final Map<String, String> NOBODYS =
      Map.of(
          "owner", "the owners themselves",
          "flyway_schema_history", "which steps the schema has had");

  @TempDir Path folder;

  @Test
  void everyTableNamesTheOwnerOfItsRows() {
    try (Database database = Database.open(folder.resolve("mneme.db"), 1)) {
      List<String> without =
          database.maintain(handle ->
              OwnedTables.all(handle).stream()
                  .filter(table -> !NOBODYS.containsKey(table))
                  .filter(table ->
                      !OwnedTables.columns(handle, table).contains("owner_id")
                          || !OwnedTables.references(handle, table, "owner_id").contains("owner"))
                  .toList());
      assertThat(without)
          .as("tables without: owner_id TEXT NOT NULL REFERENCES owner (owner_id)")
          .isEmpty();
    }
  }

  @Test
  void theExceptionsStillExist() {
    try (Database database = Database.open(folder.resolve("mneme.db"), 1)) {
      assertThat(database.maintain(OwnedTables::all)).containsAll(NOBODYS.keySet());
    }
  }
}
