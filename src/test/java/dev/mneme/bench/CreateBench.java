package dev.mneme.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.TestingMemory;
import dev.mneme.memory.BlockDraft;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times the making of agents, 32 at a time: {@code CreateBench [AGENTS [BLOCKS]]}. Prints the rate
 * and the processor time of each fifth, so that growth shows.
 */
final class CreateBench {
  private static final int CLIENTS = 32;
  private static final int PARTS = 5;

  private CreateBench() {}

  public static void main(String[] args) throws Exception {
    int agents = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int blocks = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    Path folder = Files.createTempDirectory("create-bench");
    try (TestingMemory memory = new TestingMemory(folder)) {
      for (int part = 0; part < PARTS; part++) {
        long cpu = cpu();
        long begin = System.nanoTime();
        make(memory, agents / PARTS, blocks);
        double made = (double) agents / PARTS;
        System.out.printf(
            "%d blocks: %.0f/s, %.2f ms of processor time each%n",
            blocks, made * 1e9 / (System.nanoTime() - begin), (cpu() - cpu) / 1e6 / made);
      }
    } finally {
      SearchBench.delete(folder);
    }
  }

  private static void make(TestingMemory memory, int agents, int blocks) throws Exception {
    List<BlockDraft> drafts = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      drafts.add(BlockDraft.of("block" + i, "What is known. ".repeat(20), "What it is for."));
    }
    AgentSettings settings =
        AgentSettings.DEFAULT
            .withSystem("You are a helpful agent. ".repeat(100))
            .withTools(List.of("tool-1", "tool-2", "tool-3", "tool-4"));
    AtomicInteger left = new AtomicInteger(agents);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        all.add(
            clients.submit(() -> {
              for (int i = left.getAndDecrement(); i > 0; i = left.getAndDecrement()) {
                memory.agents.create(
                    TestingMemory.A,
                    AgentDraft.named("agent " + i).withBlocks(drafts).withSettings(settings),
                    TestingMemory.USER);
              }
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
