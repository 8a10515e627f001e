package dev.mneme.model.scripted;

import static dev.mneme.model.Requests.plus;
import static dev.mneme.model.Requests.returned;
import static dev.mneme.model.Requests.said;
import static dev.mneme.model.Requests.text;
import static dev.mneme.model.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.common.MnemeException;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.Content;
import dev.mneme.model.Heard;
import dev.mneme.model.ModelException;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.ModelSettings;
import dev.mneme.model.Models;
import dev.mneme.model.Requests;
import dev.mneme.model.RetrySettings;
import dev.mneme.model.ToolRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptedModelTest {
  private static final RetrySettings FAST =
      new RetrySettings(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(1));

  @TempDir Path folder;
  private Models models;

  @BeforeEach
  void open() {
    models =
        new Models(
            List.of(new ScriptedProvider(folder)),
            new ModelSettings(Optional.empty(), List.of(), FAST),
            new Random(1));
  }

  private void script(String name, String yaml) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), yaml);
  }

  private ChatReply ask(String name, List<ChatMessage> messages) {
    return models.open("scripted/" + name).chat(Requests.of(messages, "find"), ChatListener.NONE);
  }

  @Test
  void theFirstEntryThatMatchesAnswers() throws IOException {
    script(
        "greeter",
        """
        replies:
          - match: {contains: hello}
            text: Hello to you, {{user}}
          - match: {matches: '(?i)my name is (?P<name>\\w+)'}
            reasoning: A name.
            text: Nice to meet you, {{match.name}}.
            usage: {prompt: 10, completion: 5, cached: 4, reasoning: 2}
          - text: I only know greetings.
        """);
    assertThat(text(ask("greeter", List.of(user("hello there")))))
        .isEqualTo("Hello to you, hello there");
    ChatReply named = ask("greeter", List.of(user("Hi. My name is Ada!")));
    assertThat(named.content())
        .containsExactly(
            new Content.Reasoning("A name.", Optional.empty()),
            Content.text("Nice to meet you, Ada."));
    assertThat(named.usage()).isEqualTo(new ChatUsage(10, 5, 4, 0, 2));
    assertThat(text(ask("greeter", List.of(user("what?"))))).isEqualTo("I only know greetings.");
  }

  @Test
  void aChainOfLookupsFollowsWhatToolsReturn() throws IOException {
    script(
        "chain",
        """
        replies:
          - match: {from: user, matches: 'value of (\\S+)'}
            tools: [{name: find, arguments: {query: '{{match.1}}', page: 1}}]
          - match: {tool: find, matches: '{{asked.query}} leads to (\\S+?)[.]'}
            tools: [{name: find, arguments: {query: '{{match.1}}', page: 1}}]
          - match: {tool: find, matches: '{{asked.query}} is worth (\\d+)'}
            text: It is {{match.1}}, found in {{step}} steps.
        """);
    List<ChatMessage> messages = List.of(user("Find the value of a.1"));
    String[] world = {
      "x leads to y. a.1 leads to b.",
      "a+1 is worth 3. b leads to c.",
      "c is worth 42; b is worth 7"
    };
    for (String found : world) {
      ChatReply reply = ask("chain", messages);
      assertThat(reply.finish()).isEqualTo(ChatReply.Finish.TOOLS);
      messages = plus(messages, said(reply), returned(reply, found));
    }
    ToolRequest last = ((ChatMessage.Assistant) messages.get(5)).toolRequests().getFirst();
    assertThat(last.arguments()).isEqualTo("{\"query\":\"c\",\"page\":1}");
    assertThat(text(ask("chain", messages))).isEqualTo("It is 42, found in 4 steps.");
  }

  @Test
  void messagesPackedAsJsonAreMatchedByWhatIsInThem() throws IOException {
    script(
        "packed",
        """
        replies:
          - match: {from: user, matches: '^Say (.*)$', step: 1}
            tools: [{name: find, arguments: {query: '{{match.1}}'}}]
          - match: {tool: find, matches: '^None$', step: 2}
            text: '{{user}}: nothing'
        """);
    ChatMessage packed =
        user("{\"type\": \"user_message\", \"message\": \"Say x\", \"time\": \"now\"}");
    ChatReply first = ask("packed", List.of(packed));
    List<ChatMessage> then =
        plus(
            List.of(packed),
            said(first),
            returned(first, "{\"status\": \"OK\", \"message\": \"None\", \"time\": \"now\"}"),
            user("{\"type\": \"heartbeat\", \"reason\": \"go on\"}"));
    assertThat(text(ask("packed", then))).isEqualTo("Say x: nothing");
  }

  @Test
  void theSameRequestAlwaysGetsTheSameAnswer() throws IOException {
    script(
        "counted",
        """
        replies:
          - {text: first, times: 1}
          - {text: 'of turn {{turn}}', times: 1, per: turn}
          - {text: rest, tools: [{name: find}, {name: find}]}
        """);
    List<ChatMessage> messages = List.of(user("a"));
    for (String expected : List.of("first", "of turn 1", "rest")) {
      ChatReply reply = ask("counted", messages);
      assertThat(text(reply)).isEqualTo(expected);
      assertThat(ask("counted", messages)).isEqualTo(reply);
      messages = plus(messages, said(reply), user("b"));
      if (expected.equals("of turn 1")) {
        // Still the same turn: nobody spoke between.
        messages = messages.subList(0, messages.size() - 1);
      } else if (expected.equals("first")) {
        messages = messages.subList(0, messages.size() - 1);
      }
    }
    ChatReply again = ask("counted", messages);
    assertThat(text(again)).isEqualTo("of turn 2");
    ChatReply rest = ask("counted", plus(messages, said(again)));
    assertThat(rest.toolRequests()).extracting(ToolRequest::id).doesNotHaveDuplicates();
  }

  @Test
  void textsAreToldWordByWordAtTheirPace() throws IOException {
    script("slow", "replies: [{text: 'one two three four', per_token: 20ms, delay: 10ms}]");
    Heard heard = new Heard();
    long start = System.nanoTime();
    models.open("scripted/slow").chat(Requests.of(user("go")), heard);
    assertThat(heard.texts()).containsExactly("one", " two", " three", " four");
    assertThat(Duration.ofNanos(heard.times().getFirst() - start))
        .isGreaterThan(Duration.ofMillis(25));
    assertThat(Duration.ofNanos(heard.times().getLast() - start))
        .isGreaterThan(Duration.ofMillis(85));
  }

  @Test
  void aFaultOfSomeAttemptsIsRetriedAndHonoursTheWaitAskedFor() throws IOException {
    script("busy", "replies: [{text: done, fault: rate_limit, retry_after: 100ms, attempts: 2}]");
    long start = System.nanoTime();
    assertThat(text(ask("busy", List.of(user("go"))))).isEqualTo("done");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
  }

  @ParameterizedTest
  @CsvSource({
    "'fault: rate_limit',RATE_LIMIT",
    "'fault: rate_limit, retry_after: 10m',RATE_LIMIT",
    "'fault: error, status: 503',ERROR",
    "'fault: error, status: 402',INSUFFICIENT_CREDITS",
    "'fault: error, status: 401',AUTHENTICATION",
    "'fault: overflow',CONTEXT_WINDOW_EXCEEDED",
    "'fault: timeout',TIMEOUT",
    "'fault: empty',EMPTY_RESPONSE",
    "'fault: cut',STREAM_INCOMPLETE",
  })
  void faultsThatLastAreThrown(String fault, ModelException.Type type) throws IOException {
    script("faulty", "replies: [{text: some long text here, " + fault + "}]");
    Heard heard = new Heard();
    ModelException thrown =
        catchThrowableOfType(
            ModelException.class,
            () -> models.open("scripted/faulty").chat(Requests.of(user("go")), heard));
    assertThat(thrown.type()).isEqualTo(type);
    assertThat(heard.text())
        .isEqualTo(type == ModelException.Type.STREAM_INCOMPLETE ? "some long" : "");
  }

  @Test
  void brokenArgumentsArePassedOn() throws IOException {
    script("broken", "replies: [{tools: [{name: find, arguments: {query: x}}], fault: malformed}]");
    assertThat(ask("broken", List.of(user("go"))).toolRequests().getFirst().arguments())
        .isEqualTo("{\"broken\" \"{\"query\":\"x\"}");
  }

  @Test
  void aHangingModelIsLeftWithinAMomentWhenInterrupted() throws Exception {
    script("stuck", "replies: [{text: never, fault: hang}]");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ask("stuck", List.of(user("go")));
              } catch (ModelException e) {
                thrown.set(e);
              }
            });
    Thread.sleep(50);
    asking.interrupt();
    assertThat(asking.join(Duration.ofSeconds(2))).isTrue();
    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.type()).isEqualTo(ModelException.Type.CANCELLED));
  }

  @Test
  void whatNoEntryMatchesIsAnsweredClearly() throws IOException {
    script("narrow", "replies: [{match: {contains: please}, text: ok}]");
    assertThat(text(ask("narrow", List.of(user("now!")))))
        .isEqualTo(
            "The script narrow has no reply for step 1 of turn 1, after the user said: now!");
  }

  @Test
  void scriptsAreListedAndReadAgainWhenTheyChange() throws IOException {
    script("b", "model: {context_window: 4096, reasoning: true}\nreplies: [{text: old}]");
    script("a", "replies: [{text: x}]");
    script("wrong", "replies: 5");
    Files.writeString(folder.resolve("notes.txt"), "x");
    assertThat(models.list())
        .extracting(ModelInfo::handle)
        .containsExactly("scripted/a", "scripted/b");
    assertThat(models.info("scripted/b").contextWindow()).isEqualTo(4096);
    assertThat(text(ask("b", List.of(user("go"))))).isEqualTo("old");
    script("b", "replies: [{text: newer}]");
    assertThat(text(ask("b", List.of(user("go"))))).isEqualTo("newer");
  }

  @Test
  void namesLeadNowhereElse() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub").resolve("x.yaml"), "replies: [{text: x}]");
    Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("sub/x.yaml"));
    script("here", "replies: [{text: x}]");
    for (String name : List.of("sub/x", "../here", "HERE", "nothing", "")) {
      assertThatThrownBy(() -> models.info("scripted/" + name))
          .isInstanceOf(MnemeException.class)
          .hasMessageContaining("scripted/here");
    }
    assertThatThrownBy(() -> models.info("scripted/link")).hasMessageContaining("symbolic link");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replies: [{txt: x}]                              | unknown field txt",
        "replies: [{text: '{{nane}}'}]                    | placeholders are",
        "replies: [{match: {matches: '('}, text: x}]      | regular expression",
        "replies: [{text: x, delay: soon}]                | delay has to be a duration",
        "replies: [{text: x, fault: fire}]                | fault has to be one of rate_limit",
        "replies: [{text: x, times: 0}]                   | times has to be a whole number",
        "replies: [a: b: c]                               | not valid YAML",
        "text: x                                          | replies has to be a list",
        "a: &a [1]                                        | replies has to be",
        "replies: [{text: [1]}]                            | text has to be a text",
      })
  void aWrongScriptSaysWhatIsWrong(String yaml, String message) throws IOException {
    script("bad", yaml);
    assertThatThrownBy(() -> models.info("scripted/bad"))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("invalid_script"))
        .hasMessageContaining(message);
  }

  @Test
  void withoutAnyModelTheWaysOutAreNamed() {
    assertThatThrownBy(() -> models.open("openai/gpt-4o"))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("no_model"))
        .hasMessageContainingAll("OPENAI_API_KEY", "OLLAMA_BASE_URL", "turn_open", "turn_commit");
  }
}
