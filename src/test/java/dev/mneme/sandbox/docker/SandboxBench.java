package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.DockerClient;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.PoolSettings;
import dev.mneme.sandbox.Sticky;
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
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Figures of the container back end, each beside a reference measured in the same run: {@code java
 * … SandboxBench [calls | cold]}. Needs an engine and the image; see {@code bench/README.md}.
 */
final class SandboxBench {
  private static final ToolCode ADD =
      ToolCode.of("add.py", "def add(a, b):\n    return a + b\n", Trust.UNTRUSTED);
  private static final ToolCode ECHO =
      ToolCode.of("echo.py", "def echo(text):\n    return text\n", Trust.UNTRUSTED);
  private static final String SMALL = "{\"a\":1,\"b\":2}";
  private static final String LARGE = "{\"text\":\"" + "m".repeat(1_000_000) + "\"}";
  private static final ToolLimits LIMITS =
      new ToolLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 10_000, 2_000_000);

  private final int calls;
  private final BenchRows rows = new BenchRows("container: ");

  private SandboxBench(int calls) {
    this.calls = calls;
  }

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("cold")) {
      new SandboxBench(0).cold(40);
    } else {
      new SandboxBench(args.length > 0 ? Integer.parseInt(args[0]) : 500).run();
    }
  }

  private void run() throws Exception {
    double raw = rawThroughput(false);
    double other = rawThroughput(true);
    rows.shown(
        "8 raw pipes, by docker-java", rate(other), ratio(other / raw) + " ours, " + rate(raw));
    double run = dockerRun(10);
    try (DockerSandbox sandbox = sandbox(44, 2)) {
      double small = compared(sandbox, "warm call", ADD, "add", SMALL, calls);
      rows.atLeast("`docker run --rm` beside a warm call", run / small, 50, millis(run));
      compared(sandbox, "1 MB in, 1 MB out", ECHO, "echo", LARGE, 60);
      rows.atMost("bridge call (ms)", bridge(sandbox), 0.5, "");
      rows.shown("1 sticky caller", rate(throughput(sandbox, 1)), "");
      double eight = throughput(sandbox, 8);
      rows.atLeast("8 sticky callers (calls/s)", eight, 250, "8 raw pipes: " + rate(raw));
      double many = throughput(sandbox, 32);
      rows.atLeast("32 sticky callers beside 8", many / eight, 1, rate(many));
      rows.shown("each call a new trust domain", rate(newDomains(sandbox, 30)), "2 spares");
    }
    cold(15);
    idle();
  }

  /** Eight workers side by side, each with a thread of its own. */
  private double rawThroughput(boolean dockerJava) throws Exception {
    byte[] message = WorkerPipe.message("add", ADD, SMALL);
    int each = Math.max(50, calls / 4);
    try (EngineHttp http = new EngineHttp(TestingDocker.ENGINE);
        DockerClient client = TestingDocker.client();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Containers containers = new Containers(http);
      List<WorkerPipe> pipes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        pipes.add(pipe(containers, client, dockerJava));
      }
      try {
        long began = 0;
        for (int count : new int[] {5, each}) {
          began = System.nanoTime();
          List<Future<?>> all = new ArrayList<>();
          for (WorkerPipe pipe : pipes) {
            all.add(
                threads.submit(() -> {
                  for (int i = 0; i < count; i++) {
                    pipe.call(message);
                  }
                  return count;
                }));
          }
          for (Future<?> one : all) {
            one.get();
          }
        }
        return 8 * each / ((System.nanoTime() - began) / 1e9);
      } finally {
        for (WorkerPipe pipe : pipes) {
          pipe.close();
        }
      }
    }
  }

  /** The product and the raw pipe in turns, so that both meet the same noise. */
  private double compared(
      DockerSandbox sandbox, String what, ToolCode code, String function, String json, int count)
      throws Exception {
    byte[] message = WorkerPipe.message(function, code, json);
    try (EngineHttp http = new EngineHttp(TestingDocker.ENGINE);
        WorkerPipe raw = WorkerPipe.own(new Containers(http))) {
      double[] raws = new double[count];
      double[] calls = new double[count];
      for (int i = -count / 2; i < count; i++) {
        int at = Math.max(0, i);
        raws[at] = time(() -> raw.call(message));
        calls[at] = time(() -> call(sandbox, "a", code, function, json));
      }
      double reference = median(raws);
      rows.atMost(
          what + " beside the raw pipe",
          median(calls) / reference,
          1.5,
          millis(median(calls)) + " / " + millis(reference));
      return median(calls);
    }
  }

  private static WorkerPipe pipe(Containers containers, DockerClient client, boolean dockerJava)
      throws IOException {
    return dockerJava ? WorkerPipe.dockerJava(containers, client) : WorkerPipe.own(containers);
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

  /** By turns, so that both meet the same engine. */
  private void cold(int count) throws Exception {
    double[] starts = new double[count];
    double[] colds = new double[count];
    List<String> made = new ArrayList<>();
    try (EngineHttp http = new EngineHttp(TestingDocker.ENGINE);
        DockerSandbox sandbox = sandbox(count + 2, 0)) {
      Containers containers = new Containers(http);
      for (int i = 0; i < count; i++) {
        String domain = "d" + i;
        starts[i] =
            time(() -> {
              made.add(WorkerPipe.create(containers));
              containers.start(made.getLast());
              return made;
            });
        // What the container does after the engine's answer belongs to neither.
        Thread.sleep(100);
        colds[i] = time(() -> call(sandbox, domain, ADD, "add", SMALL));
        Thread.sleep(100);
      }
      for (String id : made) {
        containers.remove(id);
      }
    }
    double cold = median(colds);
    double start = median(starts);
    rows.atMost(
        "cold call beside create and start",
        cold / start,
        1.2,
        millis(cold) + ", create and start " + millis(start));
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
              call(sandbox, domain, ADD, "add", SMALL);
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
      call(sandbox, "new-" + i, ADD, "add", SMALL);
    }
    return count / ((System.nanoTime() - began) / 1e9);
  }

  /** What ten idle containers cost the machine, the engine's own processes for each included. */
  private void idle() throws Exception {
    List<Long> before = processes("containerd-shim");
    try (EngineHttp http = new EngineHttp(TestingDocker.ENGINE)) {
      Containers containers = new Containers(http);
      List<WorkerPipe> pipes = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        pipes.add(WorkerPipe.own(containers));
      }
      Thread.sleep(1_000);
      long memory = 0;
      long cpu = 0;
      for (WorkerPipe pipe : pipes) {
        JsonNode stats = containers.stats(pipe.id());
        memory += stats.at("/memory_stats/usage").asLong();
        cpu -= stats.at("/cpu_stats/cpu_usage/total_usage").asLong();
      }
      Thread.sleep(3_000);
      for (WorkerPipe pipe : pipes) {
        cpu += containers.stats(pipe.id()).at("/cpu_stats/cpu_usage/total_usage").asLong();
      }
      List<Long> shims = new ArrayList<>(processes("containerd-shim"));
      shims.removeAll(before);
      long shimMemory = 0;
      for (long pid : shims) {
        shimMemory += resident(pid);
      }
      double each = (memory + shimMemory) / 10.0 / (1 << 20);
      String parts =
          String.format(
              Locale.ROOT,
              "of it the engine's own process %.1f MB; processor in 3 s: %.1f ms",
              shimMemory / 10.0 / (1 << 20),
              cpu / 10.0 / 1e6);
      rows.atMost("idle container (MB)", each, 25, parts);
      for (WorkerPipe pipe : pipes) {
        pipe.close();
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

  private static DockerSandbox sandbox(int max, int spares) {
    PoolSettings sizes =
        PoolSettings.of(max, spares, 100, 256L << 20, 1L << 40)
            .sticky(new Sticky(1_000_000, Duration.ofHours(1)), 0, spares, Duration.ofHours(1));
    HostCalls answer = request -> "{\"ok\":true}";
    return new DockerSandbox(
        TestingDocker.ENGINE,
        TestingDocker.settings(),
        sizes,
        TestingDocker.images(),
        answer,
        new SecureRandom());
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
                (ObjectNode) Json.parse(arguments.getBytes(StandardCharsets.UTF_8)),
                LIMITS,
                ToolListener.NONE));
    if (!(outcome instanceof Success)) {
      throw new IllegalStateException("a call failed: " + outcome);
    }
    return outcome;
  }

  /** Something to time. */
  private interface Step {
    Object run() throws Exception;
  }

  private static double[] times(int count, Step step) throws Exception {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = time(step);
    }
    return times;
  }

  private static double time(Step step) throws Exception {
    long began = System.nanoTime();
    step.run();
    return (System.nanoTime() - began) / 1e6;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.2f ms", value);
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, "%.0f calls/s", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f ×", value);
  }
}
