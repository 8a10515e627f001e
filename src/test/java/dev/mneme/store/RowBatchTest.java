package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowBatchTest {
  private static final String PUT =
      "INSERT INTO note (name, owner_id, text, size) VALUES (?, :owner, ?, ?) ON CONFLICT (name)"
          + " DO UPDATE SET text = excluded.text WHERE note.owner_id = :owner";
  private static final Owner OTHER = new Owner("user-11111111-1111-4111-8111-111111111111");

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 1);
    database.maintainWrite(handle ->
        handle.execute(
            "CREATE TABLE note (name TEXT PRIMARY KEY, owner_id TEXT NOT NULL, text TEXT,"
                + " size INTEGER NOT NULL)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void allRowsAreWrittenForTheOwnerOfTheTransaction() {
    put(Owner.DEFAULT, "a", Optional.of("first"), 1);
    put(OTHER, "b", Optional.empty(), 2);

    assertThat(rows(Owner.DEFAULT)).containsExactly("a first 1");
    assertThat(rows(OTHER)).containsExactly("b null 2");
  }

  @Test
  void severalBatchesOfOneTransactionUseTheSameStatement() {
    database
        .scope(Owner.DEFAULT)
        .write(tx -> {
          for (int turn = 0; turn < 3; turn++) {
            try (RowBatch batch = tx.rows(PUT)) {
              batch.text("a" + turn).text("x").number(turn).add();
              batch.text("b" + turn).text("y").number(turn).add();
              batch.execute();
            }
          }
          return 0;
        });

    assertThat(rows(Owner.DEFAULT)).hasSize(6).contains("a0 x 0", "b2 y 2");
  }

  @Test
  void aRowOfAnotherOwnerIsLeftAsItIs() {
    put(OTHER, "a", Optional.of("theirs"), 1);

    put(Owner.DEFAULT, "a", Optional.of("mine"), 1);

    assertThat(rows(OTHER)).containsExactly("a theirs 1");
  }

  @Test
  void aRowThatTheTableRefusesUndoesTheWholeBatch() {
    assertThatThrownBy(() ->
            database
                .scope(Owner.DEFAULT)
                .write(tx -> {
                  try (RowBatch batch =
                      tx.rows("INSERT INTO note (owner_id, name, size) VALUES (:owner, ?, ?)")) {
                    batch.text("good").number(1).add();
                    batch.text("good").number(2).add();
                    batch.execute();
                  }
                  return 0;
                }))
        .isInstanceOf(MnemeException.class);

    assertThat(rows(Owner.DEFAULT)).isEmpty();
  }

  @Test
  void aStatementThatNamesNoOwnerIsRefused() {
    assertThatThrownBy(() ->
            database
                .scope(Owner.DEFAULT)
                .write(tx -> tx.rows("INSERT INTO note (name, size) VALUES (?, ?)")))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("unscoped_sql"));
  }

  private void put(Owner owner, String name, Optional<String> text, long size) {
    database
        .scope(owner)
        .update(tx -> {
          try (RowBatch batch = tx.rows(PUT)) {
            batch.text(name).text(text).number(size).add();
            batch.execute();
          }
        });
  }

  private List<String> rows(Owner owner) {
    return database
        .scope(owner)
        .read(reads ->
            reads
                .query("SELECT name, text, size FROM note WHERE owner_id = :owner ORDER BY name")
                .map((rs, _) -> rs.getString(1) + " " + rs.getString(2) + " " + rs.getLong(3))
                .list());
  }
}
