package dev.mneme.sandbox.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.ledger.CallEntry.Ending;
import dev.mneme.sandbox.ledger.CallEntry.Outcome;
import dev.mneme.sandbox.ledger.CallEntry.Place;
import dev.mneme.sandbox.ledger.CallEntry.Traffic;
import dev.mneme.secret.SecretMask;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolAsks;
import dev.mneme.tool.ToolIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Caller AGENT = Caller.agent(Owner.DEFAULT, "agent-1", Optional.of("run-1"));
  private static final SecretMask MASK =
      SecretMask.of(List.of(new SecretText("correct-horse-battery")));
  private static final Place PLACE = new Place("graalpy", "graalpy-untrusted-1", 10, 20, 30);

  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
  private Database database;
  private Ledger ledger;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 2);
    ledger = open(LedgerSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    ledger.close();
    database.close();
  }

  @Test
  void aCallStandsThereWithAllThatIsKnownOfIt() {
    CallDraft call = ledger.draft(AGENT, tool("weather"));
    end(call, "{\"city\":\"Bern\"}", new Ending(Outcome.TOOL_ERROR, "timeout", "limit of 5 s"));
    CallEntry entry = ledger.list(Owner.DEFAULT, CallQuery.newest(10)).getFirst();
    assertThat(entry.id()).isEqualTo(call.id());
    assertThat(entry.caller()).isEqualTo(AGENT);
    assertThat(entry.source()).isEqualTo(ToolIdentity.Source.LIBRARY);
    assertThat(entry.tool()).isEqualTo("weather");
    assertThat(entry.sha256()).isEqualTo("f".repeat(64));
    assertThat(entry.arguments()).isEqualTo("{\"city\":\"Bern\"}");
    assertThat(entry.argumentsBytes()).isEqualTo(15);
    assertThat(entry.ending()).isEqualTo(new Ending(Outcome.TOOL_ERROR, "timeout", "limit of 5 s"));
    assertThat(entry.traffic()).isEqualTo(new Traffic(1, 2, 3, 4));
    assertThat(entry.place()).isEqualTo(PLACE);
    assertThat(entry.startedAt()).isEqualTo(now.get());
  }

  @Test
  void whatManyNoteAtTheSameTimeIsAllOnDiskWhenEachGoesOn() throws Exception {
    List<Future<Boolean>> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        found.add(threads.submit(this::isOnDiskOnceNoted));
      }
    }
    for (Future<Boolean> one : found) {
      assertThat(one.get()).isTrue();
    }
  }

  private boolean isOnDiskOnceNoted() {
    CallDraft call = ledger.draft(AGENT, tool("echo"));
    ledger.note(call, Json.mapper().createObjectNode(), MASK);
    return Ledger.find(database, Owner.DEFAULT, CallQuery.newest(200)).stream()
        .anyMatch(entry -> entry.id().equals(call.id()));
  }

  @Test
  void aCallThatCannotBeNotedTakesNoOtherWithIt() throws Exception {
    poison();
    Caller other = Caller.of(another());
    List<Future<Boolean>> noted = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 120; i++) {
        Caller caller = i % 2 == 0 ? AGENT : other;
        String name = i % 3 == 0 ? "poison" : "fine";
        noted.add(threads.submit(() -> isNoted(caller, name)));
      }
    }
    for (int i = 0; i < noted.size(); i++) {
      assertThat(noted.get(i).get()).isEqualTo(i % 3 != 0);
    }
    assertThat(ledger.list(Owner.DEFAULT, CallQuery.newest(200))).hasSize(40);
    assertThat(ledger.list(other.owner(), CallQuery.newest(200))).hasSize(40);
  }

  @Test
  void aCallThatCannotBeAddedTakesNoOtherWithIt() {
    poison();
    for (String name : List.of("fine", "poison", "fine")) {
      end(ledger.draft(AGENT, tool(name)), "{}", new Ending(Outcome.OK, "", ""));
    }
    ledger.add(
        ledger.draft(AGENT, tool("fine")),
        Json.mapper().createObjectNode(),
        MASK,
        PLACE,
        () -> {
          throw new IllegalStateException("on purpose");
        },
        () -> Traffic.NONE);
    end(ledger.draft(AGENT, tool("fine")), "{}", new Ending(Outcome.OK, "", ""));
    assertThat(ledger.list(Owner.DEFAULT, CallQuery.newest(10))).hasSize(3);
  }

  private Owner another() {
    Owner owner = new Owner("user-11111111-1111-4111-8111-111111111111");
    database.maintainWrite(handle ->
        handle.execute(
            "INSERT INTO owner (owner_id, name, created_at) VALUES (?, 'other',"
                + " '2026-01-01T00:00:00Z')",
            owner.id()));
    return owner;
  }

  /** Has the database refuse the rows of one tool. */
  private void poison() {
    database.maintainWrite(handle ->
        handle.execute(
            "CREATE TRIGGER poison BEFORE INSERT ON tool_call WHEN NEW.tool = 'poison'"
                + " BEGIN SELECT RAISE(ABORT, 'on purpose'); END"));
  }

  private boolean isNoted(Caller caller, String name) {
    try {
      ledger.note(ledger.draft(caller, tool(name)), Json.mapper().createObjectNode(), MASK);
      return true;
    } catch (MnemeException _) {
      return false;
    }
  }

  @Test
  void argumentsAreMaskedAndCut() {
    end(
        ledger.draft(AGENT, tool("a")),
        "{\"key\":\"correct-horse-battery\",\"other\":\"sk-abcdefghijklmnopqrstuvwx\",\"long\":\""
            + "x".repeat(5_000)
            + "\"}",
        new Ending(Outcome.OK, "", ""));
    CallEntry entry = ledger.list(Owner.DEFAULT, CallQuery.newest(1)).getFirst();
    assertThat(entry.arguments())
        .doesNotContain("correct-horse")
        .doesNotContain("sk-abc")
        .hasSizeLessThan(2_010);
    assertThat(entry.argumentsBytes()).isGreaterThan(5_000);
  }

  @Test
  void aNotedCallIsThereBeforeItsEndAndEndsInTheSameRow() {
    CallDraft call = ledger.draft(AGENT, tool("send"));
    ledger.note(call, Json.parse("{}"), MASK);
    List<CallEntry> before = Ledger.find(database, Owner.DEFAULT, CallQuery.newest(10));
    assertThat(before).hasSize(1);
    assertThat(before.getFirst().ending().outcome()).isEqualTo(Outcome.RUNNING);
    end(call, "{}", new Ending(Outcome.OK, "", ""));
    List<CallEntry> after = ledger.list(Owner.DEFAULT, CallQuery.newest(10));
    assertThat(after).hasSize(1);
    assertThat(after.getFirst().ending().outcome()).isEqualTo(Outcome.OK);
    assertThat(after.getFirst().place()).isEqualTo(PLACE);
  }

  @Test
  void aCallThatTheServerDidNotSurviveIsTold() {
    ledger.note(ledger.draft(AGENT, tool("send")), Json.parse("{}"), MASK);
    ledger.close();
    ledger = open(LedgerSettings.DEFAULT);
    Ending ending = ledger.list(Owner.DEFAULT, CallQuery.newest(1)).getFirst().ending();
    assertThat(ending.outcome()).isEqualTo(Outcome.PROTOCOL_ERROR);
    assertThat(ending.reason()).isEqualTo("lost");
  }

  @Test
  void whatWasAddedIsWrittenWithoutAnybodyAsking() {
    end(ledger.draft(AGENT, tool("a")), "{}", new Ending(Outcome.OK, "", ""));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !Ledger.find(database, Owner.DEFAULT, CallQuery.newest(1)).isEmpty());
  }

  @Test
  void callsAreFoundByToolAgentAndOutcomeAndPageByPage() {
    for (int i = 0; i < 6; i++) {
      now.set(now.get().plusSeconds(1));
      Caller caller = i < 3 ? AGENT : Caller.of(Owner.DEFAULT);
      Outcome outcome = i % 2 == 0 ? Outcome.OK : Outcome.TOOL_ERROR;
      end(ledger.draft(caller, tool("t" + i % 2)), "{}", new Ending(outcome, "", ""));
    }
    assertThat(list("t0", "", "")).hasSize(3);
    assertThat(list("", "agent-1", "")).hasSize(3);
    assertThat(list("t1", "agent-1", "tool_error")).hasSize(1);
    List<CallEntry> newest = ledger.list(Owner.DEFAULT, CallQuery.newest(4));
    List<CallEntry> rest =
        ledger.list(
            Owner.DEFAULT,
            new CallQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(newest.getLast().id()),
                10));
    assertThat(newest).hasSize(4);
    assertThat(newest.getFirst().startedAt()).isEqualTo(now.get());
    assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(newest);
  }

  @Test
  void whatIsTooOldOrTooMuchGoes() {
    end(ledger.draft(AGENT, tool("old")), "{}", new Ending(Outcome.OK, "", ""));
    now.set(now.get().plus(Duration.ofDays(31)));
    for (int i = 0; i < 5; i++) {
      now.set(now.get().plusSeconds(1));
      end(ledger.draft(AGENT, tool("t" + i)), "{}", new Ending(Outcome.OK, "", ""));
    }
    assertThat(ledger.list(Owner.DEFAULT, CallQuery.newest(10))).hasSizeGreaterThan(4);
    ledger.close();
    ledger = open(new LedgerSettings(Duration.ofDays(30), 3));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(ledger.list(Owner.DEFAULT, CallQuery.newest(10)))
                .extracting(CallEntry::tool)
                .containsExactly("t4", "t3", "t2"));
  }

  private List<CallEntry> list(String tool, String agent, String outcome) {
    return ledger.list(
        Owner.DEFAULT,
        new CallQuery(given(tool), given(agent), given(outcome), Optional.empty(), 100));
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private void end(CallDraft call, String arguments, Ending ending) {
    JsonNode given = Json.parse(arguments);
    ledger.add(call, given, MASK, PLACE, () -> ending, () -> new Traffic(1, 2, 3, 4));
  }

  private Ledger open(LedgerSettings settings) {
    return Ledger.open(
        database,
        settings,
        new Ids(new Random(7 + System.nanoTime()), Clock.systemUTC()),
        now::get);
  }

  private static ToolIdentity tool(String name) {
    return new ToolIdentity(
        ToolIdentity.Source.LIBRARY, name, "f".repeat(64), ToolAsks.NOTHING, true);
  }
}
