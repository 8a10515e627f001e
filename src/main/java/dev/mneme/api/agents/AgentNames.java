package dev.mneme.api.agents;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names for agents whose maker gave none. Thread-safe when its generator is. */
final class AgentNames {
  private static final List<String> FIRST =
      List.of(
          "Amber", "Brisk", "Calm", "Dapper", "Eager", "Fond", "Gentle", "Hazel", "Ivory", "Jolly",
          "Keen", "Lively", "Mellow", "Nimble", "Olive", "Proud", "Quiet", "Russet", "Silver",
          "Tidy", "Upbeat", "Vivid", "Warm", "Young");
  private static final List<String> SECOND =
      List.of(
          "Badger", "Crane", "Dolphin", "Egret", "Falcon", "Gecko", "Heron", "Ibex", "Jackdaw",
          "Kestrel", "Lark", "Marten", "Newt", "Otter", "Puffin", "Quail", "Raven", "Swift", "Tern",
          "Urchin", "Vole", "Wren", "Yak", "Zebra");

  private final RandomGenerator random;

  AgentNames(RandomGenerator random) {
    this.random = random;
  }

  String next() {
    return FIRST.get(random.nextInt(FIRST.size())) + SECOND.get(random.nextInt(SECOND.size()));
  }
}
