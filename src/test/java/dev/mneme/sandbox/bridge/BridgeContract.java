package dev.mneme.sandbox.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.agent.Agent;
import dev.mneme.agent.TestingMemory;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.BlockDraft;
import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import dev.mneme.memory.journal.Origin;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.sandbox.gate.Gate;
import dev.mneme.sandbox.keep.KeptFiles;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallQuery;
import dev.mneme.sandbox.ledger.Ledger;
import dev.mneme.sandbox.ledger.LedgerSettings;
import dev.mneme.sandbox.policy.PolicyFile;
import dev.mneme.secret.SecretText;
import dev.mneme.tool.Caller;
import dev.mneme.tool.Form;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolAsks;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolIdentity.Source;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Python code asks of the host, the same in every back end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BridgeContract {
  private static final String VALUE = "correct-horse-battery";

  private TestingMemory world;
  private Agent agent;
  private HttpServer server;
  private String here;
  private Outside outside;
  private Ledger ledger;
  private ToolBackend backend;
  private Path folder;
  private ToolListener listener = ToolListener.NONE;

  /** A back end that asks this host; closed by the test class. */
  protected abstract ToolBackend open(HostCalls host, Path data) throws IOException;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    folder = data;
    world = new TestingMemory(data);
    agent = world.agents.defaultAgent(Owner.DEFAULT, TestingMemory.USER);
    world.blocks.createFor(
        Owner.DEFAULT, agent.id(), BlockDraft.of("plan", "sow", "what to do"), TestingMemory.USER);
    ledger =
        Ledger.open(
            world.database,
            LedgerSettings.DEFAULT,
            new Ids(new Random(11), Clock.systemUTC()),
            InstantSource.system());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    here = "127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          byte[] answer =
              "{\"method\":\"%s\",\"key\":\"%s\",\"body\":%s}"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestHeaders().getFirst("X-Key"),
                      body.length == 0 ? "null" : new String(body, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    outside = new Outside();
    Map<String, Operation> operations = new HashMap<>();
    operations.put("http", new HttpAsk(outside));
    operations.put("secret", new SecretAsk());
    operations.put(QuestionAsk.NAME, new QuestionAsk());
    operations.put("tool", new ToolAsk(BridgeContract::tool));
    operations.putAll(
        new MemoryAsk(world.database, world.agents, world.blocks, world.archives).operations());
    backend = open(new HostBridge(operations), data);
  }

  @AfterAll
  void stop() {
    server.stop(0);
    outside.close();
    ledger.close();
    world.close();
  }

  @Test
  void aGrantedHostAndSecretAreReachedAndTheSecretStaysInside() throws IOException {
    String source =
        """
        import mneme

        def ask(url: str) -> dict:
            print("key", mneme.secrets["KEY"])
            got = mneme.http.get(url, headers={"X-Key": mneme.secrets["KEY"]})
            sent = mneme.http.post(url, json={"a": [1, "ü"]})
            return {"status": got.status, "got": got.json(), "sent": sent.json()["body"], "ok": got.ok,
                    "missing": mneme.secrets.get("OTHER", "none"), "here": "KEY" in mneme.secrets}
        """;
    Success success =
        success(library("asker", source, "{\"url\":\"http://" + here + "/\"}", granting(source)));
    assertThat(success.value().path("status").asInt()).isEqualTo(200);
    assertThat(success.value().at("/got/key").asText()).isEqualTo("[secret]");
    assertThat(success.value().path("sent")).isEqualTo(Json.parse("{\"a\":[1,\"ü\"]}"));
    assertThat(success.value().path("missing").asText()).isEqualTo("none");
    assertThat(success.value().path("here").asBoolean()).isTrue();
    assertThat(success.stdout()).isEqualTo("key [secret]\n");
    CallEntry entry = ledger.list(Owner.DEFAULT, CallQuery.newest(1)).getFirst();
    assertThat(entry.traffic().requests()).isEqualTo(6);
    assertThat(entry.place().backend()).isNotEmpty();
    assertThat(entry.place().run()).isPositive();
  }

  @Test
  void changedCodeIsRefusedWhatTheOldOneHad() throws IOException {
    String source =
        """
        import mneme

        def ask(url: str) -> str:
            try:
                mneme.http.get(url)
            except mneme.BridgeError as e:
                return str(e)
        """;
    Success success =
        success(
            library(
                "asker",
                source + "# changed\n",
                "{\"url\":\"http://" + here + "/\"}",
                granting(source)));
    assertThat(success.value().asText()).contains("127.0.0.1 is not granted");
  }

  @Test
  void untrustedCodeReachesNothing() throws IOException {
    String source =
        """
        import mneme
        refused = []
        for ask in (lambda: mneme.http.get("http://%s/"), lambda: mneme.secrets["KEY"],
                    lambda: mneme.memory.blocks(), lambda: mneme.memory.insert("x"),
                    lambda: mneme.request("approve"), lambda: mneme.request("tool", name=1)):
            try:
                refused.append(["given", ask()])
            except mneme.BridgeError as e:
                refused.append("no")
        refused
        """
            .formatted(here);
    Success success = success(script(source, ""));
    assertThat(success.value())
        .isEqualTo(Json.parse("[\"no\",\"no\",\"no\",\"no\",\"no\",\"no\"]"));
  }

  @Test
  void theMemoryOfTheCallingAgentIsReadAndWrittenWithItsSource() throws IOException {
    String source =
        """
        import mneme

        def work() -> dict:
            before = mneme.memory.read("plan")
            mneme.memory.write("plan", before + " and reap")
            labels = [block["label"] for block in mneme.memory.blocks()]
            id = mneme.memory.insert("The barn is red.", tags=["farm"])
            found = mneme.memory.search("barn", limit=3)
            return {"before": before, "labels": labels, "id": id, "found": found}
        """;
    Success success = success(library("farmer", source, "{}", ""));
    assertThat(success.value().path("before").asText()).isEqualTo("sow");
    assertThat(success.value().path("labels").toString()).contains("plan");
    assertThat(world.value(agent, "plan")).isEqualTo("sow and reap");
    assertThat(world.archives.getPassage(Owner.DEFAULT, success.value().path("id").asText()).text())
        .isEqualTo("The barn is red.");
    List<HistoryEntry> history =
        world.history.ofLabel(Owner.DEFAULT, agent.id(), "plan", HistoryQuery.all(1));
    assertThat(history.getFirst().entry().source()).contains("tool:farmer");
    assertThat(history.getFirst().entry().origin()).isEqualTo(Origin.TOOL);
    assertThat(history.getFirst().entry().run()).contains("run-7");
  }

  @Test
  void aScriptCallsToolsAndHearsWhatWentWrong() throws IOException {
    String source =
        """
        import mneme
        total = sum(mneme.tools.double(number=n) for n in range(20))
        try:
            mneme.tools.broken()
            text = "nothing"
        except mneme.BridgeError as e:
            text = str(e)
        [total, text]
        """;
    Success success = success(script(source, ""));
    assertThat(success.value().get(0).asInt()).isEqualTo(380);
    assertThat(success.value().get(1).asText()).contains("broken failed: it broke");
    assertThat(
            ((Failure)
                    script(
                        "import mneme\nmneme.tools.double(number=1)", "[script]\ntools = false\n"))
                .message())
        .contains("may not call tools");
  }

  @Test
  void aQuestionIsAnsweredInTheUsersTimeNotTheCodes() throws IOException {
    List<Form> asked = new ArrayList<>();
    listener =
        new ToolListener() {
          @Override
          public Reply ask(Form form) {
            asked.add(form);
            pause(asked.size() == 1 ? 3_500 : 0);
            JsonNode field = form.schema().at("/properties/answer");
            return switch (field.path("type").asText()) {
              case "boolean" -> answer("true");
              case "number" -> answer("7");
              case "integer" -> answer(field.path("default").toString());
              case "array" -> answer("[\"b\",\"c\"]");
              default -> field.has("enum") ? answer("\"blue\"") : new Reply.Declined();
            };
          }

          private Reply answer(String value) {
            return new Reply.Given(Json.parse("{\"answer\":" + value + "}"));
          }
        };
    String source =
        """
        import mneme
        [mneme.ask("Which?", ["red", "blue"]), mneme.ask("Sure?", kind="yes_no"),
         mneme.ask("How many?", kind="number"), mneme.ask("How old?", kind="integer", default=30),
         mneme.ask("Which ones?", {"a": "Ah", "b": "Be", "c": "Ce"}, kind="several"), mneme.ask("Why?")]
        """;
    assertThat(success(script(source, "[script]\ntimeout = \"3s\"\n")).value())
        .hasToString("[\"blue\",true,7,30,[\"b\",\"c\"],null]");
    assertThat(asked)
        .extracting(Form::message)
        .containsExactly("Which?", "Sure?", "How many?", "How old?", "Which ones?", "Why?");
  }

  @Test
  void aFormIsFilledInAndTheCodeLearnsWhatThePersonDid() throws IOException {
    List<Reply> replies =
        List.of(
            new Reply.Given(Json.parse("{\"name\":\"Ada\",\"size\":\"l\",\"more\":1}")),
            new Reply.Declined(),
            new Reply.Closed());
    List<Form> asked = new ArrayList<>();
    listener =
        new ToolListener() {
          @Override
          public Reply ask(Form form) {
            asked.add(form);
            return replies.get(asked.size() - 1);
          }
        };
    String source =
        """
        import mneme
        fields = {"name": str, "age": {"type": "integer", "default": 30}, "size": ["s", "l"]}
        said = [mneme.form("Who?", fields, name="who") for _ in range(3)]
        [[one.action, one.values, bool(one)] for one in said] + [said[0]["name"]]
        """;
    assertThat(success(script(source, "")).value())
        .isEqualTo(
            Json.parse(
                "[[\"accept\",{\"name\":\"Ada\",\"age\":30,\"size\":\"l\"},true],[\"decline\",{},false],"
                    + "[\"cancel\",{},false],\"Ada\"]"));
    assertThat(asked.getFirst().name()).isEqualTo("who");
    assertThat(asked.getFirst().schema())
        .isEqualTo(
            Json.parse(
                "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                    + "\"age\":{\"type\":\"integer\",\"default\":30},"
                    + "\"size\":{\"type\":\"string\",\"enum\":[\"s\",\"l\"]}},"
                    + "\"required\":[\"name\",\"size\"]}"));
  }

  @Test
  void whereNobodyCanAnswerTheCodeEndsAndSaysWhatWasAsked() throws IOException {
    listener = ToolListener.NONE;
    Failure failure =
        (Failure)
            script(
                """
                import mneme
                try:
                    mneme.ask("Which city?")
                except Exception:
                    print("went on")
                """,
                "");
    assertThat(failure.reason()).isEqualTo(ToolOutcome.Reason.ERROR);
    assertThat(failure.message())
        .contains("There is no answer to the question 'Which city?': nobody is there")
        .contains("Ask the user, then run the code again with the answer in it.");
    assertThat(failure.stdout()).isEmpty();
  }

  @Test
  void noSecretIsAskedForAndNotForEver() throws IOException {
    listener =
        new ToolListener() {
          @Override
          public Reply ask(Form form) {
            return new Reply.Given(Json.parse("{\"answer\":true}"));
          }
        };
    String source =
        """
        import mneme
        refused = []
        for text in ["Your password?", "The API key, please", "PIN code?", "Access token?", "x" * 2000, " "]:
            try:
                refused.append(mneme.ask(text))
            except mneme.BridgeError as error:
                refused.append(str(error)[:21])
        answered = 0
        try:
            for i in range(20):
                mneme.ask("Go on?", kind="yes_no")
                answered += 1
        except mneme.BridgeError as error:
            refused.append(str(error))
        refused + [answered]
        """;
    assertThat(success(script(source, "")).value())
        .hasToString(
            "[\"Code must not ask the\",\"Code must not ask the\",\"Code must not ask the\","
                + "\"Code must not ask the\",\"A question has at mos\",\"A question has at mos\","
                + "\"The call asked the user more than 10 questions.\",10]");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ToolOutcome tool(Caller caller, String name, ObjectNode arguments) {
    return switch (name) {
      case "double" ->
          new Success(Json.mapper().valueToTree(arguments.path("number").asInt() * 2), "", "");
      case "broken" -> new Failure(ToolOutcome.Reason.ERROR, "it broke", "", "", "");
      default -> throw MnemeException.notFound("unknown_tool", "There is no tool " + name + ".");
    };
  }

  private String granting(String source) {
    return """
    [[tool]]
    source = "library"
    name = "asker"
    sha256 = "%s"
    network = ["%s"]
    secrets = ["KEY"]
    """
        .formatted(ToolCode.of("a", source, Trust.TRUSTED).sha256(), here);
  }

  private ToolOutcome library(String name, String source, String arguments, String policy)
      throws IOException {
    ToolCode code = ToolCode.of(name + ".py", source, Trust.TRUSTED);
    ToolAsks asks =
        new ToolAsks(
            Optional.empty(),
            Optional.empty(),
            List.of(here),
            List.of("KEY", "OTHER"),
            MemoryUse.WRITE);
    ToolIdentity tool = new ToolIdentity(Source.LIBRARY, name, code.sha256(), asks, false);
    String function = source.substring(source.indexOf("def ") + 4, source.indexOf('('));
    return call(tool, code, Optional.of(function.strip()), arguments, policy);
  }

  private ToolOutcome script(String source, String policy) throws IOException {
    return call(
        ToolIdentity.script(source),
        ToolCode.of("script.py", source, Trust.UNTRUSTED),
        Optional.empty(),
        "{}",
        policy);
  }

  private ToolOutcome call(
      ToolIdentity tool, ToolCode code, Optional<String> function, String arguments, String policy)
      throws IOException {
    Path file = folder.resolve("policy.toml");
    Files.writeString(file, policy);
    PolicyFile rules = PolicyFile.open(file, System::nanoTime);
    Gate gate =
        new Gate(
            backend,
            rules::policy,
            ledger,
            (caller, name) ->
                name.equals("KEY") ? Optional.of(new SecretText(VALUE)) : Optional.empty(),
            Consent.OPERATOR,
            KeptFiles.NONE);
    JsonNode given = Json.parse(arguments);
    return gate.call(
        new ToolCall(
            Caller.agent(Owner.DEFAULT, agent.id(), Optional.of("run-7")),
            tool,
            code,
            function,
            (ObjectNode) given,
            new ToolLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), 10_000, 100_000),
            listener));
  }

  private static Success success(ToolOutcome outcome) {
    assertThat(outcome).isInstanceOf(Success.class);
    return (Success) outcome;
  }
}
