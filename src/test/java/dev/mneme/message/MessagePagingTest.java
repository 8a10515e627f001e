package dev.mneme.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.model.Content;
import dev.mneme.store.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages against a list that is filtered and cut by hand. */
class MessagePagingTest {
  private static final Role[] ROLES = {Role.USER, Role.ASSISTANT, Role.TOOL};

  @TempDir Path folder;
  private final Messages messages = new Messages();

  @Test
  void anyPageIsWhatFilteringAndCuttingByHandGives() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Database database = Database.open(folder.resolve("mneme.db"), 2)) {
      List<Message> all = new ArrayList<>();
      String agent = TestingMessages.agentId();
      List<Conversation> conversations =
          List.of(
              Conversation.of(agent),
              new Conversation(agent, "conv-00000000-0000-4000-8000-000000000001"),
              Conversation.of(TestingMessages.agentId()));
      for (int i = 0; i < 40; i++) {
        List<Message> some =
            Stream.generate(() -> any(random, conversations)).limit(random.nextInt(8)).toList();
        all.addAll(database.scope(Owner.DEFAULT).write(tx -> messages.add(tx, some)));
      }
      for (int i = 0; i < 500; i++) {
        MessageQuery query = anyPage(random, all);
        List<Message> page =
            database.scope(Owner.DEFAULT).read(reads -> messages.list(reads, query));
        assertThat(page).as("seed %d, %s", seed, query).isEqualTo(byHand(all, query));
      }
    }
  }

  @Test
  void walkingPagesMeetsEveryMessageOnce() {
    try (Database database = Database.open(folder.resolve("mneme.db"), 2)) {
      Conversation here = Conversation.of(TestingMessages.agentId());
      List<Message> some =
          Stream.generate(() -> TestingMessages.said(here, Role.USER, "x")).limit(25).toList();
      List<Message> all = database.scope(Owner.DEFAULT).write(tx -> messages.add(tx, some));
      for (boolean ascending : new boolean[] {true, false}) {
        List<Message> met = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (List<Message> page = List.of(all.getFirst()); !page.isEmpty(); ) {
          MessageQuery query = page(here, last, ascending);
          page = database.scope(Owner.DEFAULT).read(reads -> messages.list(reads, query));
          met.addAll(page);
          last = page.isEmpty() ? last : Optional.of(page.getLast().id());
        }
        assertThat(met).isEqualTo(ascending ? all : all.reversed());
      }
    }
  }

  @Test
  void aPageThatBeginsNowhereIsRefused() {
    try (Database database = Database.open(folder.resolve("mneme.db"), 2)) {
      MessageQuery query =
          page(Conversation.of(TestingMessages.agentId()), Optional.of("message-gone"), true);
      assertThatExceptionOfType(MnemeException.class)
          .isThrownBy(
              () -> database.scope(Owner.DEFAULT).read(reads -> messages.list(reads, query)))
          .returns("unknown_message", MnemeException::code);
    }
  }

  private static MessageQuery page(Conversation of, Optional<String> last, boolean ascending) {
    return new MessageQuery(
        Optional.of(of.agentId()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        ascending ? Optional.empty() : last,
        ascending ? last : Optional.empty(),
        ascending,
        4);
  }

  private static Message any(Random random, List<Conversation> conversations) {
    return TestingMessages.of(
        conversations.get(random.nextInt(conversations.size())),
        ROLES[random.nextInt(ROLES.length)],
        List.of(Content.text("Message " + random.nextInt())),
        Optional.of("run-" + random.nextInt(5)).filter(_ -> random.nextBoolean()),
        Optional.of("step-" + random.nextInt(5)).filter(_ -> random.nextBoolean()));
  }

  private static MessageQuery anyPage(Random random, List<Message> all) {
    Message one = all.get(random.nextInt(all.size()));
    Message from = all.get(random.nextInt(all.size()));
    Message to = all.get(random.nextInt(all.size()));
    Set<Role> roles = new HashSet<>();
    for (Role role : ROLES) {
      if (random.nextInt(4) == 0) {
        roles.add(role);
      }
    }
    return new MessageQuery(
        Optional.of(one.conversation().agentId()).filter(_ -> random.nextBoolean()),
        Optional.of(one.conversation().id()).filter(_ -> random.nextInt(3) == 0),
        one.runId().filter(_ -> random.nextInt(3) == 0),
        one.stepId().filter(_ -> random.nextInt(3) == 0),
        roles,
        Optional.of(to.id()).filter(_ -> random.nextInt(3) == 0),
        Optional.of(from.id()).filter(_ -> random.nextInt(3) == 0),
        random.nextBoolean(),
        1 + random.nextInt(30));
  }

  private static List<Message> byHand(List<Message> all, MessageQuery query) {
    List<Message> found =
        all.stream()
            .filter(m -> query.agentId().stream().allMatch(m.conversation().agentId()::equals))
            .filter(m -> query.conversationId().stream().allMatch(m.conversation().id()::equals))
            .filter(m -> query.runId().isEmpty() || query.runId().equals(m.runId()))
            .filter(m -> query.stepId().isEmpty() || query.stepId().equals(m.stepId()))
            .filter(m -> query.roles().isEmpty() || query.roles().contains(m.role()))
            .filter(m -> query.before().stream().allMatch(id -> m.sequence() < place(all, id)))
            .filter(m -> query.after().stream().allMatch(id -> m.sequence() > place(all, id)))
            .toList();
    return (query.ascending() ? found : found.reversed()).stream().limit(query.limit()).toList();
  }

  private static long place(List<Message> all, String id) {
    return all.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow().sequence();
  }
}
