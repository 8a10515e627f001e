package dev.mneme.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Messages;
import dev.mneme.message.Role;
import dev.mneme.message.TestingMessages;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.Content;
import dev.mneme.model.Embedder;
import dev.mneme.model.ToolRequest;
import dev.mneme.search.MessageSearch.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageIndexTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;

  private final Conversation here = Conversation.of(TestingMessages.agentId());
  private final HashEmbedder embedder = new HashEmbedder("hash-a", 64);

  private SearchFixture fixture() {
    return new SearchFixture(data, Optional.of(embedder), SearchFixture.QUICK);
  }

  private SearchFixture wordsOnly() {
    return new SearchFixture(data, Optional.<Embedder>empty(), SearchFixture.QUICK);
  }

  private static void store(SearchFixture f, Owner owner, Message... messages) {
    Messages table = new Messages(f.index);
    f.database.scope(owner).update(tx -> table.add(tx, List.of(messages)));
  }

  private static String say(SearchFixture f, Conversation where, Role role, String text) {
    Message message = TestingMessages.said(where, role, text);
    store(f, Owner.DEFAULT, message);
    return message.id();
  }

  private static void removeAgent(SearchFixture f, Conversation where) {
    Messages table = new Messages(f.index);
    f.database.scope(Owner.DEFAULT).update(tx -> table.removeAgent(tx, where.agentId()));
  }

  private List<String> find(SearchFixture f, String text) {
    return find(f, Owner.DEFAULT, MessageSearch.ofAgent(here.agentId(), text, 10));
  }

  private static List<String> find(SearchFixture f, Owner owner, MessageSearch search) {
    return f.index.messages(owner, search).stream().map(MessageHit::messageId).toList();
  }

  private static Message at(Message message, Instant when, boolean hidden) {
    return new Message(
        message.id(),
        message.conversation(),
        message.role(),
        message.origin(),
        message.content(),
        message.toolRequests(),
        message.toolReturns(),
        message.name(),
        message.otid(),
        message.senderId(),
        message.groupId(),
        message.stepId(),
        message.runId(),
        hidden,
        when,
        0);
  }

  @Test
  void whatWasSaidIsFoundByItsWordsAtOnce() {
    try (SearchFixture f = fixture()) {
      List<String> said = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        said.add(say(f, here, Role.USER, "the token is fresh" + i + "word"));
        // Not always first: its neighbours have a part of its score, and vectors before it has.
        assertThat(find(f, "fresh" + i + "word")).contains(said.getLast());
      }
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      for (int i = 0; i < 50; i++) {
        assertThat(find(f, "fresh" + i + "word").getFirst()).isEqualTo(said.get(i));
      }
      assertThat(f.index.status().messages()).isEqualTo(50);
      assertThat(f.index.status().vectors()).isEqualTo(50);
      assertThat(f.index.status().passages()).isZero();
    }
  }

  @Test
  void whatWasMeantIsFoundAndScoresSayWhy() {
    embedder.synonyms.put("automobile", "car");
    try (SearchFixture f = fixture()) {
      String meant = say(f, here, Role.USER, "my car broke down");
      say(f, Conversation.of(here.agentId()), Role.ASSISTANT, "lunch was splendid today");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      MessageHit hit =
          f.index
              .messages(Owner.DEFAULT, MessageSearch.ofAgent(here.agentId(), "automobile broke", 5))
              .getFirst();
      assertThat(hit.messageId()).isEqualTo(meant);
      assertThat(hit.vector()).isGreaterThan(0.5);
      assertThat(hit.lexical()).isGreaterThan(0);
      assertThat(hit.score()).isBetween(0.1, 1.0);
      assertThat(hit.reason()).matches("word: (broke|break); meaning 0\\.\\d\\d.*");
      assertThat(find(f, Owner.DEFAULT, mode("automobile", Mode.MEANING))).contains(meant);
      assertThat(find(f, Owner.DEFAULT, mode("automobile", Mode.WORDS))).isEmpty();
    }
  }

  private MessageSearch mode(String text, Mode mode) {
    return search(text, Set.of(), Optional.empty(), Optional.empty(), mode);
  }

  private MessageSearch search(
      String text, Set<Role> roles, Optional<Instant> from, Optional<Instant> until, Mode mode) {
    return new MessageSearch(
        text, Optional.of(here.agentId()), Optional.empty(), roles, from, until, mode, 10);
  }

  @Test
  void filtersHoldWhileTheIndexIsBuiltAndAfter() {
    try (SearchFixture f = fixture()) {
      Instant june = Instant.parse("2026-06-01T00:00:00Z");
      Conversation other = new Conversation(here.agentId(), "conv-" + java.util.UUID.randomUUID());
      Conversation elsewhere = Conversation.of(TestingMessages.agentId());
      Message user = at(TestingMessages.said(here, Role.USER, "red apple"), june, false);
      Message answer =
          at(TestingMessages.said(other, Role.ASSISTANT, "red pear"), june.plusSeconds(1), false);
      Message system = at(TestingMessages.said(here, Role.SYSTEM, "red system"), june, false);
      Message hidden = at(TestingMessages.said(here, Role.USER, "red hidden"), june, true);
      Message away = at(TestingMessages.said(elsewhere, Role.USER, "red away"), june, false);
      store(f, Owner.DEFAULT, user, answer, system, hidden, away);
      for (int round = 0; round < 2; round++) {
        for (String text : List.of("red", "")) {
          assertThat(find(f, text)).containsExactlyInAnyOrder(user.id(), answer.id());
          assertThat(roles(f, text, Role.ASSISTANT)).containsExactly(answer.id());
          assertThat(roles(f, text, Role.SYSTEM)).isEmpty();
          assertThat(
                  find(
                      f,
                      Owner.DEFAULT,
                      search(
                          text,
                          Set.of(),
                          Optional.of(june.plusSeconds(1)),
                          Optional.empty(),
                          Mode.HYBRID)))
              .containsExactly(answer.id());
          assertThat(
                  find(
                      f,
                      Owner.DEFAULT,
                      search(
                          text,
                          Set.of(),
                          Optional.empty(),
                          Optional.of(june.plusSeconds(1)),
                          Mode.HYBRID)))
              .containsExactly(user.id());
          assertThat(
                  find(
                      f,
                      Owner.DEFAULT,
                      new MessageSearch(
                          text,
                          Optional.empty(),
                          Optional.of(Conversation.DEFAULT),
                          Set.of(),
                          Optional.empty(),
                          Optional.empty(),
                          Mode.HYBRID,
                          10)))
              .containsExactlyInAnyOrder(user.id(), away.id());
        }
        assertThat(find(f, "").getFirst()).isEqualTo(answer.id());
        assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      }
    }
  }

  private List<String> roles(SearchFixture f, String text, Role role) {
    return find(
        f,
        Owner.DEFAULT,
        search(text, Set.of(role), Optional.empty(), Optional.empty(), Mode.HYBRID));
  }

  @Test
  void anAnswerIsFoundByItsQuestion() {
    try (SearchFixture f = fixture()) {
      IntStream.range(0, 20).forEach(i -> say(f, here, Role.USER, "idle talk number " + i));
      String question = say(f, here, Role.USER, "where did we park the camper van?");
      String answer = say(f, here, Role.ASSISTANT, "on level three");
      IntStream.range(20, 40).forEach(i -> say(f, here, Role.USER, "idle talk number " + i));
      // Beside it in the order of writing, but in another conversation.
      Conversation other = Conversation.of(TestingMessages.agentId());
      String stranger = say(f, other, Role.USER, "on level four");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      List<MessageHit> hits =
          f.index.messages(
              Owner.DEFAULT, MessageSearch.ofAgent(here.agentId(), "camper van parked", 5));
      assertThat(hits.get(0).messageId()).isEqualTo(question);
      assertThat(hits.stream().limit(3).map(MessageHit::messageId)).contains(answer);
      MessageHit found =
          hits.stream().filter(h -> h.messageId().equals(answer)).findFirst().orElseThrow();
      assertThat(found.lexical()).isZero();
      assertThat(found.neighbours()).isGreaterThan(0.2);
      assertThat(found.reason()).contains("stands beside a match");
      assertThat(hits).extracting(MessageHit::messageId).doesNotContain(stranger);
      // The answer is asked for, the question lends all the same.
      List<String> answers =
          find(
              f,
              Owner.DEFAULT,
              search(
                  "camper van parked",
                  Set.of(Role.ASSISTANT),
                  Optional.empty(),
                  Optional.empty(),
                  Mode.HYBRID));
      assertThat(answers).containsExactly(answer);
    }
  }

  @Test
  void anOwnerFindsNothingOfAnother() {
    try (SearchFixture f = fixture()) {
      Conversation theirs = Conversation.of(TestingMessages.agentId());
      String mine = say(f, here, Role.USER, "alpha beta gamma");
      Message other = TestingMessages.said(theirs, Role.USER, "alpha beta gamma");
      Message answer = TestingMessages.said(theirs, Role.ASSISTANT, "quite so");
      store(f, SearchFixture.OTHER, other, answer);
      for (int round = 0; round < 2; round++) {
        for (String text : List.of("alpha beta", "gamma", "")) {
          MessageSearch all =
              new MessageSearch(
                  text,
                  Optional.empty(),
                  Optional.empty(),
                  Set.of(),
                  Optional.empty(),
                  Optional.empty(),
                  Mode.HYBRID,
                  10);
          assertThat(find(f, Owner.DEFAULT, all)).containsExactly(mine);
          assertThat(find(f, SearchFixture.OTHER, all))
              .containsExactlyInAnyOrder(other.id(), answer.id());
          assertThat(find(f, Owner.DEFAULT, MessageSearch.ofAgent(theirs.agentId(), text, 10)))
              .isEmpty();
        }
        assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      }
    }
  }

  @Test
  void toolCallsAndReturnsAreFoundButNotEarlierSearches() {
    try (SearchFixture f = wordsOnly()) {
      Message called = called("send_message", "{\"message\":\"Greetings, Professor Falken\"}", "");
      Message returned = called("lookup", "", "the launch code is JOSHUA");
      Message searched = called("conversation_search", "{\"query\":\"falken\"}", "Falken, Joshua");
      store(f, Owner.DEFAULT, called, returned, searched);
      assertThat(find(f, "falken")).containsExactly(called.id(), returned.id());
      assertThat(find(f, "joshua")).containsExactly(returned.id(), called.id());
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(f.index.status().messages()).isEqualTo(2);
      assertThat(find(f, "falken")).containsExactly(called.id(), returned.id());
      assertThat(find(f, "message")).isEmpty();
    }
  }

  private Message called(String tool, String arguments, String answer) {
    Message plain = TestingMessages.said(here, Role.ASSISTANT, "");
    return new Message(
        plain.id(),
        here,
        answer.isEmpty() ? Role.ASSISTANT : Role.TOOL,
        plain.origin(),
        List.<Content>of(),
        arguments.isEmpty() ? List.of() : List.of(new ToolRequest("call-1", tool, arguments)),
        answer.isEmpty()
            ? List.of()
            : List.of(
                new ToolReturn("call-1", tool, false, answer, Optional.empty(), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        plain.createdAt(),
        0);
  }

  @Test
  void whatTheIndexMissedIsFoundAfterARestart() {
    try (SearchFixture f = fixture()) {
      String early = say(f, here, Role.USER, "the early one");
      Conversation doomed = Conversation.of(TestingMessages.agentId());
      say(f, doomed, Role.USER, "the doomed one");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      // The process dies after these are committed and before the index hears of them.
      Messages deaf = new Messages();
      Message late = TestingMessages.said(here, Role.ASSISTANT, "newcomer");
      f.database
          .scope(Owner.DEFAULT)
          .update(tx -> {
            deaf.add(tx, List.of(late));
            deaf.removeAgent(tx, doomed.agentId());
          });
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(find(f, "newcomer").getFirst()).isEqualTo(late.id());
      assertThat(find(f, "early").getFirst()).isEqualTo(early);
      assertThat(find(f, Owner.DEFAULT, MessageSearch.ofAgent(doomed.agentId(), "doomed one", 5)))
          .isEmpty();
      assertThat(f.index.status().messages()).isEqualTo(2);
      assertThat(f.index.status().vectors()).isEqualTo(2);
      Awaitility.await().untilAsserted(() -> assertThat(filesContain(f.folder, "doom")).isFalse());
    }
  }

  @Test
  void aLostIndexIsBuiltAnewWithoutEmbeddingAgain() throws IOException {
    try (SearchFixture f = fixture()) {
      String needle = say(f, here, Role.USER, "needle in the haystack");
      List<Message> hay = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        hay.add(TestingMessages.said(here, Role.USER, "hay " + i));
      }
      store(f, Owner.DEFAULT, hay.toArray(Message[]::new));
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(f.index.status().vectors()).isEqualTo(3001);
      int once = embedder.embedded.get();
      f.index.close();
      try (Stream<Path> files = Files.list(f.folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      f.index = f.open();
      f.index.start();
      assertThat(find(f, "needle").getFirst()).as("at once").isEqualTo(needle);
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(find(f, "needle").getFirst()).as("rebuilt").isEqualTo(needle);
      assertThat(f.index.status().vectors()).isEqualTo(3001);
      // Only the query.
      assertThat(embedder.embedded.get() - once).isLessThan(5);
    }
  }

  @Test
  void anAgentThatIsGoneLeavesNoTrace() throws IOException {
    try (SearchFixture f = fixture()) {
      String kept = say(f, Conversation.of(TestingMessages.agentId()), Role.USER, "harmless talk");
      say(f, here, Role.USER, "the codeword is xyzzyplugh");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(filesContain(f.folder, "xyzzyplugh")).isTrue();
      removeAgent(f, here);
      assertThat(find(f, "codeword xyzzyplugh")).isEmpty();
      assertThat(
              f.database.<Long>maintain(h ->
                  h.createQuery("SELECT count(*) FROM message_vector").mapTo(Long.class).one()))
          .isEqualTo(1);
      Awaitility.await()
          .untilAsserted(() -> assertThat(filesContain(f.folder, "xyzzyplugh")).isFalse());
      assertThat(f.index.status().messages()).isEqualTo(1);
      assertThat(f.index.status().vectors()).isEqualTo(1);
      assertThat(kept).isNotEmpty();
    }
  }

  /** Whether a word stands in the files, be it of a document that is only marked as deleted. */
  private static boolean filesContain(Path folder, String word) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      Terms terms = MultiTerms.getTerms(reader, Kind.MESSAGE.textField());
      return terms != null && terms.iterator().seekExact(new BytesRef(word));
    }
  }
}
