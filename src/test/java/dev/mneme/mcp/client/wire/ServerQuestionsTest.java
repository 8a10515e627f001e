package dev.mneme.mcp.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerQuestionsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<ObjectNode> sent = new CopyOnWriteArrayList<>();
  private final ServerQuestions questions = new ServerQuestions(sent::add);

  @ParameterizedTest
  @ValueSource(strings = {"elicitation/create", "sampling/createMessage"})
  void aQuestionWhoseAnsweringFailsIsAnsweredWithAnError(String method) {
    CallListener broken =
        new CallListener() {
          @Override
          public ObjectNode elicit(ObjectNode params) {
            throw new IllegalStateException("of no concern to the server");
          }

          @Override
          public boolean offersModel() {
            return true;
          }

          @Override
          public ObjectNode sample(ObjectNode params) {
            throw new IllegalStateException("of no concern to the server");
          }
        };
    questions.asked(
        method,
        IntNode.valueOf(7),
        Json.mapper().createObjectNode(),
        Optional.of(new Pending(1, LONG, broken)));
    await().atMost(LONG).until(() -> !sent.isEmpty());
    assertThat(sent)
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.path("id").asInt()).isEqualTo(7);
          assertThat(answer.at("/error/code").asInt()).isEqualTo(-32603);
          assertThat(answer.toString()).doesNotContain("of no concern");
        });
  }

  /** Waits for an answer that never comes, and knows when it was told to stop. */
  private static final class Waiting implements CallListener {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public ObjectNode elicit(ObjectNode params) {
      asked.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException _) {
        ended.countDown();
        Thread.currentThread().interrupt();
      }
      return Json.mapper().createObjectNode().put("action", "cancel");
    }
  }

  private Pending asked(Waiting waiting) throws InterruptedException {
    Pending call = new Pending(1, LONG, waiting);
    questions.asked(
        "elicitation/create",
        IntNode.valueOf(7),
        Json.mapper().createObjectNode(),
        Optional.of(call));
    assertThat(waiting.asked.await(30, TimeUnit.SECONDS)).isTrue();
    return call;
  }

  @Test
  void aQuestionEndsWithItsCallAndTheServerHearsSo() throws Exception {
    for (Consumer<Pending> end :
        List.<Consumer<Pending>>of(
            Pending::over,
            call -> call.answered(Json.mapper().createObjectNode()),
            call -> call.failed(new CallFailed(CallFailed.Reason.CLOSED, "gone")))) {
      sent.clear();
      Waiting waiting = new Waiting();
      end.accept(asked(waiting));
      assertThat(waiting.ended.await(30, TimeUnit.SECONDS)).isTrue();
      await().atMost(LONG).until(() -> sent.size() == 1);
    }
  }

  @Test
  void aQuestionThatTheServerTakesBackEndsAndIsNotAnswered() throws Exception {
    Waiting waiting = new Waiting();
    Pending call = asked(waiting);
    questions.withdrawn(IntNode.valueOf(7));
    assertThat(waiting.ended.await(30, TimeUnit.SECONDS)).isTrue();
    Waiting another = new Waiting();
    // What it asks next has its id again, and is another question.
    asked(another);
    assertThat(sent).isEmpty();
    call.over();
  }

  @Test
  void nothingIsAskedInACallThatIsOver() {
    Waiting waiting = new Waiting();
    Pending call = new Pending(1, LONG, waiting);
    call.over();
    questions.asked(
        "elicitation/create",
        IntNode.valueOf(7),
        Json.mapper().createObjectNode(),
        Optional.of(call));
    await().atMost(LONG).until(() -> sent.size() == 1);
    assertThat(waiting.asked.getCount()).isEqualTo(1);
  }
}
