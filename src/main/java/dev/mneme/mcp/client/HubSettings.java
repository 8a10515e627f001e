package dev.mneme.mcp.client;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the operator set.
 *
 * @param file {@code servers.json}; it need not exist
 * @param variables values for what stands in it
 * @param secrets values that may stand in headers and variables of programs alone
 * @param hosts that servers that came over the API may be at, although they are private
 * @param stdioOverApi whether programs that came over the API start without an approval
 * @param version of this program, as servers are told
 */
public record HubSettings(
    Path file,
    Function<String, Optional<String>> variables,
    Function<String, Optional<String>> secrets,
    Set<String> hosts,
    boolean stdioOverApi,
    String version,
    Patience patience) {
  public HubSettings {
    hosts = Set.copyOf(hosts);
  }
}
