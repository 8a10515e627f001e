package dev.mneme.tool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a tool file says of itself in its PEP 723 block. It can ask; the operator decides.
 *
 * @param requiresPython a version specifier, such as {@code >=3.11}
 * @param sandbox the back end it wants
 * @param timeout may shorten the operator's limit, never lengthen it
 * @param network host names it asks for
 * @param secrets names of secrets it asks for
 * @param memory what it asks to do with the memory of the agent that calls
 * @param files whether a call may bring files
 * @param hints its own account of what it does
 */
record ToolHeader(
    Optional<String> requiresPython,
    List<String> dependencies,
    Optional<String> sandbox,
    Optional<Duration> timeout,
    List<String> network,
    List<String> secrets,
    MemoryUse memory,
    Optional<String> title,
    boolean files,
    ToolHints hints) {
  static final ToolHeader NONE =
      new ToolHeader(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          MemoryUse.NONE,
          Optional.empty(),
          false,
          ToolHints.PURE);

  ToolHeader {
    dependencies = List.copyOf(dependencies);
    network = List.copyOf(network);
    secrets = List.copyOf(secrets);
  }

  ToolAsks asks() {
    return new ToolAsks(sandbox, timeout, network, secrets, memory, dependencies);
  }
}
