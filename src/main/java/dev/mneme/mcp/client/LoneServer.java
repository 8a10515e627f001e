package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.net.NetPolicy;
import dev.mneme.tool.ToolListener;
import java.util.List;

/** One server that is used for itself, without a hub: nothing is kept of it. Thread-safe. */
public final class LoneServer implements AutoCloseable {
  private final ServerSpec spec;
  private final Upstream upstream;
  private volatile List<ObjectNode> tools = List.of();

  public LoneServer(
      ServerSpec spec,
      Transports transports,
      NetPolicy policy,
      Doors doors,
      String version,
      Patience patience) {
    this.spec = spec;
    this.upstream =
        new Upstream(
            spec,
            () -> transports.open(spec, "lone", policy, doors),
            version,
            patience,
            System::nanoTime,
            EraMemory.NONE,
            this::listed);
  }

  /** Its tools, as it describes them, but for those that cannot be offered. */
  public List<ObjectNode> tools() throws CallFailed {
    upstream.refresh();
    return tools;
  }

  /** What a tool answered, as it stands on the wire. */
  public ObjectNode call(String tool, ObjectNode arguments, ToolListener listener)
      throws CallFailed {
    return upstream.call(
        tool, arguments, spec.limits().call(), new CallHearing(spec.name(), listener));
  }

  private void listed(List<ObjectNode> sent) {
    tools = sent.stream().filter(tool -> Definition.problem(tool).isEmpty()).toList();
  }

  @Override
  public void close() {
    upstream.close();
  }
}
