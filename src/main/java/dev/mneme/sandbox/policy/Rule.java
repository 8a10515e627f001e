package dev.mneme.sandbox.policy;

import dev.mneme.tool.MemoryUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One table of the policy file; what is absent says nothing.
 *
 * @param where the table, for people
 * @param sandbox {@code docker}: nothing less will do
 * @param network hosts granted
 * @param secrets names granted
 * @param memory what is granted of it, or the most there may be
 * @param approval whether a person has to agree to each call
 */
record Rule(
    String where,
    Optional<Boolean> allow,
    Optional<String> sandbox,
    Optional<Duration> timeout,
    Optional<Duration> cpu,
    Optional<Integer> output,
    Optional<Integer> result,
    List<String> network,
    List<String> secrets,
    Optional<MemoryUse> memory,
    Optional<Boolean> tools,
    Optional<Boolean> packages,
    Optional<Boolean> approval) {
  Rule {
    network = List.copyOf(network);
    secrets = List.copyOf(secrets);
  }

  boolean grants() {
    return !network.isEmpty()
        || !secrets.isEmpty()
        || memory.filter(use -> use != MemoryUse.NONE).isPresent();
  }

  Rule withoutGrants() {
    return new Rule(
        where,
        allow,
        sandbox,
        timeout,
        cpu,
        output,
        result,
        List.of(),
        List.of(),
        Optional.of(MemoryUse.NONE),
        tools,
        packages,
        approval);
  }
}
