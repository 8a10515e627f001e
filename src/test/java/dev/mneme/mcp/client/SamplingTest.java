package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.SamplingLimits;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.server.FrontLimits;
import dev.mneme.mcp.server.TestingCatalog;
import dev.mneme.mcp.server.TestingMcp;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.ClientRequest;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.model.ModelSettings;
import dev.mneme.model.Models;
import dev.mneme.model.RetrySettings;
import dev.mneme.model.scripted.ScriptedProvider;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallQuery;
import dev.mneme.sandbox.ledger.Ledger;
import dev.mneme.sandbox.ledger.LedgerSettings;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks for a model in the calls it gets: Mneme itself, in both eras. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SamplingTest {
  private static final Owner ME = Owner.DEFAULT;

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Database database;
  private Ledger ledger;
  private TestingMcp server;

  @BeforeEach
  void start() throws IOException {
    database = Database.open(folder.resolve("mneme.db"), 2);
    open.push(database);
    ledger = Ledger.open(database, LedgerSettings.DEFAULT, ids(), Clock.systemUTC());
    open.push(ledger);
    server =
        new TestingMcp(
            new TestingCatalog()
                .catalog()
                .with(List.of(thinker()), same -> same, same -> same, List.of()),
            FrontLimits.DEFAULT);
    open.push(server);
    Files.createDirectory(folder.resolve("models"));
    Files.writeString(
        folder.resolve("models/small.yaml"),
        """
        replies:
          - match: {contains: Switzerland}
            text: It is Bern.
        """);
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private static Ids ids() {
    return new Ids(new SecureRandom(), Clock.systemUTC());
  }

  private static McpTool thinker() {
    return new McpTool(
        "think",
        "Think",
        "Asks a model",
        (ObjectNode) Json.parse("{\"type\": \"object\"}"),
        Optional.empty(),
        ToolAnnotations.READ,
        List.of(),
        (context, _) -> new ToolReply(Optional.empty(), thought(context), false));
  }

  private static String thought(CallContext context) {
    if (!context.can("sampling")) {
      return "no model";
    }
    ObjectNode params =
        (ObjectNode)
            Json.parse(
                "{\"messages\": [{\"role\": \"user\", \"content\": {\"type\": \"text\", \"text\":"
                    + " \"The capital of Switzerland?\"}}], \"maxTokens\": 100}");
    Map<String, JsonNode> answers =
        context.request(Map.of("q", new ClientRequest(ClientRequest.SAMPLE, params)));
    JsonNode answer = answers.getOrDefault("q", params);
    return answer.path("model").asText() + ": " + answer.at("/content/text").asText();
  }

  private Hub hub(String era, Object sampling) throws IOException {
    Files.writeString(
        folder.resolve("servers.json"),
        Json.write(
            Map.of(
                "mcpServers",
                Map.of(
                    "far",
                    Map.of(
                        "type",
                        "http",
                        "url",
                        "http://127.0.0.1:" + server.port() + "/mcp",
                        "protocol",
                        era,
                        "sampling",
                        sampling)))));
    SecretBox box =
        SecretBox.open(folder.resolve("secret.key"), Optional.empty(), new SecureRandom());
    Hub hub =
        new Hub(
            new HubSettings(
                folder.resolve("servers.json"),
                _ -> Optional.empty(),
                _ -> Optional.empty(),
                Set.of(),
                false,
                "test",
                Patience.DEFAULT),
            database,
            new ServerRows(database, box, ids(), Clock.systemUTC()),
            new Logins(database, box, Clock.systemUTC()),
            new Transports("test", folder, Optional.empty()),
            Clock.systemUTC());
    open.push(hub);
    hub.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> !hub.tools(ME).isEmpty());
    return hub;
  }

  private UpstreamCalls calls(Hub hub) {
    Models models =
        new Models(
            List.of(new ScriptedProvider(folder.resolve("models"))),
            new ModelSettings(Optional.of("scripted/small"), List.of(), RetrySettings.DEFAULT),
            new Random(1));
    return hub.calls(
        backend -> backend,
        Consent.OPERATOR,
        Optional.of(new Sampling(models, ledger, budget(Clock.systemUTC()), System::nanoTime)));
  }

  private static ToolOutcome call(UpstreamCalls calls) {
    return calls.call(
        Caller.of(ME), "far__think", Json.mapper().createObjectNode(), ToolListener.NONE);
  }

  private static String text(ToolOutcome outcome) {
    return outcome instanceof ToolOutcome.Success done
        ? done.value().asText()
        : ((ToolOutcome.Failure) outcome).message();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void aServerThatMayIsAnsweredByTheModelAndTheLedgerNamesIt(String era) throws IOException {
    UpstreamCalls calls = calls(hub(era, true));

    assertThat(text(call(calls))).isEqualTo("scripted/small: It is Bern.");
    assertThat(ledger.list(ME, CallQuery.newest(10)))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.tool()).isEqualTo("far/sampling");
          assertThat(entry.arguments()).contains("The capital of Switzerland?");
          assertThat(entry.place().worker()).isEqualTo("scripted/small");
          assertThat(entry.ending().outcome()).isEqualTo(CallEntry.Outcome.OK);
          assertThat(entry.ending().message()).endsWith(" tokens");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void aServerIsOfferedNoModelUnlessTheOperatorSaysSo(String era) throws IOException {
    assertThat(text(call(calls(hub(era, false))))).isEqualTo("no model");
    assertThat(ledger.list(ME, CallQuery.newest(10))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void whatIsBeyondTheBudgetIsNeitherAskedOfTheModelNorWrittenDown(String era) throws IOException {
    UpstreamCalls calls = calls(hub(era, Map.of("calls", 1)));
    assertThat(text(call(calls))).contains("Bern");

    assertThat(text(call(calls))).doesNotContain("Bern");
    // Nor can a server fill the ledger with what it is refused.
    assertThat(ledger.list(ME, CallQuery.newest(10))).hasSize(1);
  }

  private SamplingBudget budget(InstantSource clock) {
    return new SamplingBudget(database, ids(), clock);
  }

  private static Allowance allowance(int calls, int tokens) {
    return new Allowance(ME, "one", "far", new SamplingLimits(Optional.empty(), calls, tokens));
  }

  @Test
  void tokensOfAnAnswerAreKeptWithinWhatIsLeft() throws Exception {
    Instant[] now = {Instant.parse("2026-11-23T03:00:00Z")};
    SamplingBudget budget = budget(() -> now[0]);
    Allowance allowed = allowance(10, 100);

    SamplingBudget.Share first = budget.take(allowed, 30, 500);
    assertThat(first.tokens()).isEqualTo(100);
    assertThat(refusal(budget, allowed)).contains("0 are left");
    budget.settle(first, 40);
    assertThat(budget.take(allowed, 30, 20).tokens()).isEqualTo(50);

    now[0] = now[0].plus(Duration.ofHours(1));
    assertThat(budget.take(allowed, 30, 500).tokens()).isEqualTo(100);
  }

  @Test
  void theBudgetIsTheSameForAnotherProcessAndCountsWhatWasNeverSettled() throws Exception {
    Allowance allowed = allowance(2, 100);
    budget(Clock.systemUTC()).take(allowed, 30, 40);

    SamplingBudget next = budget(Clock.systemUTC());
    assertThat(next.take(allowed, 10, 500).tokens()).isEqualTo(30);
    assertThat(refusal(next, allowed)).contains("2 times an hour");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void aModelStopsWritingWhenTheCallIsCancelledAndWhatItReadIsCounted(String era) throws Exception {
    Files.writeString(
        folder.resolve("models/small.yaml"),
        """
        replies:
          - match: {contains: Switzerland}
            delay: 600s
            text: It is Bern.
        """);
    UpstreamCalls calls = calls(hub(era, true));
    Thread caller = Thread.ofVirtual().start(() -> call(calls));
    await().atMost(Duration.ofSeconds(30)).until(() -> had() > 0);
    long aside = had();
    caller.interrupt();
    await().atMost(Duration.ofSeconds(30)).until(() -> had() > 0 && had() < aside);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            ledger.list(ME, CallQuery.newest(10)).stream()
                .anyMatch(entry -> entry.ending().reason().equals("cancelled")));
  }

  /** Tokens that are counted. */
  private long had() {
    return database
        .scope(ME)
        .read(reads ->
            reads
                .query("SELECT COALESCE(SUM(tokens), 0) FROM mcp_sampling WHERE owner_id = :owner")
                .map((rs, _) -> rs.getLong(1))
                .one());
  }

  private static String refusal(SamplingBudget budget, Allowance allowed) {
    try {
      budget.take(allowed, 10, 10);
      return "taken";
    } catch (CallFailed e) {
      return e.message();
    }
  }
}
