package dev.mneme.sandbox.docker;

import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.PoolSettings;
import dev.mneme.sandbox.Sticky;
import dev.mneme.sandbox.docker.wire.Attachment;
import dev.mneme.sandbox.docker.wire.Containers;
import dev.mneme.sandbox.docker.wire.EngineHttp;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Figures of the container back end, each beside a reference measured in the same run: {@code java
 * … SandboxBench [calls]}. Needs an engine and the image; see {@code bench/README.md}.
 */
final class SandboxBench {
  private static final ToolCode ADD =
      ToolCode.of("add.py", "def add(a, b):\n    return a + b\n", Trust.UNTRUSTED);
  private static final ToolCode ECHO =
      ToolCode.of("echo.py", "def echo(text):\n    return text\n", Trust.UNTRUSTED);
  private static final ToolLimits LIMITS =
      new ToolLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 10_000, 2_000_000);

  private final int calls;

  private SandboxBench(int calls) {
    this.calls = calls;
  }

  public static void main(String[] args) throws Exception {
    new SandboxBench(args.length > 0 ? Integer.parseInt(args[0]) : 500).run();
  }

  private void run() throws Exception {
    double rawSmall = raw("add", ADD, "{\"a\":1,\"b\":2}", calls);
    double rawLarge = raw("echo", ECHO, large(), 40);
    double run = dockerRun(10);
    double start = createAndStart(10);
    try (DockerSandbox sandbox = sandbox(44, 2)) {
      warmUp(sandbox);
      double small =
          median(times(calls, () -> call(sandbox, "a", ADD, "add", "{\"a\":1,\"b\":2}")));
      double big = median(times(40, () -> call(sandbox, "a", ECHO, "echo", large())));
      row("warm call, p50", small, "ms", "raw pipe " + text(rawSmall) + " ms", small / rawSmall);
      row("docker run --rm, p50", run, "ms", "warm call", run / small);
      row(
          "1 MB in, 1 MB out, p50",
          big,
          "ms",
          "raw pipe " + text(rawLarge) + " ms",
          big / rawLarge);
      row("bridge call, p50", bridge(sandbox), "ms", "", 0);
      for (int callers : new int[] {1, 8, 32}) {
        row(callers + " sticky callers", throughput(sandbox, callers), "calls/s", "", 0);
      }
      row("each call a new trust domain", newDomains(sandbox, 30), "calls/s", "", 0);
    }
    double cold = cold(10);
    row("cold call, p50", cold, "ms", "create and start " + text(start) + " ms", cold / start);
    idle();
  }

  /** The fork server over its pipe with nothing of the pool: one line out, one line back. */
  private double raw(String function, ToolCode code, String arguments, int count) throws Exception {
    try (EngineHttp http = new EngineHttp(TestingDocker.ENGINE)) {
      Containers containers = new Containers(http);
      String id = containers.create(spec());
      try (Attachment streams = containers.attach(id)) {
        containers.start(id);
        line(streams);
        line(streams);
        String call =
            Json.write(
                Json.mapper()
                    .createObjectNode()
                    .put("type", "call")
                    .put("id", "1")
                    .put("kind", "function")
                    .put("name", code.name())
                    .put("source", code.source())
                    .put("sha256", code.sha256())
                    .put("function", function)
                    .put("arguments", arguments)
                    .put("space", "x")
                    .put("output", 1_000)
                    .put("cpu", 30_000)
                    .put("result", 2_000_000));
        byte[] bytes = (call + "\n").getBytes(StandardCharsets.UTF_8);
        return median(
            times(
                count,
                () -> {
                  streams.stdin().write(bytes);
                  String answer;
                  do {
                    answer = line(streams);
                  } while (!answer.contains("\"result\""));
                  return answer;
                }));
      } finally {
        containers.remove(id);
      }
    }
  }

  private final byte[] buffer = new byte[65_536];
  private int at;
  private int end;

  private String line(Attachment streams) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (at == end) {
        at = 0;
        end = streams.stdout().read(buffer);
        if (end < 0) {
          throw new IOException("the worker ended: " + streams.stderr());
        }
      }
      for (int i = at; i < end; i++) {
        if (buffer[i] == '\n') {
          line.append(new String(buffer, at, i - at, StandardCharsets.ISO_8859_1));
          at = i + 1;
          return line.toString();
        }
      }
      line.append(new String(buffer, at, end - at, StandardCharsets.ISO_8859_1));
      at = end;
    }
  }

  private double dockerRun(int count) throws Exception {
    List<String> command =
        List.of(
            "docker",
            "run",
            "--rm",
            "--network",
            "none",
            "--read-only",
            "--cap-drop",
            "ALL",
            "--log-driver",
            "none",
            "--entrypoint",
            "python3",
            TestingDocker.images().image().tag(),
            "-I",
            "-S",
            "-c",
            "print(1 + 2)");
    return median(
        times(
            count,
            () ->
                new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()));
  }

  private double createAndStart(int count) throws Exception {
    try (EngineHttp http = new EngineHttp(TestingDocker.ENGINE)) {
      Containers containers = new Containers(http);
      List<String> made = new ArrayList<>();
      double time =
          median(
              times(
                  count,
                  () -> {
                    String id = containers.create(spec());
                    containers.start(id);
                    made.add(id);
                    return id;
                  }));
      for (String id : made) {
        containers.remove(id);
      }
      return time;
    }
  }

  private double cold(int count) throws Exception {
    try (DockerSandbox sandbox = sandbox(count + 2, 0)) {
      AtomicLong domain = new AtomicLong();
      return median(
          times(
              count,
              () ->
                  call(sandbox, "d" + domain.incrementAndGet(), ADD, "add", "{\"a\":1,\"b\":2}")));
    }
  }

  private double bridge(DockerSandbox sandbox) {
    ToolCode code =
        ToolCode.of(
            "bridge.py",
            """
            import mneme, time
            took = []
            for i in range(200):
                began = time.perf_counter()
                mneme.request("bench", n=i)
                took.append(time.perf_counter() - began)
            sorted(took)[100] * 1000
            """,
            Trust.UNTRUSTED);
    Success done = (Success) run(sandbox, "a", code, Optional.empty(), "{}");
    return done.value().doubleValue();
  }

  private double throughput(DockerSandbox sandbox, int callers) throws Exception {
    int each = Math.max(20, calls * 2 / callers);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run(threads, sandbox, callers, 3);
      long began = System.nanoTime();
      run(threads, sandbox, callers, each);
      return callers * each / ((System.nanoTime() - began) / 1e9);
    }
  }

  private static void run(ExecutorService threads, DockerSandbox sandbox, int callers, int each)
      throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      String domain = "caller-" + caller;
      all.add(
          threads.submit(() -> {
            for (int i = 0; i < each; i++) {
              call(sandbox, domain, ADD, "add", "{\"a\":1,\"b\":2}");
            }
          }));
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  private static double newDomains(DockerSandbox sandbox, int count) {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      call(sandbox, "new-" + i, ADD, "add", "{\"a\":1,\"b\":2}");
    }
    return count / ((System.nanoTime() - began) / 1e9);
  }

  /** What ten idle containers cost the machine, the engine's own processes for each included. */
  private void idle() throws Exception {
    List<Long> before = processes("containerd-shim");
    try (EngineHttp http = new EngineHttp(TestingDocker.ENGINE)) {
      Containers containers = new Containers(http);
      List<String> made = new ArrayList<>();
      List<Attachment> streams = new ArrayList<>();
      long memory = 0;
      for (int i = 0; i < 10; i++) {
        String id = containers.create(spec());
        made.add(id);
        Attachment attached = containers.attach(id);
        streams.add(attached);
        containers.start(id);
        at = 0;
        end = 0;
        line(attached);
        line(attached);
      }
      Thread.sleep(1_000);
      long cpu = 0;
      for (String id : made) {
        memory += containers.stats(id).at("/memory_stats/usage").asLong();
        cpu -= containers.stats(id).at("/cpu_stats/cpu_usage/total_usage").asLong();
      }
      Thread.sleep(3_000);
      for (String id : made) {
        cpu += containers.stats(id).at("/cpu_stats/cpu_usage/total_usage").asLong();
      }
      List<Long> shims = new ArrayList<>(processes("containerd-shim"));
      shims.removeAll(before);
      long shimMemory = 0;
      for (long pid : shims) {
        shimMemory += resident(pid);
      }
      row("idle container, its group", memory / 10.0 / (1 << 20), "MB", "", 0);
      row("idle container, its shim", shimMemory / 10.0 / (1 << 20), "MB", "", 0);
      row("idle container, processor in 3 s", cpu / 10.0 / 1e6, "ms", "", 0);
      for (int i = 0; i < made.size(); i++) {
        streams.get(i).close();
        containers.remove(made.get(i));
      }
    }
  }

  private static List<Long> processes(String name) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").contains(name))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode spec() throws IOException {
    ImageSource.Image image = TestingDocker.images().image();
    return ContainerSpec.of(TestingDocker.settings(), image.tag(), image.seccomp(), Map.of());
  }

  private static DockerSandbox sandbox(int max, int spares) {
    PoolSettings sizes =
        PoolSettings.of(max, spares, 100, 256L << 20, 1L << 40)
            .sticky(new Sticky(1_000_000, Duration.ofHours(1)), 0, spares, Duration.ofHours(1));
    HostCalls answer = request -> Json.mapper().createObjectNode().put("ok", true);
    return new DockerSandbox(
        TestingDocker.ENGINE,
        TestingDocker.settings(),
        sizes,
        TestingDocker.images(),
        answer,
        new SecureRandom());
  }

  private void warmUp(DockerSandbox sandbox) {
    for (int i = 0; i < calls; i++) {
      call(sandbox, "a", ADD, "add", "{\"a\":1,\"b\":2}");
    }
  }

  private static ToolOutcome call(
      DockerSandbox sandbox, String domain, ToolCode code, String function, String arguments) {
    return run(sandbox, domain, code, Optional.of(function), arguments);
  }

  private static ToolOutcome run(
      DockerSandbox sandbox,
      String domain,
      ToolCode code,
      Optional<String> function,
      String arguments) {
    ToolOutcome outcome =
        sandbox.call(
            new ToolCall(
                Caller.agent(Owner.DEFAULT, domain, Optional.empty()),
                code,
                function,
                (com.fasterxml.jackson.databind.node.ObjectNode) Json.parse(arguments),
                LIMITS,
                ToolListener.NONE));
    if (!(outcome instanceof Success)) {
      throw new IllegalStateException("a call failed: " + outcome);
    }
    return outcome;
  }

  private static String large() {
    return "{\"text\":\"" + "m".repeat(1_000_000) + "\"}";
  }

  /** Something to time. */
  private interface Step {
    Object run() throws Exception;
  }

  private static double[] times(int count, Step step) throws Exception {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      step.run();
      times[i] = (System.nanoTime() - began) / 1e6;
    }
    return times;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void row(String what, double value, String unit, String reference, double ratio) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f %s | %s | %s |%n",
        what,
        value,
        unit,
        reference,
        ratio == 0 ? "" : text(ratio));
  }
}
