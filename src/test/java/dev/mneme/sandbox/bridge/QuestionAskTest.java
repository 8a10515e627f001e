package dev.mneme.sandbox.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.tool.Budget;
import dev.mneme.tool.Caller;
import dev.mneme.tool.Form;
import dev.mneme.tool.Grants;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code that waits for a person holds a worker, so little of that is let happen. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class QuestionAskTest {
  private final QuestionAsk operation = new QuestionAsk();
  private final Semaphore asked = new Semaphore(0);
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final ToolListener thinking =
      new ToolListener() {
        @Override
        public Reply ask(Form form) {
          asked.release();
          return reply.join();
        }
      };

  @Test
  void anOwnerHasOneQuestionOpenAtATime() throws Exception {
    CompletableFuture<JsonNode> first = later(call("a", thinking));
    assertThat(asked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ask(call("a", thinking)).path("unanswered").asText())
        .contains("another question waits for its answer");
    CompletableFuture<JsonNode> other = later(call("b", thinking));
    assertThat(asked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    reply.complete(new Reply.Given(Json.parse("{\"answer\":\"Bern\"}")));
    assertThat(first.join().path("value").asText()).isEqualTo("Bern");
    assertThat(other.join().path("value").asText()).isEqualTo("Bern");
    assertThat(ask(call("a", thinking)).path("value").asText()).isEqualTo("Bern");
  }

  @Test
  void allOwnersTogetherHaveFewQuestionsOpen() throws Exception {
    List<CompletableFuture<JsonNode>> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      open.add(later(call(Integer.toString(i), thinking)));
    }
    assertThat(asked.tryAcquire(8, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(ask(call("a", thinking)).path("unanswered").asText()).contains("8 questions wait");
    reply.complete(new Reply.Declined());
    open.forEach(CompletableFuture::join);
    assertThat(ask(call("a", thinking)).path("declined").asBoolean()).isTrue();
  }

  @Test
  void whatDoesNotFitTheQuestionIsNoAnswerToIt() {
    for (String wrong : List.of("{\"answer\":\"c\"}", "{\"answer\":7}", "{}", "[]")) {
      ToolListener careless =
          new ToolListener() {
            @Override
            public Reply ask(Form form) {
              return new Reply.Given(Json.parse(wrong));
            }
          };
      JsonNode answer =
          operation.answer(
              call("a", careless),
              Json.parse("{\"question\":\"Which?\",\"choices\":{\"a\":\"Ah\",\"b\":\"Be\"}}"));
      assertThat(answer.path("unanswered").asText()).as(wrong).contains("has another form");
    }
  }

  @Test
  void aCallThatGotNoAnswerAsksNobodyAgain() {
    AtomicInteger questions = new AtomicInteger();
    ToolCall call =
        call(
            "a",
            new ToolListener() {
              @Override
              public Reply ask(Form form) {
                questions.incrementAndGet();
                return new Reply.Nobody("the user closed it");
              }
            });
    for (int i = 0; i < 5; i++) {
      assertThat(ask(call).path("unanswered").asText()).contains("the user closed it");
    }
    assertThat(questions).hasValue(1);
  }

  private CompletableFuture<JsonNode> later(ToolCall call) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(ask(call)));
    return answer;
  }

  private JsonNode ask(ToolCall call) {
    return operation.answer(call, Json.parse("{\"question\":\"Which city?\"}"));
  }

  private static ToolCall call(String owner, ToolListener listener) {
    return new ToolCall(
            Caller.of(new Owner("user-00000000-0000-4000-8000-00000000000" + owner)),
            ToolCode.of("t.py", "x", Trust.UNTRUSTED),
            Optional.empty(),
            Json.mapper().createObjectNode(),
            ToolLimits.DEFAULT,
            listener)
        .granted(
            new Grants(
                false, List.of(), Map.of(), MemoryUse.NONE, false, new Budget(100, 100_000)));
  }
}
