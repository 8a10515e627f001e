package dev.mneme.tool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a tool's header asks for. Asking gives nothing: the operator's policy decides.
 *
 * @param sandbox the back end it wants, {@code graalpy} or {@code docker}
 * @param timeout may shorten the operator's limit
 * @param network hosts: {@code name}, {@code name:port} or {@code *.name}
 * @param secrets names
 * @param packages what it imports, such as {@code six>=1.16}: PEP 508, from a local folder only
 */
public record ToolAsks(
    Optional<String> sandbox,
    Optional<Duration> timeout,
    List<String> network,
    List<String> secrets,
    MemoryUse memory,
    List<String> packages) {
  public static final ToolAsks NOTHING =
      new ToolAsks(Optional.empty(), Optional.empty(), List.of(), List.of(), MemoryUse.NONE);

  public ToolAsks {
    network = List.copyOf(network);
    secrets = List.copyOf(secrets);
    packages = List.copyOf(packages);
  }

  /** Asks that have nothing to do with packages. */
  public ToolAsks(
      Optional<String> sandbox,
      Optional<Duration> timeout,
      List<String> network,
      List<String> secrets,
      MemoryUse memory) {
    this(sandbox, timeout, network, secrets, memory, List.of());
  }

  /** The same, and these packages besides. */
  ToolAsks with(List<String> more) {
    List<String> all = Stream.concat(packages.stream(), more.stream()).distinct().toList();
    return new ToolAsks(sandbox, timeout, network, secrets, memory, all);
  }

  /** What the header of a source asks for; a header with mistakes asks for what is right of it. */
  public static ToolAsks of(String source) {
    return new HeaderReader()
        .read("source.py", source, Optional.empty(), new java.util.ArrayList<>())
        .asks();
  }
}
