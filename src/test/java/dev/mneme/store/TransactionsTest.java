package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTest {
  private static final String COUNT = "SELECT count(*) FROM note WHERE owner_id = :owner";

  /** Runs for longer than any test, unless it is stopped. */
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000)"
          + " SELECT count(*) FROM n WHERE :owner <> ''";

  @TempDir Path folder;
  private Database database;
  private Scope scope;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 4);
    database.maintainWrite(
        h -> h.execute("CREATE TABLE note (owner_id TEXT REFERENCES owner(owner_id), text TEXT)"));
    scope = database.scope(Owner.DEFAULT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aPartThatFailsIsUndoneAloneWithWhatItWantedAfterwards() {
    List<String> done = new ArrayList<>();
    scope.update(tx -> {
      note(tx, "before");
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              tx.attempt(() -> {
                note(tx, "lost");
                tx.afterCommit(() -> done.add("lost"));
                tx.attempt(() -> note(tx, "lost too"));
                throw new IllegalStateException("on purpose");
              }));
      tx.attempt(() -> {
        tx.afterCommit(() -> done.add("kept"));
        return note(tx, "after");
      });
    });
    assertThat(done).containsExactly("kept");
    assertThat(
            scope.<List<String>>read(reads ->
                reads
                    .query("SELECT text FROM note WHERE owner_id = :owner ORDER BY text")
                    .mapTo(String.class)
                    .list()))
        .containsExactly("after", "before");
  }

  private static int note(Tx tx, String text) {
    return tx.update("INSERT INTO note (owner_id, text) VALUES (:owner, :text)")
        .bind("text", text)
        .execute();
  }

  @Test
  void everyConnectionKeepsTheRulesOfDurability() {
    for (int i = 0; i < 2; i++) {
      boolean writing = i == 0;
      List<String> settings =
          Stream.of(
                  "journal_mode",
                  "synchronous",
                  "foreign_keys",
                  "secure_delete",
                  "temp_store",
                  "busy_timeout")
              .map(name -> pragma(name, writing))
              .toList();
      assertThat(settings).containsExactly("wal", "2", "1", "1", "2", "10000");
    }
  }

  @Test
  void readersCannotWrite() {
    assertThat(
            failure(() -> database.maintain(h -> h.execute("INSERT INTO note VALUES (NULL, 'x')"))))
        .returns("store_read_only", MnemeException::code);
    assertThat(failure(() -> database.maintain(h -> h.execute("DROP TABLE note")))).isNotNull();
    assertThat(count()).isEqualTo(0L);
  }

  @Test
  void slowQueriesDoNotHoldUpAPing() throws Exception {
    scope.read(r -> r.number(COUNT));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> slow = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        slow.add(callers.submit(() -> scope.read(r -> r.number(slowQuery()))));
      }
      List<Long> pings = new ArrayList<>();
      while (!slow.stream().allMatch(Future::isDone)) {
        long begin = System.nanoTime();
        callers.submit(() -> scope.read(r -> r.number(COUNT))).get();
        pings.add(System.nanoTime() - begin);
        Thread.sleep(5);
      }
      for (Future<?> query : slow) {
        query.get();
      }
      assertThat(pings).as("pings while the queries ran").hasSizeGreaterThan(3);
      long median = pings.stream().sorted().toList().get(pings.size() / 2);
      assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(250));
    }
  }

  /** About a second of work, more on a loaded machine. */
  private static String slowQuery() {
    return ENDLESS.replace("4000000000", "4000000");
  }

  @Test
  void aCancelledQueryStopsAndItsThreadServesOn() throws Exception {
    for (int i = 0; i < 8; i++) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  scope.read(r -> r.number(ENDLESS));
                } catch (MnemeException e) {
                  thrown.set(e);
                }
              });
      Thread.sleep(30);
      caller.interrupt();
      assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
      assertThat(thrown.get())
          .isInstanceOfSatisfying(
              MnemeException.class, e -> assertThat(e.code()).isEqualTo("cancelled"));
    }
    Assertions.assertTimeout(Duration.ofSeconds(20), () -> assertThat(count()).isEqualTo(0L));
  }

  @Test
  void nestingThatCouldNotWorkIsAnErrorAndNoDeadlock() {
    assertThat(failure(() -> scope.update(tx -> scope.update(inner -> {}))))
        .returns("nested_write", MnemeException::code)
        .returns(ErrorKind.INTERNAL, MnemeException::kind);
    assertThat(failure(() -> scope.update(tx -> scope.read(r -> r.number(COUNT)))))
        .returns("read_in_write", MnemeException::code);
    assertThat(
            failure(() ->
                scope.read(r -> {
                  scope.update(tx -> {});
                  return 1;
                })))
        .returns("write_in_read", MnemeException::code);
    int seven = scope.write(tx -> 7);
    assertThat(seven).isEqualTo(7);
  }

  @Test
  void aReadInsideOfAReadSeesTheSameSnapshot() {
    Optional<Long> seen =
        scope.read(outer -> {
          outer.number(COUNT);
          Thread writer = Thread.startVirtualThread(() -> insert("x"));
          try {
            writer.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return scope.read(inner -> inner.number(COUNT));
        });
    assertThat(seen).contains(0L);
    assertThat(count()).isEqualTo(1L);
  }

  @Test
  void anInterruptedWriterStillLearnsTheOutcome() {
    Thread.currentThread().interrupt();
    try {
      insert("x");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(count()).isEqualTo(1L);
  }

  @Test
  void anyFailureOfTheWorkUndoesItAndTheWriterServesOn() {
    assertThat(
            failure(() ->
                scope.update(tx -> {
                  tx.update("INSERT INTO note VALUES (:owner, 'x')").execute();
                  throw new IllegalStateException("defect");
                })))
        .returns("store_failure", MnemeException::code);
    Assertions.assertThrows(
        StackOverflowError.class,
        () ->
            scope.update(tx -> {
              tx.update("INSERT INTO note VALUES (:owner, 'x')").execute();
              throw new StackOverflowError();
            }));
    assertThat(count()).isEqualTo(0L);
    insert("y");
  }

  @Test
  void whatRunsAfterTheCommitRunsOnlyThen() {
    List<Long> seen = new ArrayList<>();
    scope.update(tx -> {
      tx.update("INSERT INTO note VALUES (:owner, 'x')").execute();
      tx.afterCommit(() -> seen.add(scope.read(r -> r.number(COUNT)).orElseThrow()));
    });
    assertThat(seen).containsExactly(1L);
    assertThat(
            failure(() ->
                scope.update(tx -> {
                  tx.afterCommit(() -> seen.add(0L));
                  throw MnemeException.invalid("no", "No.");
                })))
        .returns("no", MnemeException::code);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aFullDiskIsReportedAndLosesNothing() {
    insert("kept");
    database.maintainWrite(h -> h.execute("PRAGMA max_page_count = 20"));
    String big = "x".repeat(200_000);
    assertThat(failure(() -> insert(big))).returns("disk_full", MnemeException::code);
    database.maintainWrite(h -> h.execute("PRAGMA max_page_count = 100000"));
    insert(big);
    assertThat(count()).isEqualTo(2L);
  }

  @Test
  void aFullDiskFailsNeighboursOfTheGroupWithTheSameError() throws Exception {
    insert("kept");
    database.maintainWrite(h -> h.execute("PRAGMA max_page_count = 20"));
    CountDownLatch gate = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch alone = new CountDownLatch(1);
      Future<?> holder =
          callers.submit(() ->
              scope.update(tx -> {
                alone.countDown();
                awaitQuietly(gate);
              }));
      alone.await();
      List<Future<?>> writes = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String text = i == 5 ? "x".repeat(200_000) : "small " + i;
        writes.add(callers.submit(() -> insert(text)));
      }
      Thread.sleep(100);
      gate.countDown();
      holder.get();
      int kept = 1;
      for (Future<?> write : writes) {
        try {
          write.get();
          kept++;
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOfSatisfying(
                  MnemeException.class, m -> assertThat(m.code()).isEqualTo("disk_full"));
        }
      }
      assertThat(count()).isEqualTo((long) kept);
    }
  }

  @Test
  void closingWaitsForWhatWasAcceptedAndRefusesTheRest() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder = callers.submit(() -> scope.update(tx -> awaitQuietly(gate)));
      Future<?> waiting = callers.submit(() -> insert("accepted"));
      Thread.sleep(100);
      Future<?> closing = callers.submit(() -> database.close());
      gate.countDown();
      holder.get(10, TimeUnit.SECONDS);
      waiting.get(10, TimeUnit.SECONDS);
      closing.get(10, TimeUnit.SECONDS);
    }
    assertThat(failure(() -> insert("late"))).returns("shutting_down", MnemeException::code);
    assertThat(failure(() -> scope.read(r -> r.number(COUNT))))
        .returns("shutting_down", MnemeException::code);
    open2(1L);
  }

  private void open2(long rows) {
    try (Database again = Database.open(folder.resolve("mneme.db"), 1)) {
      Optional<Long> seen = again.scope(Owner.DEFAULT).read(r -> r.number(COUNT));
      assertThat(seen).contains(rows);
    }
  }

  @Test
  void whatWasDeletedIsNowhereInTheFolder() throws Exception {
    String secret = "hunter2-hunter2-hunter2";
    insert(secret.repeat(1000));
    insert(secret);
    assertThat(filesWith(secret)).isNotEmpty();
    scope.update(tx -> tx.update("DELETE FROM note WHERE owner_id = :owner").execute());
    database.forgetDeleted();
    assertThat(filesWith(secret)).isEmpty();
  }

  private List<Path> filesWith(String text) throws Exception {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (content.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private void insert(String text) {
    scope.update(
        tx -> tx.update("INSERT INTO note VALUES (:owner, :text)").bind("text", text).execute());
  }

  private long count() {
    return scope.read(r -> r.number(COUNT)).orElseThrow();
  }

  private String pragma(String name, boolean writing) {
    String sql = "PRAGMA " + name;
    return writing
        ? database.maintainWrite(h -> h.createQuery(sql).mapTo(String.class).one())
        : database.maintain(h -> h.createQuery(sql).mapTo(String.class).one());
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static MnemeException failure(ThrowingCallable call) {
    List<MnemeException> thrown = new ArrayList<>();
    assertThatExceptionOfType(MnemeException.class).isThrownBy(call).satisfies(thrown::add);
    return thrown.getFirst();
  }
}
