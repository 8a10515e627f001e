package dev.mneme.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Origin;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import dev.mneme.store.Database;
import dev.mneme.store.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesTest {
  @TempDir Path folder;
  private final Messages messages = new Messages();
  private final Conversation here = Conversation.of(TestingMessages.agentId());
  private Database database;
  private Scope mine;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 2);
    mine = database.scope(Owner.DEFAULT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aMessageComesBackAsItWasWithItsPlace() {
    Message whole =
        new Message(
            "message-00000000-0000-4000-8000-000000000001",
            here,
            Role.ASSISTANT,
            Origin.MODEL,
            List.of(
                new Content.Reasoning("hm", Optional.of("signed")),
                new Content.Reasoning("so", Optional.empty()),
                new Content.RedactedReasoning("x8d"),
                Content.text("Good\nday"),
                new Content.Image("image/png", "AAAA")),
            List.of(new ToolRequest("call_1", "look", "{\"at\": \"it\"}")),
            List.of(
                new ToolReturn("call_0", "look", true, "no", Optional.of("out"), Optional.empty())),
            Optional.of("Ada"),
            Optional.of("otid-1"),
            Optional.of("agent-x"),
            Optional.of("group-x"),
            Optional.of("step-x"),
            Optional.of("run-x"),
            true,
            Instant.parse("2026-11-22T10:00:00.123Z"),
            0);
    Message stored = add(List.of(whole)).getFirst();
    assertThat(stored.sequence()).isPositive();
    assertThat(stored).isEqualTo(whole.at(stored.sequence()));
    Optional<Message> found = mine.read(reads -> messages.find(reads, whole.id()));
    assertThat(found).contains(stored);
  }

  @Test
  void aContextReadAgainIsTheSameAndHasWhatCameSince() {
    List<Message> some = say(40);
    mine.update(tx -> messages.extendContext(tx, here, some.subList(0, 30)));
    assertThat(context()).isEqualTo(some.subList(0, 30));
    mine.update(tx -> messages.extendContext(tx, here, some.subList(30, 35)));
    assertThat(context()).isEqualTo(some.subList(0, 35));
    mine.update(tx -> messages.extendContext(tx, here, some.subList(35, 40)));
    assertThat(context()).isEqualTo(some);
    List<Message> unknown = mine.read(reads -> new Messages().context(reads, here));
    assertThat(unknown).isEqualTo(some);
  }

  @Test
  void aSystemMessageCompiledAnewIsReadAnew() {
    Message system = add(List.of(TestingMessages.said(here, Role.SYSTEM, "first"))).getFirst();
    mine.update(tx -> messages.extendContext(tx, here, List.of(system)));
    assertThat(context()).containsExactly(system);
    Message now = system.withText("second");
    mine.update(tx -> messages.rewrite(tx, now));
    assertThat(context()).containsExactly(now);
  }

  @Test
  void whatWasTakenBackIsNeverShownForWhatGotItsPlace() {
    MnemeException undo = MnemeException.invalid("undo", "Undo.");
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() ->
            mine.update(tx -> {
              List<Message> lost =
                  messages.add(tx, List.of(TestingMessages.said(here, Role.USER, "lost")));
              messages.extendContext(tx, here, lost);
              assertThat(messages.context(tx, here)).isEqualTo(lost);
              throw undo;
            }));
    List<Message> kept = say(1);
    mine.update(tx -> messages.extendContext(tx, here, kept));
    assertThat(context()).isEqualTo(kept);
  }

  @Test
  void theContextIsInTheOrderItWasExtended() {
    List<Message> some = say(5);
    mine.update(tx -> messages.extendContext(tx, here, some.subList(0, 3)));
    mine.update(tx -> messages.extendContext(tx, here, some.subList(4, 5)));
    assertThat(context()).containsExactly(some.get(0), some.get(1), some.get(2), some.get(4));
    mine.update(tx -> messages.replaceContext(tx, here, ids(List.of(some.get(4), some.get(1)))));
    assertThat(context()).containsExactly(some.get(4), some.get(1));
    List<String> now = mine.read(reads -> messages.contextIds(reads, here));
    assertThat(now).isEqualTo(ids(context()));
  }

  @Test
  void theLastInContextIsWhatWasPutThereLast() {
    assertThat(mine.<Optional<Message>>read(r -> messages.lastInContext(r, here))).isEmpty();

    List<Message> some = say(3);
    mine.update(tx -> messages.extendContext(tx, here, some.subList(0, 2)));

    assertThat(mine.<Optional<Message>>read(r -> messages.lastInContext(r, here)))
        .contains(some.get(1));
  }

  @Test
  void eachConversationHasAContextOfItsOwn() {
    Conversation other =
        new Conversation(here.agentId(), "conv-00000000-0000-4000-8000-000000000001");
    List<Message> some = say(2);
    mine.update(tx -> messages.extendContext(tx, here, some));
    assertThat(context(other)).isEmpty();
    mine.update(tx -> messages.replaceContext(tx, other, ids(some.subList(0, 1))));
    assertThat(context()).isEqualTo(some);
  }

  @Test
  void whatIsNotThereCannotBeInContextAndNothingChanges() {
    List<Message> some = say(1);
    mine.update(tx -> messages.extendContext(tx, here, some));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(
            () -> mine.update(tx -> messages.replaceContext(tx, here, List.of("message-unknown"))))
        .returns("unknown_message", MnemeException::code);
    assertThat(context()).isEqualTo(some);
  }

  @Test
  void aRewrittenMessageKeepsItsPlace() {
    List<Message> some = say(2);
    mine.update(tx -> messages.extendContext(tx, here, some));
    Message first = some.getFirst();
    Message anew =
        new Message(
            first.id(),
            here,
            Role.SYSTEM,
            Origin.USER,
            List.of(Content.text("compiled again")),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            first.createdAt(),
            0);
    mine.update(tx -> messages.rewrite(tx, anew));
    assertThat(context()).containsExactly(anew.at(first.sequence()), some.get(1));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void removingAnAgentRemovesAllOfItAndNumbersAreNotGivenAgain() {
    List<Message> some = say(3);
    mine.update(tx -> messages.extendContext(tx, here, some));
    mine.update(tx -> messages.removeAgent(tx, here.agentId()));
    assertThat(context()).isEmpty();
    assertThat(count()).isZero();
    assertThat(say(1).getFirst().sequence()).isGreaterThan(some.getLast().sequence());
  }

  @Test
  void loadingAContextCostsTheSameWhateverTheHistory() {
    List<Message> recent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      recent = say(1000);
    }
    List<Message> window = recent.subList(900, 1000);
    mine.update(tx -> messages.extendContext(tx, here, window));
    Conversation fresh = Conversation.of(TestingMessages.agentId());
    List<Message> few = add(list(fresh, 100));
    mine.update(tx -> messages.extendContext(tx, fresh, few));
    loadTime(here);
    loadTime(fresh);
    assertThat(loadTime(here)).isLessThan(3 * loadTime(fresh) + 5_000_000);
    assertThat(count()).isEqualTo(20_000);
  }

  private long loadTime(Conversation conversation) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 30; i++) {
      Messages unread = new Messages();
      long begin = System.nanoTime();
      List<Message> context = mine.read(reads -> unread.context(reads, conversation));
      assertThat(context).hasSize(100);
      best = Math.min(best, System.nanoTime() - begin);
    }
    return best;
  }

  private List<Message> context() {
    return context(here);
  }

  private List<Message> context(Conversation conversation) {
    return mine.read(reads -> messages.context(reads, conversation));
  }

  private long count() {
    return mine.read(reads -> messages.count(reads, here.agentId()));
  }

  private List<Message> say(int count) {
    return add(list(here, count));
  }

  private static List<Message> list(Conversation conversation, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> TestingMessages.said(conversation, Role.USER, "This is message " + i))
        .toList();
  }

  private List<Message> add(List<Message> some) {
    return mine.write(tx -> messages.add(tx, some));
  }

  private static List<String> ids(List<Message> some) {
    return some.stream().map(Message::id).toList();
  }
}
