package dev.mneme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Json;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.InputFile;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.SessionState;
import dev.mneme.tool.SessionUse;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every back end that runs Python has to do. Each test ends with a call that must work. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class ToolBackendContract {
  /** The limit of the contract is 200 ms; the rest is for a machine that does other things. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  protected abstract ToolBackend backend();

  @AfterEach
  void theNextCallWorks() {
    for (Trust trust : Trust.values()) {
      assertThat(backend().call(ToolCalls.script(trust, "6 * 7")))
          .isEqualTo(new Success(Json.parse("42"), "", ""));
    }
  }

  @Test
  void aFunctionGetsItsArgumentsAndReturnsItsResult() {
    String source =
        """
        def greet(name: str, times: int = 1, options: dict = {}) -> dict:
            return {"text": ("hello " + name + " ") * times, "options": options, "nothing": None}
        """;
    for (Trust trust : Trust.values()) {
      assertThat(
              value(
                  ToolCalls.function(
                      trust, source, "greet", "{\"name\":\"Zoë ☃ \\\"q\\\"\",\"times\":2}")))
          .isEqualTo(
              "{\"text\":\"hello Zoë ☃ \\\"q\\\" hello Zoë ☃ \\\"q\\\""
                  + " \",\"options\":{},\"nothing\":null}");
    }
  }

  @Test
  void aScriptYieldsItsLastExpressionAndWhatItPrints() {
    Success success =
        (Success)
            backend()
                .call(
                    ToolCalls.script(
                        Trust.UNTRUSTED,
                        """
                        import sys
                        numbers = [1, 2, 3]
                        print("sum", sum(numbers))
                        print("careful", file=sys.stderr)
                        [n * n for n in numbers]
                        """));
    assertThat(success.value()).isEqualTo(Json.parse("[1,4,9]"));
    assertThat(success.stdout()).isEqualTo("sum 6\n");
    assertThat(success.stderr()).isEqualTo("careful\n");
  }

  @Test
  void aScriptWithoutALastExpressionYieldsNull() {
    assertThat(value(ToolCalls.script(Trust.UNTRUSTED, "x = 1\n"))).isEqualTo("null");
    assertThat(value(ToolCalls.script(Trust.UNTRUSTED, ""))).isEqualTo("null");
  }

  @Test
  void valuesBeyondJsonTakeAFixedForm() {
    String source =
        """
        import dataclasses, datetime, decimal, enum

        @dataclasses.dataclass
        class Point:
            x: int
            tags: set

        class Color(enum.Enum):
            RED = "red"

        [Point(1, {"b", "a"}), Color.RED, decimal.Decimal("1.10"), (1, 2), 2**70,
         datetime.date(2026, 1, 2), range(3), {1: "one"}]
        """;
    for (Trust trust : Trust.values()) {
      assertThat(value(ToolCalls.script(trust, source)))
          .isEqualTo(
              "[{\"x\":1,\"tags\":[\"a\",\"b\"]},\"red\",\"1.10\",[1,2],1180591620717411303424,"
                  + "\"2026-01-02\",[0,1,2],{\"1\":\"one\"}]");
    }
  }

  @Test
  void valuesThatJsonCannotHoldAreAnErrorThatSaysWhich() {
    assertThat(failure(script("{'a': [1, float('nan')]}"), Reason.ERROR).message())
        .contains("result.a[1] is nan");
    assertThat(failure(script("[b'1']"), Reason.ERROR).message()).contains("result[0] is bytes");
    assertThat(failure(script("a = []; a.append(a); a"), Reason.ERROR).message())
        .contains("nested too deeply");
    assertThat(failure(script("object()"), Reason.ERROR).message()).contains("type object");
    assertThat(failure(script("{(1, 2): 3}"), Reason.ERROR).message()).contains("key");
  }

  @Test
  void anExceptionGivesItsTextAndTheUsersFrames() {
    String source =
        """
        import json

        def outer(text):
            return inner(text)

        def inner(text):
            return json.loads(text)
        """;
    Failure failure =
        failure(
            ToolCalls.function(Trust.TRUSTED, source, "outer", "{\"text\":\"{\"}"), Reason.ERROR);
    assertThat(failure.message()).startsWith("JSONDecodeError: ");
    assertThat(failure.traceback())
        .contains("File \"tool.py\", line 4, in outer\n    return inner(text)")
        .contains("File \"tool.py\", line 7, in inner")
        .doesNotContain("decoder.py")
        .doesNotContain("harness");
  }

  @Test
  void codeThatDoesNotCompileNamesTheLine() {
    Failure failure = failure(script("x = 1\ny = (\n"), Reason.ERROR);
    assertThat(failure.message()).startsWith("SyntaxError");
    assertThat(failure.traceback()).contains("File \"tool.py\", line 2");
  }

  @Test
  void aFunctionThatIsNotThereIsNamed() {
    assertThat(
            failure(ToolCalls.function(Trust.TRUSTED, "x = 1", "gone", "{}"), Reason.ERROR)
                .message())
        .contains("no function named gone");
  }

  @Test
  void leavingTheInterpreterIsAnError() {
    assertThat(failure(script("import sys\nsys.exit(7)"), Reason.ERROR).message())
        .contains("sys.exit(7)");
    assertThat(failure(script("raise SystemExit"), Reason.ERROR).message()).contains("sys.exit");
  }

  @Test
  void runawayRecursionIsAnError() {
    String source = "def f(n):\n    return f(n + 1)\nf(0)";
    for (Trust trust : Trust.values()) {
      Failure failure = failure(ToolCalls.script(trust, source), Reason.ERROR);
      assertThat(failure.message()).contains("Recursion");
      assertThat(failure.traceback().length()).isLessThan(10_000);
    }
  }

  @Test
  void aLoopEndsAtItsTimeLimit() {
    for (Trust trust : Trust.values()) {
      assertEndsInTime(trust, "print('started', flush=True)\nwhile True: pass");
    }
  }

  @Test
  void aBuiltinThatNothingCanInterruptEndsAtItsTimeLimit() {
    for (Trust trust : Trust.values()) {
      assertEndsInTime(trust, "print('started', flush=True)\nsum(range(10**12))");
    }
  }

  @Test
  void processorTimeIsLimited() {
    ToolLimits limits =
        new ToolLimits(Duration.ofSeconds(60), Duration.ofMillis(500), 1_000, 1_000);
    ToolOutcome outcome =
        backend()
            .call(ToolCalls.script(ToolCalls.ALICE, Trust.UNTRUSTED, "while True: pass", limits));
    assertThat(failure(outcome, Reason.LIMIT).message()).contains("processor time", "0.5 s");
  }

  @Test
  void memoryIsLimited() {
    ToolOutcome outcome =
        backend()
            .call(
                ToolCalls.script(
                    ToolCalls.ALICE,
                    Trust.UNTRUSTED,
                    "x = []\nwhile True: x.append('y' * 1_000_000 + str(len(x)))",
                    ToolCalls.wall(Duration.ofSeconds(60))));
    assertThat(failure(outcome, Reason.LIMIT).message()).contains("memory limit", "MB");
  }

  @Test
  void outputIsCutAtItsLimit() {
    ToolLimits limits = new ToolLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 100, 1_000);
    Success success =
        (Success)
            backend()
                .call(
                    ToolCalls.script(
                        ToolCalls.ALICE,
                        Trust.UNTRUSTED,
                        "print('ab☃' * 10_000)\nprint('cd')\n5",
                        limits));
    assertThat(success.value().intValue()).isEqualTo(5);
    assertThat(success.stdout())
        .startsWith("ab☃ab☃")
        .contains("output cut at 100 characters")
        .hasSizeLessThan(250);
  }

  @Test
  void aResultThatIsTooLongIsRefused() {
    ToolLimits limits = new ToolLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 100, 1_000);
    ToolOutcome outcome =
        backend().call(ToolCalls.script(ToolCalls.ALICE, Trust.UNTRUSTED, "'☃' * 999", limits));
    assertThat(failure(outcome, Reason.LIMIT).message()).contains("result limit of 1000 bytes");
  }

  @Test
  void aLargeArgumentAndAResultNearTheLimitPass() {
    ToolLimits limits =
        new ToolLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 100, 1_000_100);
    String large = "\\\"".repeat(200_000);
    ToolOutcome outcome =
        backend()
            .call(
                ToolCalls.call(
                    ToolCalls.ALICE,
                    Trust.TRUSTED,
                    "def same(text):\n    return text",
                    Optional.of("same"),
                    "{\"text\":\"" + large + "\"}",
                    limits,
                    ToolListener.NONE));
    assertThat(((Success) outcome).value().textValue()).hasSize(200_000);
  }

  @Test
  void interruptingTheCallerCancelsTheCall() throws Exception {
    List<ToolOutcome> outcome = new ArrayList<>();
    List<Boolean> flag = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              outcome.add(backend().call(script("while True: pass")));
              flag.add(Thread.currentThread().isInterrupted());
            });
    Thread.sleep(400);
    caller.interrupt();
    assertThat(caller.join(SLACK)).isTrue();
    assertThat(failure(outcome.getFirst(), Reason.CANCELLED).message()).contains("cancelled");
    assertThat(flag).containsExactly(true);
  }

  @Test
  void progressAndLogLinesArriveWhileTheCallRuns() {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    ToolListener listener =
        new ToolListener() {
          @Override
          public void progress(double progress, double total, String message) {
            heard.add(progress + "/" + total + " " + message);
          }

          @Override
          public void log(String level, String message) {
            heard.add(level + ": " + message);
          }
        };
    backend()
        .call(
            ToolCalls.call(
                ToolCalls.ALICE,
                Trust.UNTRUSTED,
                "import mneme\nmneme.progress(1, 4, 'first')\nmneme.log('note', 'warning')",
                Optional.empty(),
                "{}",
                ToolCalls.LIMITS,
                listener));
    assertThat(heard).containsExactly("1.0/4.0 first", "warning: note");
  }

  @Test
  void theBridgeIsRefusedByDefault() {
    String source =
        """
        import mneme
        try:
            mneme.request("memory.read", label="human")
        except mneme.BridgeError as e:
            text = str(e)
        text
        """;
    for (Trust trust : Trust.values()) {
      assertThat(value(ToolCalls.script(trust, source))).contains("bridge is not available");
    }
  }

  @Test
  void callsLeaveNothingForTheNext() {
    for (Trust trust : Trust.values()) {
      backend()
          .call(
              ToolCalls.script(
                  trust,
                  """
                  import builtins, json, sys, decimal
                  leaked = 1
                  builtins.leaked = 2
                  builtins.len = lambda x: -1
                  json.dumps = None
                  sys.path.append("/leaked")
                  sys.modules["leaked"] = json
                  decimal.getcontext().prec = 3
                  """));
      assertThat(
              value(
                  ToolCalls.script(
                      trust,
                      """
                      import json, sys, decimal
                      seen = []
                      try:
                          leaked
                          seen.append("name")
                      except NameError:
                          pass
                      if len([1]) != 1: seen.append("builtin")
                      if json.dumps({}) != "{}": seen.append("module")
                      if "/leaked" in sys.path: seen.append("path")
                      if decimal.getcontext().prec != 28: seen.append("decimal")
                      seen
                      """)))
          .isEqualTo("[]");
    }
  }

  @Test
  void aToolThatRebindsItsNamesStartsAfreshAtTheNextCall() {
    String source =
        """
        count = 0
        def counted() -> int:
            global count
            count += 1
            return count
        """;
    for (Trust trust : Trust.values()) {
      for (int i = 0; i < 3; i++) {
        assertThat(value(ToolCalls.function(trust, source, "counted", "{}"))).isEqualTo("1");
      }
    }
  }

  @Test
  void ownersDoNotSeeEachOther() {
    String write = "import json\njson.secret_of_alice = 'x'\n";
    String read = "import json\nhasattr(json, 'secret_of_alice')";
    for (Trust trust : Trust.values()) {
      backend().call(ToolCalls.script(ToolCalls.ALICE, trust, write, ToolCalls.LIMITS));
      assertThat(value(ToolCalls.script(ToolCalls.BOB, trust, read, ToolCalls.LIMITS)))
          .isEqualTo("false");
    }
  }

  @Test
  void callsOfSeveralThreadsRunSideBySide() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ToolOutcome>> running = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Trust trust = i % 3 == 0 ? Trust.UNTRUSTED : Trust.TRUSTED;
        String source = "import time\ntime.sleep(0.05)\n" + i + " * 10";
        running.add(callers.submit(() -> backend().call(ToolCalls.script(trust, source))));
      }
      for (int i = 0; i < running.size(); i++) {
        assertThat(running.get(i).get()).isEqualTo(new Success(Json.parse(i * 10 + ""), "", ""));
      }
    }
  }

  @Test
  void filesGoInAndComeOut() {
    InputFiles inputs =
        new InputFiles(
            List.of(
                InputFile.text("data.csv", "1,2"),
                InputFile.base64("deep/er/bytes", "AAH/"),
                InputFile.text("Zoë ☃.txt", "name")));
    String source =
        """
        import os
        os.makedirs("/out/more", exist_ok=True)
        open("/out/more/table.csv", "w").write(open("/in/data.csv").read() + ",3")
        open("/out/picture.png", "wb").write(b"\\x89PNG\\r\\n\\x1a\\n")
        open("/out/large", "wb").write(b"x" * 1_500_001)
        [list(open("/in/deep/er/bytes", "rb").read()), open("/in/Zoë ☃.txt").read()]
        """;
    for (Trust trust : Trust.values()) {
      Success done =
          (Success) backend().call(ToolCalls.script(trust, source).with(Setup.of(inputs)));
      assertThat(done.value()).isEqualTo(Json.parse("[[0,1,255],\"name\"]"));
      assertThat(done.stderr()).contains("/out: large is larger than 1500000 bytes");
      assertThat(done.artifacts())
          .containsExactly(
              Artifact.of("more/table.csv", "MSwyLDM="),
              Artifact.of("picture.png", "iVBORw0KGgo="));
      assertThat(
              value(
                  ToolCalls.script(
                      trust,
                      "import os\n[os.listdir(f) for f in ('/in', '/out', '/tmp')], os.getcwd()")))
          .isEqualTo("[[[],[],[]],\"/tmp\"]");
    }
  }

  @Test
  void temporaryFilesWork() {
    String source =
        """
        import os, pathlib, shutil, tempfile
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a" / "b.txt"
            path.parent.mkdir()
            path.write_text("abc")
            with open(path, "r+") as file:
                file.seek(1)
                file.write("X")
                file.truncate(2)
            os.rename(path, path.with_name("c.txt"))
            shutil.copytree(folder, "/tmp/copy")
        with tempfile.NamedTemporaryFile("w+", suffix=".log") as file:
            file.write("logged")
            file.seek(0)
            logged = file.read()
        with open("/tmp/grown", "a") as file:
            file.write("more")
        [open("/tmp/copy/a/c.txt").read(), logged, sorted(os.listdir("/tmp"))]
        """;
    for (Trust trust : Trust.values()) {
      assertThat(value(ToolCalls.script(trust, source)))
          .isEqualTo("[\"aX\",\"logged\",[\"copy\",\"grown\"]]");
    }
  }

  @Test
  void filesAreBoundedInSizeAndNumber() {
    String large =
        """
        try:
            with open("/tmp/large", "wb") as file:
                for i in range(100):
                    file.write(b"x" * 1_000_000)
            text = "written"
        except OSError as e:
            text = str(e.errno)
        text
        """;
    assertThat(value(script(large))).isEqualTo("\"28\"");
    String many =
        """
        try:
            for i in range(10_000):
                open("/tmp/" + str(i), "w").close()
            text = "written"
        except OSError as e:
            text = str(e.errno)
        text
        """;
    assertThat(value(script(many))).isEqualTo("\"28\"");
  }

  @Test
  void aSessionKeepsWhatScriptsLeave() {
    assertThat(value(anew("one", "x = 41\nimport math\ndef f(n):\n    return n / 0\n")))
        .isEqualTo("null");
    assertThat(
            value(
                session(
                    "one",
                    "open('/tmp/kept', 'w').write('kept')\nopen('/out/a.txt', 'w').write('a')\n"
                        + "print('hi')\nx += 1\n[x, math.floor(2.5)]")))
        .isEqualTo("[42,2]");
    Failure failure = failure(session("one", "y = 7\nf(1)"), Reason.ERROR);
    assertThat(failure.message()).contains("ZeroDivisionError");
    assertThat(failure.traceback())
        .contains("File \"tool-3.py\", line 2, in <module>\n    f(1)")
        .contains("File \"tool.py\", line 4, in f\n    return n / 0");
    ConcurrentLinkedQueue<SessionState> states = new ConcurrentLinkedQueue<>();
    assertThat(
            value(
                session("one", "import os\n[x, y, open('/tmp/kept').read(), os.listdir('/out')]")
                    .heardBy(hearing(states))))
        .isEqualTo("[42,7,\"kept\",[]]");
    assertThat(states).containsExactly(new SessionState("one", 4, Optional.empty()));
  }

  @Test
  void sessionsAreApartFromEachOtherAndFromAllElse() {
    value(session("one", "import json\nsecret = 1\njson.secret = 1"));
    String look = "import json\n['secret' in globals(), hasattr(json, 'secret')]";
    assertThat(value(session("other", look))).isEqualTo("[false,false]");
    assertThat(value(script(look))).isEqualTo("[false,false]");
    ToolCall bob =
        ToolCalls.script(ToolCalls.BOB, Trust.UNTRUSTED, look, ToolCalls.LIMITS)
            .with(new Setup(InputFiles.NONE, Optional.of(new SessionUse("one", false))));
    assertThat(value(bob)).isEqualTo("[false,false]");
  }

  @Test
  void whatEndsASessionIsSaidWhenItStartsAnew() {
    ConcurrentLinkedQueue<SessionState> states = new ConcurrentLinkedQueue<>();
    value(anew("other", ""));
    value(session("other", "x = 1").heardBy(hearing(states)));
    failure(
        ToolCalls.script(
                ToolCalls.ALICE,
                Trust.UNTRUSTED,
                "while True: pass",
                ToolCalls.wall(Duration.ofSeconds(1)))
            .with(new Setup(InputFiles.NONE, Optional.of(new SessionUse("other", false)))),
        Reason.TIMEOUT);
    assertThat(value(session("other", "'x' in globals()").heardBy(hearing(states))))
        .isEqualTo("false");
    failure(session("other", "import os\nos._exit(3)"), Reason.ERROR);
    value(session("other", "x = 2").heardBy(hearing(states)));
    assertThat(value(anew("other", "'x' in globals()").heardBy(hearing(states))))
        .isEqualTo("false");

    assertThat(states).extracting(SessionState::calls).containsExactly(2L, 1L, 1L, 1L);
    List<String> lost = states.stream().map(state -> state.lost().orElse("nothing")).toList();
    assertThat(lost.get(0)).isEqualTo("nothing");
    assertThat(lost.get(1)).contains("time limit of 1 s");
    assertThat(lost.get(2)).contains("ended the interpreter");
    assertThat(lost.get(3)).isEqualTo("it was reset");
  }

  private ToolCall session(String name, String source) {
    return script(source)
        .with(new Setup(InputFiles.NONE, Optional.of(new SessionUse(name, false))));
  }

  private ToolCall anew(String name, String source) {
    return script(source).with(new Setup(InputFiles.NONE, Optional.of(new SessionUse(name, true))));
  }

  private static ToolListener hearing(Collection<SessionState> states) {
    return new ToolListener() {
      @Override
      public void session(SessionState state) {
        states.add(state);
      }
    };
  }

  @Test
  void thereIsNoNetworkNoForeignFileNoEnvironmentNoProcess() {
    for (String attempt : forbidden()) {
      failure(script(attempt), Reason.ERROR);
    }
    assertThat(value(script("import os\n[k for k in os.environ if 'PATH' in k or 'HOME' in k]")))
        .isEqualTo("[]");
  }

  /** What has to be an error; a back end that has files of its own or processes allows some. */
  protected List<String> forbidden() {
    return List.of(
        "import socket\nsocket.create_connection(('127.0.0.1', 22), 1)",
        "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:1/')",
        "open('/etc/passwd').read()",
        "open('/var/tmp/mneme-escape', 'w').write('x')",
        "import os\nopen(os.__file__, 'a')",
        "import os\nos.unlink(os.__file__)",
        "import os\nopen(os.__file__ + '/../../../../../../../../../../etc/passwd')",
        "import os\nos.symlink('/etc/passwd', '/tmp/link')\nopen('/tmp/link')",
        "import subprocess\nsubprocess.run(['id'], check=True)",
        "import os\nassert os.system('id') == 0");
  }

  protected final ToolCall script(String source) {
    return ToolCalls.script(Trust.UNTRUSTED, source);
  }

  protected final String value(ToolCall call) {
    ToolOutcome outcome = backend().call(call);
    assertThat(outcome).isInstanceOf(Success.class);
    return ((Success) outcome).value().toString();
  }

  protected final Failure failure(ToolCall call, Reason reason) {
    return failure(backend().call(call), reason);
  }

  protected final Failure failure(ToolOutcome outcome, Reason reason) {
    assertThat(outcome).isInstanceOf(Failure.class);
    Failure failure = (Failure) outcome;
    assertThat(failure.reason()).as(failure.toString()).isEqualTo(reason);
    return failure;
  }

  private void assertEndsInTime(Trust trust, String source) {
    backend().call(ToolCalls.script(trust, "0"));
    Duration wall = Duration.ofSeconds(1);
    long began = System.nanoTime();
    Failure failure =
        failure(
            ToolCalls.script(ToolCalls.ALICE, trust, source, ToolCalls.wall(wall)), Reason.TIMEOUT);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(failure.message()).contains("time limit of 1 s");
    assertThat(failure.stdout()).isEqualTo("started\n");
    assertThat(took).isLessThan(wall.plus(SLACK));
  }
}
