package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.launcher.Beside;
import dev.mneme.launcher.NodePrograms;
import dev.mneme.launcher.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten callers against servers that crash, hang, ignore being asked to end, leave children behind,
 * flood, answer with fifty megabytes, break the protocol and change their tools, and are replaced
 * all the while. The one that is well does not notice, and nothing of the others is left.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
@Beside
class HostileServersIT {
  private static final Path SCRIPT = Path.of("src/test/node/hostile.mjs").toAbsolutePath();
  private static final Duration LASTS = Duration.ofSeconds(Soak.times(120, 3_600));
  private static final Duration EACH_SET = Duration.ofSeconds(Soak.times(5, 30));
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int CALLERS = 10;

  /** In the suite others run beside it. */
  private static final Duration PACE = Duration.ofMillis(Soak.times(20, 5));

  private static final List<String> BAD = List.of("one", "two", "three", "stubborn", "far");
  private static final List<String> SOUND = List.of("echo", "slow", "change", "extra1");
  private static final List<String> UNSOUND =
      List.of("hang", "crash", "close", "garble", "family", "flood", "big");

  @TempDir Path folder;
  private final String mark = UUID.randomUUID().toString();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  @Test
  void leaveNothingBehind() throws Exception {
    NodePrograms.require();
    int port = freePort();
    Path servers = folder.resolve("servers.json");
    write(servers, Map.of("well", entry(Map.of())));
    Path data =
        ServeProcess.configured(folder.resolve("data"), "[mcp]\nservers = '" + servers + "'\n");
    try (Program far =
            Program.start(
                Map.of("PORT", Integer.toString(port)), NodePrograms.NODE, SCRIPT.toString());
        ServeProcess server = ServeProcess.start(data)) {
      await().atMost(LONG).until(() -> well(server).isPresent());
      String first = well(server).orElseThrow();
      long threads = threads(server.pid());
      storm(server, servers, port);

      assertThat(well(server)).as("the one that is well was never restarted").contains(first);
      write(servers, Map.of());
      long over = System.nanoTime();
      await().atMost(LONG).untilAsserted(() -> assertThat(marked()).isEmpty());
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(threads(server.pid())).isLessThan(threads + 8));
      await().atMost(LONG).untilAsserted(() -> assertThat(leftOvers(server.pid())).isEmpty());
      assertThat(far.process().isAlive()).isTrue();
      System.out.printf(
          "hostile servers: gone after %d s%n", (System.nanoTime() - over) / 1_000_000_000);
    }
    System.out.printf(
        "hostile servers: %d calls answered, %d failed%n", answered.get(), failed.get());
    assertThat(answered.get()).isPositive();
    assertThat(failed.get()).isPositive();
  }

  private void storm(ServeProcess server, Path servers, int port) throws Exception {
    long until = System.nanoTime() + LASTS.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Random random = new Random(i);
        running.add(
            threads.submit(() -> {
              call(server, random, until);
              return null;
            }));
      }
      for (int set = 0; System.nanoTime() < until; set++) {
        write(servers, set(set, port));
        Thread.sleep(EACH_SET);
      }
      for (Future<?> one : running) {
        one.get(LONG.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  /** The one that is well always answers; of the others, that something comes back is all. */
  private void call(ServeProcess server, Random random, long until) throws Exception {
    while (System.nanoTime() < until) {
      try (McpHttp client = server.client("caller")) {
        for (int i = 0; i < 20 && System.nanoTime() < until; i++) {
          assertThat(failure(client.request("tools/call", Map.of("name", "well__echo"))))
              .as("the one that is well")
              .isFalse();
          List<String> tools = random.nextInt(6) == 0 ? UNSOUND : SOUND;
          String tool = pick(random, BAD) + "__" + pick(random, tools);
          boolean bad = failure(client.request("tools/call", Map.of("name", tool)));
          (bad ? failed : answered).incrementAndGet();
          Thread.sleep(bad ? 100 : PACE.toMillis());
        }
        client.end();
      }
    }
  }

  private static String pick(Random random, List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private static boolean failure(JsonNode answer) {
    return answer.has("error") || answer.path("result").path("isError").asBoolean();
  }

  /** Others than before, as far as the server can know. */
  private Map<String, Object> set(int number, int port) {
    Map<String, Object> all = new HashMap<>();
    all.put("well", entry(Map.of()));
    Map<String, String> other = Map.of("SET", Integer.toString(number));
    for (String name : List.of("one", "two", "three")) {
      all.put(name, entry(other));
    }
    all.put("stubborn", entry(Map.of("SET", Integer.toString(number), "STUBBORN", "1")));
    all.put(
        "far",
        Map.of(
            "url",
            "http://127.0.0.1:" + port + "/mcp?" + number,
            "serve",
            true,
            "timeout",
            2,
            "pins",
            "warn"));
    return all;
  }

  private Map<String, Object> entry(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("MARK", mark);
    return Map.of(
        "command",
        NodePrograms.NODE.toString(),
        "args",
        List.of(SCRIPT.toString()),
        "env",
        environment,
        "timeout",
        more.isEmpty() ? 60 : 2,
        "pins",
        "warn",
        "serve",
        true);
  }

  private void write(Path file, Map<String, ?> servers) throws IOException {
    Path fresh =
        Files.writeString(folder.resolve("servers.new"), Json.write(Map.of("mcpServers", servers)));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Which process the one that is well is. */
  private static Optional<String> well(ServeProcess server) throws Exception {
    try (McpHttp client = server.client("looks")) {
      JsonNode answer = client.request("tools/call", Map.of("name", "well__echo"));
      client.end();
      return failure(answer) ? Optional.empty() : Optional.of(McpHttp.text(answer.path("result")));
    }
  }

  /** Processes that were started by one of the servers, however far from it they are now. */
  private List<String> marked() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(path -> path.getFileName().toString().matches("\\d+"))
          .filter(this::isMarked)
          .map(Path::toString)
          .toList();
    }
  }

  private boolean isMarked(Path process) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException _) {
      return false;
    }
  }

  /** But for those that the JDK keeps for a minute, to wait for the end of another program. */
  private static long threads(long pid) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return all.filter(thread -> !name(thread).startsWith("process reaper")).count();
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (IOException _) {
      return "";
    }
  }

  /** What the server still holds of sessions and of other servers, after a collection. */
  private static List<String> leftOvers(long pid) throws IOException, InterruptedException {
    String histogram = Jcmd.run(pid, "GC.class_histogram");
    return Stream.of(
            "dev.mneme.mcp.server.Session",
            "dev.mneme.mcp.client.Upstream",
            "dev.mneme.mcp.client.wire.Rpc",
            "dev.mneme.mcp.client.wire.Pending",
            "dev.mneme.mcp.client.wire.ProcessTree",
            "dev.mneme.mcp.client.wire.HttpTransport")
        .filter(name -> Jcmd.alive(histogram, name) > 0)
        .map(name -> name + ": " + Jcmd.alive(histogram, name))
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
