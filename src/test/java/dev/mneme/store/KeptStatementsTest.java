package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {
  private static final String BY_ID = "SELECT text FROM note WHERE id = :id";

  private final Handle handle =
      Jdbi.create("jdbc:sqlite::memory:")
          .setStatementBuilderFactory(_ -> new KeptStatements())
          .open();
  private final List<PreparedStatement> used = new ArrayList<>();

  KeptStatementsTest() {
    handle.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)");
    handle.execute("INSERT INTO note VALUES (1, 'one'), (2, 'two'), (3, NULL)");
  }

  @AfterEach
  void close() {
    handle.close();
  }

  @Test
  void oneTextIsPreparedOnceAndGetsNewValues() {
    assertThat(text(1)).containsExactly("one");
    assertThat(text(2)).containsExactly("two");
    assertThat(used.get(1)).isSameAs(used.get(0));
  }

  @Test
  void aTextUsedWithinItselfIsPreparedTwice() {
    List<String> pairs =
        handle
            .createQuery("SELECT id FROM note WHERE id < 3 ORDER BY id")
            .map((outer, _) ->
                outer.getInt(1)
                    + ":"
                    + handle
                        .createQuery("SELECT id FROM note WHERE id < 3 ORDER BY id")
                        .map((inner, _) -> inner.getString(1))
                        .list())
            .list();
    assertThat(pairs).containsExactly("1:[1, 2]", "2:[1, 2]");
  }

  @Test
  void aFailedStatementCanBeRepeatedWithOtherValues() {
    assertThatThrownBy(() -> insert(1)).hasMessageContaining("UNIQUE");
    insert(4);
    insert(5);
    assertThat(text(5)).containsExactly("new");
  }

  @Test
  void aFailedBatchLeavesNothingForTheNext() {
    assertThatThrownBy(() -> insertAll(6, 1)).hasMessageContaining("UNIQUE");
    handle.execute("DELETE FROM note WHERE id = 6");
    insertAll(7, 8);
    assertThat(handle.createQuery("SELECT count(*) FROM note").mapTo(Long.class).one())
        .isEqualTo(5);
  }

  @Test
  void aQueryLeftEarlyStandsInNobodysWay() {
    assertThat(
            handle
                .createQuery("SELECT text FROM note ORDER BY id")
                .map((rs, _) -> rs.getString(1))
                .findFirst())
        .contains("one");
    handle.execute("DROP TABLE note");
    assertThatThrownBy(() -> text(1)).hasMessageContaining("no such table");
  }

  @Test
  void aChangedTableIsSeen() {
    assertThat(text(1)).containsExactly("one");
    handle.execute("ALTER TABLE note ADD COLUMN more TEXT DEFAULT 'x'");
    assertThat(columns()).isEqualTo(3);
    handle.execute("ALTER TABLE note ADD COLUMN evenMore TEXT");
    assertThat(columns()).isEqualTo(4);
  }

  @Test
  void onlyTheLatestAreKept() {
    assertThat(text(1)).hasSize(1);
    for (int i = 0; i < 100; i++) {
      handle.createQuery("SELECT " + i).mapTo(Integer.class).one();
    }
    assertThat(text(1)).hasSize(1);
    assertThat(used.get(1)).isNotSameAs(used.get(0));
  }

  private List<String> text(int id) {
    return handle
        .createQuery(BY_ID)
        .bind("id", id)
        .addCustomizer(
            new StatementCustomizer() {
              @Override
              public void beforeExecution(PreparedStatement statement, StatementContext context) {
                used.add(statement);
              }
            })
        .map((rs, _) -> rs.getString(1))
        .list();
  }

  private int columns() {
    return handle
        .createQuery("SELECT * FROM note WHERE id = 1")
        .map((rs, _) -> rs.getMetaData().getColumnCount())
        .one();
  }

  private void insert(int id) {
    handle.createUpdate("INSERT INTO note (id, text) VALUES (:id, 'new')").bind("id", id).execute();
  }

  private void insertAll(int... ids) {
    var batch = handle.prepareBatch("INSERT INTO note (id, text) VALUES (:id, 'new')");
    for (int id : ids) {
      batch.bind("id", id).add();
    }
    batch.execute();
  }
}
