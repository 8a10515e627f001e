package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.ServerStatus.State;
import dev.mneme.mcp.client.config.OAuthSettings;
import dev.mneme.mcp.client.config.ServerLimits;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.Access;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.mcp.client.wire.CallListener;
import dev.mneme.mcp.client.wire.Protocol;
import dev.mneme.net.NetPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One supervised program and all it can do wrong. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class UpstreamTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Patience QUICK =
      new Patience(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMinutes(5), 3, 2);

  @TempDir Path folder;
  private ShellServer program;
  private final List<List<ObjectNode>> listed = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Upstream server;

  @BeforeEach
  void start() throws IOException {
    program = new ShellServer(folder);
    server = server(QUICK);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Upstream server(Patience patience) {
    Transports transports =
        new Transports("test-" + folder.getFileName(), folder, Optional.empty());
    ServerSpec spec =
        new ServerSpec(
            "shell",
            program.endpoint(),
            new ServerLimits(Duration.ofSeconds(20), LONG, 4, 1_000),
            Set.of(),
            false,
            false,
            false,
            true,
            Protocol.AUTO,
            OAuthSettings.NONE,
            Optional.empty());
    Upstream made =
        new Upstream(
            spec,
            () -> transports.open(spec, "one", NetPolicy.PUBLIC_ONLY, (_, _, _) -> Access.NONE),
            "test",
            patience,
            System::nanoTime,
            EraMemory.NONE,
            listed::add);
    open.add(made);
    open.add(transports);
    return made;
  }

  private String call(String tool, Duration timeout) throws CallFailed {
    return server
        .call(tool, Json.mapper().createObjectNode(), timeout, CallListener.NONE)
        .path("content")
        .path(0)
        .path("text")
        .asText();
  }

  private static Reason reason(Throwable thrown) {
    return ((CallFailed) thrown).reason();
  }

  @Test
  void aCallStartsTheServerAndGetsItsAnswer() throws CallFailed {
    assertThat(server.status().state()).isEqualTo(State.CONFIGURED);
    assertThat(call("echo", LONG)).isEqualTo("hello");
    assertThat(server.status().state()).isEqualTo(State.READY);
    assertThat(server.status().server()).contains("shell 1");
    assertThat(listed.getFirst()).hasSize(16);
  }

  @Test
  void noThreadOfOursWaitsForAProgramThatOwesNoAnswer() throws CallFailed {
    for (int round = 0; round < 2; round++) {
      assertThat(call("echo", LONG)).isEqualTo("hello");
      await().atMost(LONG).until(() -> readers() == 0);
    }
  }

  @Test
  void whatComesUnaskedIsHeardWithoutSuchAThread() throws Exception {
    assertThat(call("later", LONG)).isEqualTo("later");
    int before = listed.size();
    await().atMost(LONG).until(() -> listed.size() > before);
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("mcp-stdio"))
        .count();
  }

  @Test
  void aProgramThatEndsFailsItsCallsAlthoughWhatItStartedHoldsItsOutputOpen() throws CallFailed {
    assertThat(call("echo", LONG)).isEqualTo("hello");
    assertThatThrownBy(() -> call("orphan", Duration.ofMinutes(5)))
        .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CLOSED));
  }

  @Test
  void aProgramThatKeepsSilentOrFallsOverTheNewerGreetingIsGreetedInTheOlderWay() throws Exception {
    program.set("silent");
    assertThat(call("echo", LONG)).isEqualTo("hello");
    assertThat(program.starts()).isEqualTo(1);
    server.close();
    program.set("falls");
    server = server(QUICK);
    assertThat(call("echo", LONG)).isEqualTo("hello");
    assertThat(program.starts()).isEqualTo(3);
    assertThat(server.status().restarts()).isZero();
  }

  @Test
  void aProgramSeesWhatItWasGivenAndNotOurEnvironment() throws CallFailed {
    assertThat(call("secret", LONG)).isEqualTo("mellon");
    assertThat(call("inherited", LONG).split(" "))
        .contains("PRIVATE_WORD", "PATH")
        .isSubsetOf(
            "PRIVATE_WORD",
            "MNEME_MCP_CHILD",
            "HOME",
            "LANG",
            "LC_ALL",
            "LOGNAME",
            "PATH",
            "SHELL",
            "TERM",
            "TMPDIR",
            "TZ",
            "USER",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_");
  }

  @Test
  void aServerThatDiesFailsWhatIsPendingAtOnceAndComesBack() throws Exception {
    call("echo", LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> hanging = threads.submit(() -> call("hang", LONG));
      long from = System.nanoTime();
      assertThatThrownBy(() -> call("crash", LONG)).isInstanceOf(CallFailed.class);
      assertThatThrownBy(hanging::get).hasRootCauseInstanceOf(CallFailed.class);
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
    }
    await().until(() -> server.status().state() == State.READY);
    assertThat(call("echo", LONG)).isEqualTo("hello");
    assertThat(program.starts()).isEqualTo(2);
  }

  @Test
  void whatItSaidBeforeItDiedIsKept() throws CallFailed {
    call("echo", LONG);
    assertThatThrownBy(() -> call("crash", LONG)).isInstanceOf(CallFailed.class);
    await().untilAsserted(() -> assertThat(program.starts()).isEqualTo(2));
    await().until(() -> server.status().state() == State.READY);
  }

  @Test
  void aServerThatNeverStartsIsParkedWithItsLastWordsAndCanBeTriedAgain() throws Exception {
    program.set("broken");
    server.start();
    await().atMost(LONG).until(() -> server.status().state() == State.PARKED);
    assertThat(server.status().why()).contains("3 times", "cannot find my database");
    assertThatThrownBy(() -> call("echo", LONG))
        .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CLOSED))
        .hasMessageContaining("parked");
    program.unset("broken");
    server.retry();
    assertThat(call("echo", LONG)).isEqualTo("hello");
  }

  @Test
  void aServerThatAnswersNothingMoreIsStartedAnew() throws CallFailed {
    call("echo", LONG);
    for (int i = 0; i < QUICK.silences(); i++) {
      assertThatThrownBy(() -> call("hang", Duration.ofMillis(300)))
          .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.TIMEOUT));
    }
    await().atMost(LONG).untilAsserted(() -> assertThat(program.starts()).isEqualTo(2));
    await().atMost(LONG).until(() -> server.status().state() == State.READY);
  }

  @Test
  void aServerThatFloodsIsStillAnswered() throws CallFailed {
    call("echo", LONG);
    assertThat(call("noisy", LONG)).isEqualTo("noisy");
    assertThat(call("echo", LONG)).isEqualTo("hello");
    await().untilAsserted(() -> assertThat(server.said()).contains("noise"));
    assertThat(server.said().length()).isLessThan(20_000);
  }

  @Test
  void aMessageWithoutEndEndsTheConnection() throws CallFailed {
    call("echo", LONG);
    assertThatThrownBy(() -> call("endless", LONG))
        .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CLOSED));
    await().atMost(LONG).until(() -> server.status().state() == State.READY);
  }

  @Test
  void anErrorOfTheServerIsTheCallsAlone() throws CallFailed {
    assertThatThrownBy(() -> call("refuse", LONG))
        .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.REFUSED))
        .hasMessageContaining("no such file");
    assertThat(call("echo", LONG)).isEqualTo("hello");
  }

  @Test
  void moreCallsThanAllowedWaitForTheirTurn() throws Exception {
    call("echo", LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(threads.submit(() -> call("slow", LONG)));
      }
      for (Future<String> each : all) {
        assertThat(each.get()).isEqualTo("slow");
      }
    }
  }

  @Test
  void aCallThatIsInterruptedEndsAtOnce() throws Exception {
    call("echo", LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Throwable> thrown = new CopyOnWriteArrayList<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  call("hang", LONG);
                } catch (CallFailed e) {
                  thrown.add(e);
                }
              });
      Thread.sleep(300);
      caller.interrupt();
      assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
      assertThat(reason(thrown.getFirst())).isEqualTo(Reason.CANCELLED);
      threads.shutdown();
    }
  }

  @Test
  void toolsThatChangeAreListedAnew() throws Exception {
    program.willOffer("Says something.", "echo", "more");
    call("change", LONG);
    await()
        .untilAsserted(() ->
            assertThat(listed.getLast())
                .extracting(tool -> tool.path("name").asText())
                .containsExactly("echo", "more"));
  }

  @Test
  void closingEndsTheProgramAndAllItStarted() throws Exception {
    program.set("stays");
    long pid = Long.parseLong(call("stubborn", LONG));
    await().untilAsserted(() -> assertThat(sleepers()).isEqualTo(2));
    server.close();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    await().untilAsserted(() -> assertThat(sleepers()).isZero());
  }

  @Test
  void closingWhileItStartsLeavesNothingBehind() throws Exception {
    program.set("mute");
    server.start();
    await().until(() -> program.starts() == 1);
    server.close();
    assertThatThrownBy(() -> call("echo", Duration.ofSeconds(1))).isInstanceOf(CallFailed.class);
    assertThat(server.status().state()).isEqualTo(State.CONFIGURED);
  }

  /** Programs of this test that sleep, wherever they went. */
  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .filter(one ->
            one.info()
                .commandLine()
                .map(line ->
                    line.contains("sleep 4321")
                        && line.contains("trap")
                        && !line.contains("server"))
                .orElse(false))
        .count();
  }

  @Test
  void aListenerThatThrowsEndsTheConnectionAndTheNextCallHasAnother() throws CallFailed {
    CallListener broken =
        new CallListener() {
          @Override
          public void log(String level, String text) {
            throw new IllegalStateException("on purpose");
          }
        };
    assertThatThrownBy(() -> server.call("flood", Json.mapper().createObjectNode(), LONG, broken))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED))
        .hasMessageContaining("on purpose");
    await().atMost(LONG).until(() -> server.status().state() == State.READY);
    assertThat(call("echo", LONG)).isEqualTo("hello");
  }
}
