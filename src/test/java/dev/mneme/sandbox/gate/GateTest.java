package dev.mneme.sandbox.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.sandbox.keep.FileShelf;
import dev.mneme.sandbox.keep.KeptFiles;
import dev.mneme.sandbox.keep.ShelfSettings;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallEntry.Outcome;
import dev.mneme.sandbox.ledger.CallQuery;
import dev.mneme.sandbox.ledger.Ledger;
import dev.mneme.sandbox.ledger.LedgerSettings;
import dev.mneme.sandbox.policy.PolicyFile;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.Caller;
import dev.mneme.tool.FileReference;
import dev.mneme.tool.InputFile;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.Setup;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
  private static final String VALUE = "s3cret-\"value\"";
  private static final Caller AGENT = Caller.agent(Owner.DEFAULT, "agent-1", Optional.of("run-1"));
  private static final ToolAsks ASKS =
      new ToolAsks(
          Optional.empty(),
          Optional.empty(),
          List.of("api.example.com"),
          List.of("KEY"),
          MemoryUse.READ);
  private static final String GRANT =
      """
      [[tool]]
      source = "library"
      name = "weather"
      sha256 = "%s"
      network = ["api.example.com"]
      secrets = ["KEY"]
      """
          .formatted("a".repeat(64));

  @TempDir Path folder;
  private final AtomicReference<ToolCall> seen = new AtomicReference<>();
  private Database database;
  private Ledger ledger;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 2);
    ledger =
        Ledger.open(
            database,
            LedgerSettings.DEFAULT,
            new Ids(new Random(5), Clock.systemUTC()),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    ledger.close();
    database.close();
  }

  @Test
  void aCallIsGivenWhatItWasGrantedAndItsSecretsStayInside() throws IOException {
    List<String> heard = new ArrayList<>();
    ToolListener listener =
        new ToolListener() {
          @Override
          public void log(String level, String message) {
            heard.add(message);
          }
        };
    ToolBackend leaky =
        call -> {
          seen.set(call);
          call.listener().placed("docker", "w-1", Duration.ofMillis(3), Duration.ofMillis(2));
          call.listener().log("info", "it is " + VALUE);
          ObjectNode value = Json.mapper().createObjectNode().put("echo", "<" + VALUE + ">");
          value.putArray("list").add(VALUE);
          value.put(VALUE, 1);
          return new Success(value, "out " + VALUE, "err " + VALUE);
        };
    ToolOutcome outcome =
        gate(GRANT, leaky).call(call(tool(Source.LIBRARY, "weather", true), listener));

    assertThat(seen.get().grants().hosts()).containsExactly("api.example.com");
    assertThat(seen.get().grants().secrets()).containsEntry("KEY", new SecretText(VALUE));
    assertThat(seen.get().grants().memory()).isEqualTo(MemoryUse.READ);
    assertThat(outcome)
        .isEqualTo(
            new Success(
                Json.parse("{\"echo\":\"<[secret]>\",\"list\":[\"[secret]\"],\"[secret]\":1}"),
                "out [secret]",
                "err [secret]"));
    assertThat(heard).containsExactly("it is [secret]");
    CallEntry entry = last();
    assertThat(entry.place().backend()).isEqualTo("docker");
    assertThat(entry.place().worker()).isEqualTo("w-1");
    assertThat(entry.place().queue()).isEqualTo(3_000);
    assertThat(entry.place().start()).isEqualTo(2_000);
    assertThat(entry.ending().outcome()).isEqualTo(Outcome.OK);
    assertThat(entry.traffic().result()).isPositive();
    assertThat(entry.arguments()).doesNotContain("s3cret");
  }

  @Test
  void aFailureKeepsItsSecretsInsideToo() throws IOException {
    ToolBackend failing =
        call ->
            new Failure(
                ToolOutcome.Reason.TIMEOUT, "limit 5 s " + VALUE, "trace " + VALUE, VALUE, VALUE);
    Failure outcome =
        (Failure)
            gate(GRANT, failing)
                .call(call(tool(Source.LIBRARY, "weather", true), ToolListener.NONE));
    assertThat(outcome.message() + outcome.traceback() + outcome.stdout() + outcome.stderr())
        .doesNotContain("s3cret");
    assertThat(last().ending())
        .isEqualTo(new CallEntry.Ending(Outcome.TOOL_ERROR, "timeout", "limit 5 s [secret]"));
  }

  @Test
  void untrustedCodeIsGivenNothing() throws IOException {
    for (Source source : List.of(Source.CUSTOM, Source.SCRIPT)) {
      gate(GRANT, this::echo).call(call(tool(source, "weather", false), ToolListener.NONE));
      assertThat(seen.get().grants().hosts()).isEmpty();
      assertThat(seen.get().grants().secrets()).isEmpty();
      assertThat(seen.get().grants().memory()).isEqualTo(MemoryUse.NONE);
    }
  }

  @Test
  void aRefusedToolDoesNotRunAndIsInTheLedger() throws IOException {
    Gate gate = gate("[library]\nallow = false\n", this::echo);
    assertThatThrownBy(
            () -> gate.call(call(tool(Source.LIBRARY, "weather", true), ToolListener.NONE)))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("does not allow the tool weather");
    assertThat(seen.get()).isNull();
    assertThat(last().ending().outcome()).isEqualTo(Outcome.PROTOCOL_ERROR);
    assertThat(last().ending().reason()).isEqualTo("tool_not_allowed");
  }

  @Test
  void aCallThatMayActIsWrittenDownBeforeItStarts() throws IOException {
    ToolBackend looking =
        call -> {
          List<CallEntry> before = Ledger.find(database, Owner.DEFAULT, CallQuery.newest(5));
          assertThat(before).hasSize(1);
          assertThat(before.getFirst().ending().outcome()).isEqualTo(Outcome.RUNNING);
          return echo(call);
        };
    gate("", looking).call(call(tool(Source.LIBRARY, "send", false), ToolListener.NONE));
    assertThat(last().ending().outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void theEnvironmentOfACustomToolIsNotInTheLedger() throws IOException {
    ToolIdentity tool = tool(Source.CUSTOM, "mine", false);
    ObjectNode arguments =
        (ObjectNode)
            Json.parse(
                "{\"arguments\":{\"a\":\"uses hunter2hunter2\"},"
                    + "\"environment\":{\"PASS\":\"hunter2hunter2\"},\"agent\":{\"x\":1}}");
    gate("", this::echo)
        .call(
            new ToolCall(
                AGENT,
                tool,
                ToolCode.of("mine.py", "x", Trust.UNTRUSTED),
                Optional.of("f"),
                arguments,
                ToolLimits.DEFAULT,
                ToolListener.NONE));
    assertThat(last().arguments()).isEqualTo("{\"a\":\"uses ********\"}");
  }

  @Test
  void limitsOfThePolicyReachTheBackEnd() throws IOException {
    gate("[script]\ntimeout = \"2s\"\nsandbox = \"docker\"\n", this::echo)
        .call(call(tool(Source.SCRIPT, "run_python", true), ToolListener.NONE));
    assertThat(seen.get().limits().wall()).isEqualTo(Duration.ofSeconds(2));
    assertThat(seen.get().grants().container()).isTrue();
    assertThat(seen.get().grants().tools()).isTrue();
  }

  @Test
  void aFileOfOneCallGoesIntoALaterOneByItsId() throws IOException {
    FileShelf shelf =
        new FileShelf(
            database,
            ShelfSettings.DEFAULT,
            new Ids(new Random(5), Clock.systemUTC()),
            InstantSource.system());
    Artifact made = Artifact.of("a/table.csv", "YSxi");
    Gate gate =
        new Gate(
            call -> {
              seen.set(call);
              return new Success(Json.parse("1"), "", "", List.of(made));
            },
            rules("")::policy,
            ledger,
            (caller, name) -> Optional.empty(),
            Consent.OPERATOR,
            shelf);
    ToolCall script = call(tool(Source.SCRIPT, "run_python", true), ToolListener.NONE);
    Artifact kept = ((Success) gate.call(script)).artifacts().getFirst();
    String id = kept.id().orElseThrow();
    InputFiles wanted =
        new InputFiles(List.of(), List.of(new FileReference("", id), new FileReference("b", id)));
    gate.call(script.with(Setup.of(wanted)));
    assertThat(seen.get().setup().files().files())
        .containsExactly(new InputFile("a/table.csv", "YSxi"), new InputFile("b", "YSxi"));
    assertThat(last().arguments()).contains("table.csv").doesNotContain("YSxi");
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() ->
            gate.call(
                script.with(
                    Setup.of(
                        new InputFiles(List.of(), List.of(new FileReference("x", "file-1")))))))
        .returns("unknown_file", MnemeException::code);
  }

  private ToolOutcome echo(ToolCall call) {
    seen.set(call);
    return new Success(Json.parse("1"), "", "");
  }

  private CallEntry last() {
    return ledger.list(Owner.DEFAULT, CallQuery.newest(1)).getFirst();
  }

  private Gate gate(String policy, ToolBackend backend) throws IOException {
    PolicyFile rules = rules(policy);
    ToolSecrets secrets =
        (caller, name) ->
            name.equals("KEY") ? Optional.of(new SecretText(VALUE)) : Optional.empty();
    return new Gate(backend, rules::policy, ledger, secrets, Consent.OPERATOR, KeptFiles.NONE);
  }

  private PolicyFile rules(String policy) throws IOException {
    Path file = folder.resolve("policy.toml");
    Files.writeString(file, policy);
    return PolicyFile.open(file, System::nanoTime);
  }

  private static ToolIdentity tool(Source source, String name, boolean readOnly) {
    return new ToolIdentity(source, name, "a".repeat(64), ASKS, readOnly);
  }

  private static ToolCall call(ToolIdentity tool, ToolListener listener) {
    return new ToolCall(
        AGENT,
        tool,
        ToolCode.of("weather.py", "source", Trust.TRUSTED),
        Optional.of("f"),
        Json.mapper().createObjectNode().put("city", "Bern"),
        ToolLimits.DEFAULT,
        listener);
  }
}
