package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions that whoever asked gave up before they were answered. */
@Timeout(60)
class WithdrawnQuestionTest {
  private final CountDownLatch shown = new CountDownLatch(1);
  private TestingMcp mcp;
  private ModernClient client;

  @BeforeEach
  void start() {
    mcp =
        new TestingMcp(
            new TestingCatalog()
                .catalog()
                .with(List.of(asking()), same -> same, same -> same, List.of()),
            FrontLimits.DEFAULT);
    client = new ModernClient(mcp);
  }

  @AfterEach
  void stop() {
    client.close();
    mcp.close();
  }

  /** Asks one thing on a thread of its own, gives it up, and may then ask another. */
  private McpTool asking() {
    return new McpTool(
        "withdraw",
        "Withdraw",
        "Asks and gives up",
        (ObjectNode) Json.parse("{\"type\": \"object\"}"),
        Optional.empty(),
        ToolAnnotations.READ,
        List.of(),
        (context, arguments) -> {
          Thread first = Thread.ofVirtual().start(() -> ask(context, "Shall it stay?"));
          wait(shown);
          first.interrupt();
          wait(first);
          String reply = arguments.has("twice") ? ask(context, "Shall it go?") : "nothing asked";
          return ToolReply.of(Json.mapper().createObjectNode().put("reply", reply));
        });
  }

  private static String ask(CallContext context, String text) {
    return String.valueOf(context.ask(TestingCatalog.question(text, "{\"type\": \"boolean\"}")));
  }

  private static void wait(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void wait(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String answered(String params, JsonNode round, boolean yes) {
    ObjectNode next = (ObjectNode) Json.parse(params);
    next.putObject("inputResponses")
        .putObject("question")
        .put("action", "accept")
        .putObject("content")
        .put("answer", yes);
    next.set("requestState", round.path("requestState"));
    return Json.write(next);
  }

  private static String question(JsonNode round) {
    return round.at("/inputRequests/question/params/message").asText();
  }

  @Test
  void whoAnswersLateHearsWhatBecameOfTheWork() throws Exception {
    String call = "{\"name\":\"withdraw\"}";
    JsonNode first = client.ask("tools/call", call, ModernClient.ELICITS).path("result");
    assertThat(question(first)).contains("Shall it stay?");
    shown.countDown();
    JsonNode end =
        client.ask("tools/call", answered(call, first, true), ModernClient.ELICITS).path("result");
    assertThat(end.at("/structuredContent/reply").asText()).isEqualTo("nothing asked");
  }

  @Test
  void anAnswerIsNeverTakenForThatOfAnotherQuestion() throws Exception {
    String call = "{\"name\":\"withdraw\",\"arguments\":{\"twice\":true}}";
    JsonNode first = client.ask("tools/call", call, ModernClient.ELICITS).path("result");
    assertThat(question(first)).contains("Shall it stay?");
    shown.countDown();
    JsonNode second =
        client.ask("tools/call", answered(call, first, true), ModernClient.ELICITS).path("result");
    assertThat(question(second)).contains("Shall it go?");
    JsonNode end =
        client
            .ask("tools/call", answered(call, second, false), ModernClient.ELICITS)
            .path("result");
    assertThat(end.at("/structuredContent/reply").asText()).contains("false");
  }
}
