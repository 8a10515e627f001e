package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  @Test
  void aFailedWriteUndoesOnlyItself() throws Exception {
    try (Database database = Database.open(folder.resolve("mneme.db"), 4);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      database.maintainWrite(
          h -> h.execute("CREATE TABLE note (owner_id TEXT, text TEXT UNIQUE NOT NULL)"));
      Scope scope = database.scope(Owner.DEFAULT);
      List<Future<?>> writes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String text = "note " + i / 2;
        writes.add(
            callers.submit(() ->
                scope.update(tx ->
                    tx.update("INSERT INTO note VALUES (:owner, :text)")
                        .bind("text", text)
                        .execute())));
      }
      int failed = 0;
      for (Future<?> write : writes) {
        try {
          write.get();
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOfSatisfying(
                  MnemeException.class, m -> assertThat(m.code()).isEqualTo("already_exists"));
          failed++;
        }
      }
      assertThat(failed).isEqualTo(100);
      Optional<Long> kept =
          scope.read(r -> r.number("SELECT count(*) FROM note WHERE owner_id = :owner"));
      assertThat(kept).contains(100L);
    }
  }

  @Test
  void aStatementThatForgetsTheOwnerIsRefused() {
    try (Database database = Database.open(folder.resolve("mneme.db"), 1)) {
      Scope scope = database.scope(Owner.DEFAULT);
      assertThatThrownBy(() -> scope.read(r -> r.number("SELECT count(*) FROM owner")))
          .isInstanceOf(MnemeException.class);
    }
  }
}
