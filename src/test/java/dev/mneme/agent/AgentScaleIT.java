package dev.mneme.agent;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand agents: any page is there at once. The limits have wide slack. */
class AgentScaleIT {
  private static final int AGENTS = 10_000;
  private static final long PAGE_NANOS = 5 * 20_000_000L;

  @TempDir Path folder;

  @Test
  void anyPageOfTenThousandAgentsComesAtOnce() throws Exception {
    try (TestingMemory memory = new TestingMemory(folder)) {
      make(memory);
      List<Agent> some =
          memory.agents.list(
              A, query(List.of(), Optional.empty(), AgentQuery.Order.CREATED_AT, 1000));
      Optional<String> deep = Optional.of(some.getLast().id());
      for (AgentQuery.Order order : AgentQuery.Order.values()) {
        for (List<String> tags : List.of(List.<String>of(), List.of("all"), List.of("all", "t7"))) {
          check(memory, query(tags, Optional.empty(), order, 50));
          check(memory, query(tags, deep, order, 50));
        }
      }
    }
  }

  private static void make(TestingMemory memory) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int c = 0; c < 32; c++) {
        int client = c;
        all.add(
            clients.submit(() -> {
              for (int i = client; i < AGENTS; i += 32) {
                memory.agents.create(
                    A,
                    AgentDraft.named("agent " + i)
                        .withBlocks(List.of())
                        .withTags(List.of("all", "t" + i % 100))
                        .withSettings(AgentSettings.DEFAULT.withTools(List.of("tool-1", "tool-2"))),
                    USER);
              }
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void check(TestingMemory memory, AgentQuery query) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      assertThat(memory.agents.list(A, query)).isNotEmpty();
      best = Math.min(best, System.nanoTime() - begin);
    }
    assertThat(best).as(query.toString()).isLessThan(PAGE_NANOS);
  }

  private static AgentQuery query(
      List<String> tags, Optional<String> before, AgentQuery.Order order, int limit) {
    return new AgentQuery(
        Optional.empty(),
        tags,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        order,
        false,
        before,
        Optional.empty(),
        limit);
  }
}
