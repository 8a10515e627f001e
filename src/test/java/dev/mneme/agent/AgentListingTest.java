package dev.mneme.agent;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of agents against a list that is filtered, ordered and cut by hand. */
class AgentListingTest {
  private static final List<String> TAGS = List.of("red", "green", "blue", "50%");
  private static final List<String> NAMES = List.of("Ada", "Bob", "adam", "x_y", "x-y");

  @TempDir Path folder;
  private TestingMemory memory;

  @BeforeEach
  void open() {
    memory = new TestingMemory(folder);
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void anyPageIsWhatFilteringOrderingAndCuttingByHandGives() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Agent> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      AgentDraft draft =
          AgentDraft.named(NAMES.get(random.nextInt(NAMES.size())))
              .withBlocks(List.of())
              .withTags(TAGS.stream().filter(_ -> random.nextBoolean()).toList())
              .withSettings(
                  AgentSettings.DEFAULT.withTools(
                      random.nextBoolean() ? List.of("tool-a") : List.of("tool-b", "tool-a")));
      Agent agent = memory.agents.create(A, draft, USER);
      if (random.nextBoolean()) {
        LastRun ran = ran(random.nextInt(20));
        memory.database.scope(A).update(tx -> memory.agents.ran(tx, agent.id(), ran));
      }
      all.add(memory.agents.get(A, agent.id()));
    }
    for (int i = 0; i < 500; i++) {
      AgentQuery query = any(random, all);
      assertThat(memory.agents.list(A, query))
          .as("seed %d, %s", seed, query)
          .isEqualTo(byHand(all, query));
      assertThat(memory.agents.count(A, query))
          .as("seed %d, %s", seed, query)
          .isEqualTo(all.stream().filter(agent -> fits(agent, query)).count());
    }
  }

  @Test
  void aPageThatBeginsNowhereIsRefused() {
    AgentQuery query = page(AgentQuery.Order.CREATED_AT, Optional.of("agent-gone"), 5);
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> memory.agents.list(A, query))
        .returns("unknown_agent", MnemeException::code);
  }

  @Test
  void tagsAreListedOnceAndFollowTheirAgents() {
    Agent one = create("one", List.of("b", "a"));
    create("two", List.of("b", "C d"));
    assertThat(tags(Optional.empty(), Optional.empty())).containsExactly("C d", "a", "b");
    assertThat(tags(Optional.of("c"), Optional.empty())).containsExactly("C d");
    assertThat(tags(Optional.empty(), Optional.of("a"))).containsExactly("b");
    memory.agents.delete(A, one.id(), USER);
    assertThat(tags(Optional.empty(), Optional.empty())).containsExactly("C d", "b");
  }

  @Test
  void aToolThatIsGoneIsDetachedFromAllAgents() {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      AgentSettings settings = AgentSettings.DEFAULT.withTools(List.of("tool-a", "tool-" + i));
      agents.add(
          memory.agents.create(
              A, AgentDraft.named("a").withBlocks(List.of()).withSettings(settings), USER));
    }
    memory.database.scope(A).update(tx -> memory.agents.detachTool(tx, "tool-a", USER));
    for (int i = 0; i < 3; i++) {
      assertThat(memory.agents.get(A, agents.get(i).id()).settings().toolIds())
          .containsExactly("tool-" + i);
    }
    assertThat(memory.agents.list(A, AgentQuery.ofTool("tool-a", Optional.empty()))).isEmpty();
  }

  private Agent create(String name, List<String> tags) {
    return memory.agents.create(
        A, AgentDraft.named(name).withBlocks(List.of()).withTags(tags), USER);
  }

  private List<String> tags(Optional<String> text, Optional<String> after) {
    return memory.agents.tags(A, new TagQuery(text, Optional.empty(), after, true, 10));
  }

  private static LastRun ran(int minute) {
    return new LastRun(
        Optional.of(Instant.parse("2026-11-22T10:00:00Z").plusSeconds(60L * minute)),
        OptionalLong.of(minute),
        Optional.of(minute % 2 == 0 ? "end_turn" : "error"));
  }

  private static AgentQuery page(AgentQuery.Order order, Optional<String> after, int limit) {
    return new AgentQuery(
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        order,
        true,
        Optional.empty(),
        after,
        limit);
  }

  private static AgentQuery any(Random random, List<Agent> all) {
    Agent one = all.get(random.nextInt(all.size()));
    Agent from = all.get(random.nextInt(all.size()));
    Agent to = all.get(random.nextInt(all.size()));
    return new AgentQuery(
        Optional.of(one.name()).filter(_ -> random.nextInt(4) == 0),
        TAGS.stream().filter(_ -> random.nextInt(5) == 0).toList(),
        random.nextBoolean(),
        Optional.of(random.nextBoolean() ? "AD" : "x_").filter(_ -> random.nextInt(4) == 0),
        Optional.of(random.nextBoolean() ? "tool-b" : "tool-a").filter(_ -> random.nextInt(4) == 0),
        Optional.of("end_turn").filter(_ -> random.nextInt(5) == 0),
        List.of(AgentQuery.Order.values()).get(random.nextInt(3)),
        random.nextBoolean(),
        Optional.of(to.id()).filter(_ -> random.nextInt(3) == 0),
        Optional.of(from.id()).filter(_ -> random.nextInt(3) == 0),
        1 + random.nextInt(20));
  }

  private static boolean fits(Agent agent, AgentQuery query) {
    return query.name().stream().allMatch(agent.name()::equals)
        && (query.tags().isEmpty()
            || (query.allTags()
                ? agent.tags().containsAll(query.tags())
                : agent.tags().stream().anyMatch(query.tags()::contains)))
        && query.text().stream()
            .allMatch(text ->
                agent.name().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
        && query.toolId().stream().allMatch(agent.settings().toolIds()::contains)
        && query.lastStopReason().stream()
            .allMatch(reason -> agent.lastRun().stopReason().equals(Optional.of(reason)));
  }

  private static List<Agent> byHand(List<Agent> all, AgentQuery query) {
    Comparator<Agent> order =
        Comparator.<Agent, String>comparing(agent -> key(agent, query.order()))
            .thenComparing(Agent::id);
    List<Agent> found =
        all.stream()
            .filter(agent -> fits(agent, query))
            .filter(agent ->
                query.before().stream().allMatch(id -> order.compare(agent, get(all, id)) < 0))
            .filter(agent ->
                query.after().stream().allMatch(id -> order.compare(agent, get(all, id)) > 0))
            .sorted(query.ascending() ? order : order.reversed())
            .toList();
    return found.stream().limit(query.limit()).toList();
  }

  private static String key(Agent agent, AgentQuery.Order order) {
    return switch (order) {
      case CREATED_AT -> Timestamps.text(agent.createdAt());
      case UPDATED_AT -> Timestamps.text(agent.updatedAt());
      case LAST_RUN_COMPLETION -> agent.lastRun().completedAt().map(Timestamps::text).orElse("");
    };
  }

  private static Agent get(List<Agent> all, String id) {
    return all.stream().filter(agent -> agent.id().equals(id)).findFirst().orElseThrow();
  }
}
