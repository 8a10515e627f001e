package dev.mneme.tool;

import dev.mneme.secret.SecretText;
import java.util.List;
import java.util.Map;

/**
 * What one call may have, once policy has decided.
 *
 * @param container whether only a container will do
 * @param hosts patterns of hosts it may reach: {@code name}, {@code name:port} or {@code *.name}
 * @param secrets by name
 * @param packages what has to be there to import; a container has them, or the call is refused
 * @param tools whether it may call the caller's tools
 */
public record Grants(
    boolean container,
    List<String> hosts,
    Map<String, SecretText> secrets,
    MemoryUse memory,
    List<String> packages,
    boolean tools,
    Budget budget) {
  public Grants {
    hosts = List.copyOf(hosts);
    secrets = Map.copyOf(secrets);
    packages = List.copyOf(packages);
  }

  /** Without packages. */
  public Grants(
      boolean container,
      List<String> hosts,
      Map<String, SecretText> secrets,
      MemoryUse memory,
      boolean tools,
      Budget budget) {
    this(container, hosts, secrets, memory, List.of(), tools, budget);
  }

  /** Nothing at all. */
  public static Grants none() {
    return new Grants(false, List.of(), Map.of(), MemoryUse.NONE, false, new Budget(0, 0));
  }
}
