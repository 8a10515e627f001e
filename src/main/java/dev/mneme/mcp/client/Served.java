package dev.mneme.mcp.client;

import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.tool.ToolHints;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One server with what is known of its tools; each state of that is an immutable whole.
 *
 * @param owner whose it is; others see it where it is shared
 * @param origin the row it came from; absent for one of the file
 * @param spec absent where it cannot be used at all
 * @param upstream absent where it is not to be started
 * @param parked why it is not
 */
record Served(
    String id,
    Owner owner,
    String name,
    Optional<StoredServer> origin,
    Optional<ServerSpec> spec,
    Optional<Upstream> upstream,
    String parked,
    Map<String, UpstreamTool> tools) {

  boolean isFor(Owner asking) {
    return owner.equals(asking) || spec.map(ServerSpec::shared).orElse(false);
  }

  ServerStatus status() {
    return upstream.map(Upstream::status).orElseGet(() -> ServerStatus.parked(parked));
  }

  Served with(List<Pin> pins) {
    return new Served(
        id,
        owner,
        name,
        origin,
        spec,
        upstream,
        parked,
        spec.map(use -> tools(use, pins)).orElse(Map.of()));
  }

  private Map<String, UpstreamTool> tools(ServerSpec use, Collection<Pin> pins) {
    return pins.stream()
        .filter(Pin::present)
        .filter(pin -> !use.hiddenTools().contains(pin.tool()))
        .map(pin -> tool(use, pin))
        .collect(
            Collectors.toMap(
                UpstreamTool::name, Function.identity(), (first, _) -> first, LinkedHashMap::new));
  }

  /** Where changes block, the model reads what was approved and nothing else. */
  private UpstreamTool tool(ServerSpec use, Pin pin) {
    boolean blocked = use.blockChanges() && pin.changed();
    Definition shown = use.blockChanges() ? pin.pinned() : pin.seen();
    return new UpstreamTool(
        id,
        name,
        ToolNames.of(name, pin.tool()),
        pin.tool(),
        shown,
        use.trusted() ? shown.hints() : ToolHints.ANYTHING,
        blocked);
  }
}
