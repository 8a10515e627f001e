package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code that means harm, sent through the whole server while another client works on. */
class HostileToolsIT {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** Generous: the suite may share its two cores. */
  private static final Duration SLACK = Duration.ofSeconds(8);

  /** What must not succeed: it hangs, bombs the memory, or reaches for what it may not have. */
  private static final List<String> ENDLESS =
      List.of(
          "while True: pass",
          "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
          "sum(range(10**12))",
          "10**(10**8)",
          "pow(3, 10**200000, 10**200001 + 7)",
          "import time\ntime.sleep(1000)",
          "from collections import deque\nfrom itertools import count\ndeque(count(), maxlen=0)",
          "-1 in iter(int, 1)",
          "x = []\nwhile True:\n  try:\n    x.append('y' * 10**6)\n  except MemoryError: pass",
          "d = {}\ni = 0\nwhile True:\n  d[i] = str(i) * 100\n  i += 1",
          "t = ()\nwhile True: t = (t, t, [0] * 1000)",
          "'x' * 10**10",
          "[0] * (2 * 10**9)",
          "s = 'x'\nwhile True: s += s");

  /** May be too much or not, depending on how well Python does it; must end in time either way. */
  private static final List<String> HEAVY =
      List.of(
          "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')",
          "import re\nre.match(r'(a|aa)+\\1c', 'a' * 5000)",
          "sorted(range(3 * 10**6), key=lambda x: -x)[0]");

  private static final List<String> SNOOPING =
      List.of(
          "open('/etc/passwd').read()",
          "import os\nos.listdir('/')",
          "import os\nos.system('id')",
          "import subprocess\nsubprocess.run(['id'])",
          "import socket\nsocket.create_connection(('127.0.0.1', 22))",
          "import urllib.request\nurllib.request.urlopen('http://127.0.0.1/')",
          "import ctypes\nctypes.CDLL(None).getpid()",
          "import java\njava.type('java.lang.System').exit(1)",
          "import polyglot\npolyglot.eval(language='js', string='1')",
          "import os\nos.kill(os.getppid(), 9)",
          "import threading\nthreading.Thread(target=print).start()",
          "import os\nos._exit(9)",
          "import sys\nsys.exit(7)",
          "def f(): f()\nf()",
          "[c for c in ().__class__.__base__.__subclasses__() if 'Popen' in c.__name__][0]('id')");

  @TempDir Path folder;

  @Test
  void everyHostileScriptEndsClearlyAndNobodyElseNotices() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    Files.setPosixFilePermissions(
        data, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        data.resolve("mneme.toml"), "[sandbox]\nwall = \"" + LIMIT.toSeconds() + "s\"\n");
    try (ServeProcess server = ServeProcess.start(data);
        McpHttp attacker = server.client("attacker");
        McpHttp neighbour = server.client("neighbour")) {
      attacker.done("run_python", Map.of("code", "1 + 1"));
      List<Double> idle = pings(neighbour, 200);

      AtomicBoolean attacking = new AtomicBoolean(true);
      List<Double> meanwhile = new ArrayList<>();
      Thread listener =
          Thread.ofVirtual()
              .start(() -> {
                while (attacking.get()) {
                  meanwhile.addAll(pings(neighbour, 20));
                }
              });
      for (String code : ENDLESS) {
        long began = System.nanoTime();
        JsonNode result = attacker.call("run_python", Map.of("code", code));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(result.path("isError").asBoolean()).as("%s: %s", code, result).isTrue();
        assertThat(McpHttp.text(result)).as(code).isNotBlank().doesNotContain("\tat ");
        assertThat(took).as(code).isLessThan(LIMIT.plus(SLACK));
      }
      for (String code : HEAVY) {
        long began = System.nanoTime();
        attacker.call("run_python", Map.of("code", code));
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as(code)
            .isLessThan(LIMIT.plus(SLACK));
      }
      for (String code : SNOOPING) {
        JsonNode result = attacker.call("run_python", Map.of("code", code));
        assertThat(result.path("isError").asBoolean()).as("%s: %s", code, result).isTrue();
        assertThat(McpHttp.text(result)).doesNotContain("root:", "uid=", "\tat ");
      }
      attacking.set(false);
      listener.join();

      double usual = percentile(idle, 0.99);
      assertThat(percentile(meanwhile, 0.99))
          .as("p99 of another client's calls in ms, idle %s", usual)
          .isLessThan(5 * Math.max(20, 5 * usual));
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(attacker.done("run_python", Map.of("code", "2 + 2")).toString())
                  .contains("4"));
      assertThat(residentMegabytes(server.pid())).isLessThan(450);
    }
  }

  private static List<Double> pings(McpHttp client, int count) {
    List<Double> times = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        client.request("ping", Map.of());
        times.add((System.nanoTime() - began) / 1e6);
        Thread.sleep(5);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return times;
  }

  private static double percentile(List<Double> values, double q) {
    return values.stream()
        .sorted()
        .skip((long) (q * (values.size() - 1)))
        .findFirst()
        .orElseThrow();
  }

  private static long residentMegabytes(long pid) throws java.io.IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
