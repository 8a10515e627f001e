package dev.mneme.model.wire;

import static dev.mneme.model.Requests.plus;
import static dev.mneme.model.Requests.returned;
import static dev.mneme.model.Requests.said;
import static dev.mneme.model.Requests.text;
import static dev.mneme.model.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatModel;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.Content;
import dev.mneme.model.Heard;
import dev.mneme.model.ModelException;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.ModelOverride;
import dev.mneme.model.ModelSettings;
import dev.mneme.model.Models;
import dev.mneme.model.Provider;
import dev.mneme.model.Requests;
import dev.mneme.model.RetrySettings;
import dev.mneme.model.ToolChoice;
import dev.mneme.model.ToolReply;
import dev.mneme.model.ToolRequest;
import dev.mneme.model.http.Endpoint;
import dev.mneme.model.http.EndpointClient;
import dev.mneme.net.Credential;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every provider behind HTTP does, over the wire. */
abstract class ProviderContract {
  private static final RetrySettings FAST =
      new RetrySettings(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(2));

  @TempDir Path folder;
  ScriptedEndpoint endpoint;
  Models models;
  private OutboundClient client;

  abstract URI base(ScriptedEndpoint at);

  abstract Credential credential(URI base);

  abstract Provider provider(EndpointClient at);

  @BeforeEach
  void start() throws IOException {
    endpoint = ScriptedEndpoint.start(0, folder);
    URI base = base(endpoint);
    client = new OutboundClient(NetPolicy.PUBLIC_ONLY.naming(base));
    Endpoint at =
        new Endpoint(
            "test",
            base,
            Optional.of(credential(base)),
            Map.of("X-Test", "yes"),
            Duration.ofMillis(700));
    models =
        new Models(
            List.of(provider(new EndpointClient(at, () -> client))),
            new ModelSettings(
                Optional.empty(),
                List.of(ModelOverride.parse("test/think*=50000/4000+reasoning")),
                FAST),
            new Random(1));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    endpoint.close();
  }

  void script(String name, String yaml) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), yaml);
  }

  ChatReply ask(String name, List<ChatMessage> messages, String... tools) {
    return models.open("test/" + name).chat(Requests.of(messages, tools), ChatListener.NONE);
  }

  JsonNode lastBody() {
    return endpoint.seen().getLast().body();
  }

  @Test
  void modelsAreListedWithWhatTheProviderSaysOfThem() throws IOException {
    script("one", "model: {context_window: 9000}\nreplies: [{text: x}]");
    script("two", "replies: [{text: x}]");
    assertThat(models.list()).extracting(ModelInfo::handle).containsExactly("test/one", "test/two");
    ModelInfo one = models.info("test/one");
    assertThat(one.contextWindow()).isEqualTo(9000);
    assertThat(one.known()).isTrue();
    assertThat(one.endpoint()).contains(base(endpoint));
  }

  @Test
  void textComesWordByWordWithUsage() throws IOException {
    script(
        "talker",
        "replies: [{text: 'one two three', usage: {prompt: 20, completion: 7, cached: 5}}]");
    Heard heard = new Heard();
    ChatReply reply = models.open("test/talker").chat(Requests.of(user("hi")), heard);
    assertThat(heard.texts()).containsExactly("one", " two", " three");
    assertThat(reply.content()).containsExactly(Content.text("one two three"));
    assertThat(reply.finish()).isEqualTo(ChatReply.Finish.STOP);
    assertThat(reply.usage()).isEqualTo(new ChatUsage(20, 7, 5, 0, 0));
    assertThat(endpoint.seen().getFirst().headers()).containsEntry("x-test", "yes");
  }

  @Test
  void theFirstWordIsToldBeforeTheAnswerIsThere() throws IOException {
    script("slow", "replies: [{text: 'a b c d e', per_token: 60ms}]");
    Heard heard = new Heard();
    models.open("test/slow").chat(Requests.of(user("hi")), heard);
    List<Long> times = heard.times();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isGreaterThan(20_000_000);
    }
  }

  @Test
  void toolsAreAskedForInParallelAndTheirReturnsGoBack() throws IOException {
    script(
        "worker",
        """
        replies:
          - match: {from: user}
            text: Let me see.
            tools:
              - {name: find, arguments: {query: 'a "quoted" word'}}
              - {name: find, arguments: {query: b}}
              - {name: stop}
          - match: {tool: stop, contains: 'nothing'}
            text: Done.
        """);
    Heard heard = new Heard();
    List<ChatMessage> messages = List.of(new ChatMessage.Instructions("Be kind."), user("go"));
    ChatReply reply = models.open("test/worker").chat(Requests.of(messages, "find", "stop"), heard);
    assertThat(reply.finish()).isEqualTo(ChatReply.Finish.TOOLS);
    assertThat(reply.toolRequests())
        .extracting(ToolRequest::name)
        .containsExactly("find", "find", "stop");
    assertThat(reply.toolRequests())
        .extracting(ToolRequest::arguments)
        .containsExactly("{\"query\":\"a \\\"quoted\\\" word\"}", "{\"query\":\"b\"}", "{}");
    assertThat(reply.toolRequests()).extracting(ToolRequest::id).doesNotHaveDuplicates();
    assertThat(heard.tools())
        .contains("1:" + reply.toolRequests().get(1).id() + ":find:")
        .contains("1:::{\"query\":\"b\"}");
    List<ToolReply> replies =
        reply.toolRequests().stream()
            .map(r -> new ToolReply(r.id(), r.name(), "nothing", r.name().equals("stop")))
            .toList();
    List<ChatMessage> then = plus(messages, said(reply), new ChatMessage.ToolReplies(replies));
    assertThat(text(ask("worker", then, "find", "stop"))).isEqualTo("Done.");
  }

  @Test
  void thoughtsAreToldApartFromTheAnswer() throws IOException {
    script("thinker", "replies: [{reasoning: 'Well, well.', text: Yes.}]");
    Heard heard = new Heard();
    ChatReply reply = models.open("test/thinker").chat(Requests.of(user("so?")), heard);
    assertThat(heard.reasoning()).isEqualTo("Well, well.");
    assertThat(heard.text()).isEqualTo("Yes.");
    assertThat(reply.content())
        .hasSize(2)
        .first()
        .isInstanceOfSatisfying(
            Content.Reasoning.class, r -> assertThat(r.reasoning()).isEqualTo("Well, well."));
  }

  @Test
  void aConversationWithThoughtsAndToolsGoesOn() throws IOException {
    script(
        "think-tools",
        """
        replies:
          - match: {step: 1}
            reasoning: First I look.
            tools: [{name: find, arguments: {query: x}}]
          - match: {step: 2}
            reasoning: '[hidden] more'
            tools: [{name: find, arguments: {query: y}}]
          - text: Found.
        """);
    List<ChatMessage> messages = List.of(user("go"));
    for (int i = 0; i < 2; i++) {
      ChatReply reply = ask("think-tools", messages, "find");
      assertThat(reply.toolRequests()).hasSize(1);
      messages = plus(messages, said(reply), returned(reply, "something"));
    }
    assertThat(text(ask("think-tools", messages, "find"))).isEqualTo("Found.");
  }

  @Test
  void anEarlierMalformedRequestAndForeignThoughtsDoNotBreakTheConversation() throws IOException {
    script("sane", "replies: [{text: fine}]");
    List<ChatMessage> messages =
        List.of(
            user("go"),
            new ChatMessage.Assistant(
                List.of(
                    new Content.Reasoning("unsigned", Optional.empty()),
                    new Content.RedactedReasoning("{\"tool_call\":\"x\",\"extra_content\":{}}")),
                List.of(new ToolRequest("call:1|x", "find", "{\"query\": oops"))),
            new ChatMessage.ToolReplies(
                List.of(new ToolReply("call:1|x", "find", "not JSON", true))));
    assertThat(text(ask("sane", messages, "find"))).isEqualTo("fine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'```json\n{\"query\": \"x\",}\n```'      | {\"query\":\"x\"}",
        "'{\"query\": [\"x\", \"y\"'              | {\"query\":[\"x\",\"y\"]}",
        "'{\"query\": x y'                        | '{\"query\": x y'",
      })
  void oddArgumentsAreRepairedOrPassedOn(String written, String expected) throws IOException {
    script(
        "odd",
        "replies: [{tools: [{name: find, arguments: "
            + dev.mneme.common.Json.write(written)
            + "}]}]");
    assertThat(ask("odd", List.of(user("go")), "find").toolRequests().getFirst().arguments())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'fault: rate_limit',RATE_LIMIT,4",
    "'fault: rate_limit, retry_after: 1m',RATE_LIMIT,1",
    "'fault: error, status: 500',ERROR,4",
    "'fault: error, status: 401',AUTHENTICATION,1",
    "'fault: error, status: 402',INSUFFICIENT_CREDITS,1",
    "'fault: error, status: 400',BAD_REQUEST,1",
    "'fault: overflow',CONTEXT_WINDOW_EXCEEDED,1",
    "'fault: timeout',TIMEOUT,2",
    "'fault: hang',TIMEOUT,2",
    "'fault: empty',EMPTY_RESPONSE,2",
    "'fault: cut',STREAM_INCOMPLETE,1",
  })
  void faultsAreClassifiedAndRetriedWhereThatMayHelp(
      String fault, ModelException.Type type, int attempts) throws IOException {
    script("faulty", "replies: [{text: some long text here, " + fault + "}]");
    Heard heard = new Heard();
    ModelException thrown =
        catchThrowableOfType(
            ModelException.class,
            () -> models.open("test/faulty").chat(Requests.of(user("go")), heard));
    assertThat(thrown.type()).isEqualTo(type);
    assertThat(thrown.message())
        .doesNotContain("sk-")
        .contains(
            type == ModelException.Type.EMPTY_RESPONSE
                    || type == ModelException.Type.STREAM_INCOMPLETE
                ? "answer"
                : "");
    assertThat(endpoint.seen()).hasSize(attempts);
    assertThat(heard.text())
        .isEqualTo(type == ModelException.Type.STREAM_INCOMPLETE ? "some long" : "");
  }

  @Test
  void aPassingFaultIsNotNoticed() throws IOException {
    script("busy", "replies: [{text: done, fault: rate_limit, retry_after: 150ms, attempts: 2}]");
    long start = System.nanoTime();
    assertThat(text(ask("busy", List.of(user("go"))))).isEqualTo("done");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    assertThat(endpoint.seen()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"'fault: hang'", "'per_token: 9s'", "'delay: 9s'"})
  void anInterruptEndsTheExchangeAtOnce(String how) throws Exception {
    script("stuck", "replies: [{text: 'a b c d e f g h', " + how + "}]");
    ChatModel model = models.open("test/stuck");
    AtomicReference<ModelException> thrown = new AtomicReference<>();
    AtomicLong left = new AtomicLong();
    CountDownLatch asked = new CountDownLatch(1);
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                asked.countDown();
                model.chat(Requests.of(user("go")), ChatListener.NONE);
              } catch (ModelException e) {
                left.set(System.nanoTime());
                thrown.set(e);
              }
            });
    asked.await();
    Awaitility.await().until(() -> !endpoint.seen().isEmpty());
    Thread.sleep(80);
    long interrupted = System.nanoTime();
    asking.interrupt();
    assertThat(asking.join(Duration.ofSeconds(5))).isTrue();
    assertThat(thrown.get().type()).isEqualTo(ModelException.Type.CANCELLED);
    assertThat(Duration.ofNanos(left.get() - interrupted)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void manyAnswersStreamAtOnceAndConnectionsAreKept() throws Exception {
    script("many", "replies: [{text: '{{user}} b c d e f g h', per_token: 20ms}]");
    ChatModel model = models.open("test/many");
    model.chat(Requests.of(user("first")), ChatListener.NONE);
    Awaitility.await().untilAsserted(() -> assertThat(endpoint.connections()).isPositive());
    model.chat(Requests.of(user("second")), ChatListener.NONE);
    List<String> answers = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String name = "n" + i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> answers.add(text(model.chat(Requests.of(user(name)), ChatListener.NONE)))));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(answers)
        .hasSize(120)
        .doesNotHaveDuplicates()
        .allMatch(a -> a.endsWith("b c d e f g h"));
  }

  @Test
  void picturesAndFormatsAndChoicesAreSent() throws IOException {
    script("seer", "replies: [{text: fine}]");
    ChatRequest request =
        new ChatRequest(
            List.of(
                new ChatMessage.User(
                    List.of(Content.text("What is this?"), new Content.Image("image/png", "AAAA")),
                    Optional.empty())),
            List.of(Requests.tool("find")),
            new ToolChoice.Named("find"),
            new ChatSettings(
                java.util.OptionalDouble.of(0.5),
                java.util.OptionalInt.of(123),
                false,
                Optional.of(
                    (com.fasterxml.jackson.databind.node.ObjectNode)
                        dev.mneme.common.Json.parse(
                            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"object\"}}}")),
                true,
                Optional.empty(),
                java.util.OptionalInt.empty()));
    models.open("test/seer").chat(request, ChatListener.NONE);
    JsonNode body = lastBody();
    assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(body.path("max_tokens").asInt()).isEqualTo(123);
    assertThat(body.toString()).contains("AAAA", "image/png", "\"find\"", "json_schema");
    checkChoice(body);
  }

  abstract void checkChoice(JsonNode body);
}
