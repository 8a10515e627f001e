package dev.mneme.sandbox.graalpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.Json;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.LaneStatus;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that means harm, or might as well: each ends in a clear error and costs nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
    named = "mneme.soak",
    matches = "true",
    disabledReason = "minutes long; acceptance.HostileToolsIT runs most of it through the server")
class HostileToolsIT {
  private static final Duration WALL = Duration.ofSeconds(2);

  /** The limit is 200 ms; the rest is for a machine that does other things. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** For code that ends by itself: some of it imports much first. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long MEGABYTE = 1 << 20;
  private static final Set<Reason> REFUSED = EnumSet.of(Reason.ERROR);
  private static final Set<Reason> STOPPED = EnumSet.of(Reason.TIMEOUT);

  /** Which of the two comes first depends on the machine. */
  private static final Set<Reason> STOPPED_OR_FULL = EnumSet.of(Reason.TIMEOUT, Reason.LIMIT);

  private GraalPySandbox sandbox;

  @BeforeAll
  void start(@TempDir Path data) {
    sandbox = new GraalPySandbox(SandboxSettings.defaults(Path.of(""), data), HostCalls.DENIED);
    sandbox.warm();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("read a file", "open('/etc/passwd').read()"),
        Arguments.of("write a file", "open('/tmp/mneme-escape', 'w').write('x')"),
        Arguments.of("list a folder", "import os\nos.listdir('/')"),
        Arguments.of("stat", "import os\nos.stat('/etc/passwd').st_size"),
        Arguments.of("posix module", "import sys\nsys.modules['posix'].open('/etc/passwd', 0)"),
        Arguments.of(
            "subclass walk",
            """
            for c in ().__class__.__base__.__subclasses__():
                if c.__name__ == "FileIO":
                    c("/etc/passwd").read()
            raise PermissionError("no FileIO")
            """),
        Arguments.of(
            "out of the standard library by ..",
            "import os\n"
                + "open(os.path.dirname(os.__file__) + '/../../../../../../etc/passwd').read()"),
        Arguments.of("temporary file", "import tempfile\ntempfile.NamedTemporaryFile().name"),
        Arguments.of("subprocess", "import subprocess\nsubprocess.check_output(['id'])"),
        Arguments.of("os.system", "import os\nassert os.system('id') == 0"),
        Arguments.of("fork", "import os\nos.fork()"),
        Arguments.of(
            "pickle",
            """
            import os, pickle
            class Bad:
                def __reduce__(self):
                    return (os.system, ("id",))
            assert pickle.loads(pickle.dumps(Bad())) == 0
            """),
        Arguments.of("socket", "import socket\nsocket.create_connection(('127.0.0.1', 22), 1)"),
        Arguments.of("name lookup", "import socket\nsocket.getaddrinfo('example.com', 80)"),
        Arguments.of("url", "import urllib.request\nurllib.request.urlopen('http://127.0.0.1/')"),
        Arguments.of("native code", "import ctypes\nctypes.CDLL(None).getpid()"),
        Arguments.of("Java class", "import java\njava.type('java.lang.Runtime')"),
        Arguments.of("Java package", "from java.lang import System\nSystem.exit(0)"),
        Arguments.of("polyglot", "import polyglot\npolyglot.eval(language='js', string='1')"),
        Arguments.of("thread", "import threading\nthreading.Thread(target=print).start()"),
        Arguments.of("kill the parent", "import os\nos.kill(os.getppid(), 9)"),
        Arguments.of("signal handler", "import signal\nsignal.signal(15, lambda *a: None)"),
        Arguments.of("sys.exit", "import sys\nsys.exit(0)"),
        Arguments.of("os._exit", "import os\nos._exit(0)"),
        Arguments.of("abort", "import os\nos.abort()"),
        Arguments.of("recursion", "def f(): f()\nf()"),
        Arguments.of(
            "recursion without a limit",
            "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()"),
        Arguments.of(
            "nested data", "import json\nx = []\nfor i in range(100000): x = [x]\njson.dumps(x)"),
        Arguments.of(
            "broken bytecode",
            """
            def f(): return 1
            f.__code__ = f.__code__.replace(co_code=bytes(range(256)))
            f()
            raise ValueError("it ran")
            """),
        Arguments.of("marshal", "import marshal\nmarshal.loads(b'\\xe3' * 50)"),
        Arguments.of("memory at once", "'x' * 10**10"),
        Arguments.of(
            "an error whose text fails",
            """
            class E(Exception):
                def __str__(self): raise self
            raise E()
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String what, String source) {
    assertEnds(source, REFUSED, PATIENCE);
  }

  static Stream<Arguments> stopped() {
    return Stream.of(
        Arguments.of("loop", "while True: pass", STOPPED),
        Arguments.of(
            "loop that catches everything",
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
            STOPPED),
        Arguments.of(
            "loop in finally",
            "try:\n    while True: pass\nfinally:\n    while True: pass",
            STOPPED),
        Arguments.of("sleep", "import time\ntime.sleep(1000)", STOPPED),
        Arguments.of("sum of a range", "sum(range(10**12))", STOPPED),
        Arguments.of("power", "10**(10**8)", STOPPED_OR_FULL),
        Arguments.of("modular power", "pow(3, 10**200000, 7**10000)", STOPPED),
        Arguments.of("membership", "-1 in iter(range(10**12))", STOPPED),
        Arguments.of("generator", "all(True for _ in iter(int, 1))", STOPPED),
        Arguments.of(
            "regular expression", "import re\nre.match(r'((a*)*)*\\1\\2b', 'a' * 60)", STOPPED),
        Arguments.of(
            "deque",
            "import collections, itertools\ncollections.deque(itertools.count(), maxlen=0)",
            STOPPED),
        Arguments.of("flood of output", "while True: print('x' * 1000)", STOPPED),
        Arguments.of(
            "flood of messages",
            "import mneme\nwhile True:\n    mneme.log('x' * 5000)\n    mneme.progress(1)",
            STOPPED),
        Arguments.of(
            "list growth", "x = []\nwhile True: x.append(bytearray(10**6))", STOPPED_OR_FULL),
        Arguments.of(
            "list growth that catches",
            """
            x = []
            while True:
                try:
                    while True: x.append([0] * 1000)
                except MemoryError:
                    print("again")
            """,
            STOPPED_OR_FULL),
        Arguments.of(
            "dict growth",
            "d = {}\ni = 0\nwhile True:\n    d[i] = str(i) * 100\n    i += 1",
            STOPPED_OR_FULL),
        Arguments.of("tuple growth", "t = ()\nwhile True: t = (t, t, 'x' * 1000)", STOPPED_OR_FULL),
        Arguments.of("one large list", "[0] * (2 * 10**9)", EnumSet.of(Reason.LIMIT, Reason.ERROR)),
        Arguments.of("doubling text", "s = 'x'\nwhile True: s += s", EnumSet.allOf(Reason.class)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void stopped(String what, String source, Set<Reason> reasons) {
    assertEnds(source, reasons, WALL);
  }

  @Test
  void afterwardsMemoryIsBackToNormal() {
    assertEnds("x = []\nwhile True: x.append(bytearray(10**6))", STOPPED_OR_FULL, WALL);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          for (LaneStatus lane : sandbox.status()) {
            assertThat(lane.busy() + lane.starting()).isZero();
            assertThat(lane.memory()).isLessThan(2 * 600 * MEGABYTE);
          }
        });
  }

  private void assertEnds(String source, Set<Reason> reasons, Duration wall) {
    assertThat(sandbox.call(ToolCalls.script(Trust.UNTRUSTED, "1")))
        .isEqualTo(new Success(Json.parse("1"), "", ""));
    long began = System.nanoTime();
    ToolOutcome outcome =
        sandbox.call(
            ToolCalls.script(ToolCalls.ALICE, Trust.UNTRUSTED, source, ToolCalls.wall(wall)));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(outcome).isInstanceOf(Failure.class);
    Failure failure = (Failure) outcome;
    assertThat(failure.reason()).as(failure.toString()).isIn(reasons);
    assertThat(failure.message()).isNotBlank().doesNotContain("com.oracle").doesNotContain("\tat ");
    assertThat(failure.traceback()).doesNotContain("com.oracle").doesNotContain("harness");
    assertThat(took).isLessThan(wall.plus(SLACK));
  }
}
