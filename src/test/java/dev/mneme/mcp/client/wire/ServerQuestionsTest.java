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
        Optional.of(new Pending(1, broken)));
    await().atMost(LONG).until(() -> !sent.isEmpty());
    assertThat(sent)
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.path("id").asInt()).isEqualTo(7);
          assertThat(answer.at("/error/code").asInt()).isEqualTo(-32603);
          assertThat(answer.toString()).doesNotContain("of no concern");
        });
  }
}
