package dev.mneme.engine;

import static dev.mneme.engine.TestingEngine.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.agent.Agent;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.run.RunEvent;
import dev.mneme.run.StopReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final String LONG = "word ".repeat(200);

  @TempDir Path folder;
  private TestingEngine engine;

  @BeforeEach
  void open() {
    engine = new TestingEngine(folder);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aFullWindowIsSummedUpAndNothingIsLost() {
    engine.script(
        "small",
        """
        model: {context_window: 3000}
        replies:
          - match: {instructions: about to leave the agent}
            text: They said many words.
          - text: I see.
        """);
    Agent agent = engine.agent("letta_v1_agent", "small", List.of());
    boolean compacted = false;
    for (int i = 0; i < 12; i++) {
      Told told = engine.say(agent, "message " + i + " " + LONG);
      assertThat(told.ended().reason()).isEqualTo(StopReason.END_TURN);
      compacted |= told.events().stream().anyMatch(e -> e instanceof RunEvent.Compacted);
    }
    assertThat(compacted).isTrue();
    List<Message> context = engine.context(agent);
    assertThat(context.get(0).role()).isEqualTo(Role.SYSTEM);
    assertThat(context.get(1).role()).isEqualTo(Role.SUMMARY);
    assertThat(context.get(1).text()).contains("They said many words.", "compaction_stats");
    assertThat(context.size()).isLessThan(20);
    assertThat(engine.stored(agent).stream().filter(m -> m.role() == Role.USER)).hasSize(12);
    assertThat(context.get(0).text()).contains("previous messages");
  }

  @Test
  void aRequestThatOverflowsIsSentAgainAfterMakingRoom() {
    engine.script(
        "overflows",
        """
        replies:
          - match: {instructions: about to leave the agent}
            text: Earlier talk.
          - match: {contains: burst, tokens_over: 800}
            fault: overflow
          - text: I see.
        """);
    Agent agent = engine.agent("letta_v1_agent", "overflows", List.of());
    for (int i = 0; i < 4; i++) {
      engine.say(agent, "message " + i + " " + LONG);
    }
    Told told = engine.say(agent, "burst");
    assertThat(told.ended().reason()).isEqualTo(StopReason.END_TURN);
    assertThat(told.texts()).containsExactly("I see.");
    assertThat(engine.context(agent)).extracting(Message::text).contains("burst");
  }

  @Test
  void aSummariserThatFailsIsReplacedByADigest() {
    engine.script(
        "mute",
        """
        replies:
          - match: {instructions: about to leave the agent}
            fault: error
          - match: {contains: burst, tokens_over: 800}
            fault: overflow
          - text: I see.
        """);
    Agent agent = engine.agent("letta_v1_agent", "mute", List.of());
    for (int i = 0; i < 4; i++) {
      engine.say(agent, "message " + i + " " + LONG);
    }
    assertThat(engine.say(agent, "burst").texts()).containsExactly("I see.");
    assertThat(engine.context(agent).get(1).text())
        .contains("earlier messages left the context", "message 0");
  }

  @Test
  void instructionsThatDoNotFitAreSaidToBeTheReason() {
    engine.script(
        "tiny",
        """
        model: {context_window: 50}
        replies:
          - fault: overflow
        """);
    Agent agent = engine.agent("letta_v1_agent", "tiny", List.of());
    Told told = engine.say(agent, "hi");
    assertThat(told.ended().reason())
        .isEqualTo(StopReason.CONTEXT_WINDOW_OVERFLOW_IN_SYSTEM_PROMPT);
  }

  @Test
  void roomIsMadeWhenAskedForAndOnlyWhereThereIsSomethingToSumUp() {
    engine.script(
        "sums",
        """
        replies:
          - match: {instructions: about to leave the agent}
            text: They greeted each other.
          - text: Hello.
        """);
    Agent agent = engine.agent("letta_v1_agent", "sums", List.of());
    for (int i = 0; i < 5; i++) {
      engine.say(agent, "hello " + i);
    }
    int before = engine.context(agent).size();

    Told told =
        engine.told(engine.engine.compact(A, Conversation.of(agent.id()), Optional.empty()));

    assertThat(told.events()).anyMatch(e -> e instanceof RunEvent.Compacted);
    assertThat(engine.context(agent).size()).isLessThan(before);
    assertThat(engine.context(agent).get(1).text()).contains("They greeted each other.");
    assertThat(engine.stored(agent).stream().filter(m -> m.role() == Role.USER)).hasSize(5);

    Agent fresh = engine.agent("letta_v1_agent", "sums", List.of());
    assertThat(
            engine
                .told(engine.engine.compact(A, Conversation.of(fresh.id()), Optional.empty()))
                .events())
        .noneMatch(e -> e instanceof RunEvent.Compacted);
  }
}
