package dev.mneme.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.bridge.ToolAsk;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * The tools scripts may call: those of the library that only read, for an agent's script the ones
 * the agent has. Connected late, because the library needs the sandbox that the scripts run in.
 */
final class ScriptTools implements ToolAsk.Tools {
  /** What there is to call. */
  private record Library(ToolService service, ToolRegistry registry) {}

  private final AtomicReference<Library> library = new AtomicReference<>();
  private final AtomicReference<McpServers> servers = new AtomicReference<>();
  private final AtomicReference<BiConsumer<Caller, String>> rules = new AtomicReference<>();

  void connect(ToolService service, ToolRegistry registry) {
    library.set(new Library(service, registry));
  }

  /** Those of other servers may be called too. */
  void connect(McpServers others) {
    servers.set(others);
  }

  /**
   * @param check throws where an agent may not call a tool as it likes
   */
  void forAgents(BiConsumer<Caller, String> check) {
    rules.set(check);
  }

  @Override
  public ToolOutcome call(Caller caller, String name, ObjectNode arguments) {
    Library known = library.get();
    BiConsumer<Caller, String> check = rules.get();
    if (known == null || check == null) {
      throw MnemeException.unavailable("tools_not_ready", "Scripts cannot call tools here yet.");
    }
    if (caller.agentId().isPresent()) {
      check.accept(caller, name);
    } else {
      requireReadOnly(known, name);
    }
    McpServers others = servers.get();
    if (others != null && others.has(caller.owner(), name)) {
      if (caller.agentId().isEmpty() && !others.onlyReads(name)) {
        throw needsApproval(name);
      }
      return others.call(caller, name, arguments, ToolListener.NONE);
    }
    return known.service().call(caller, name, arguments, ToolListener.NONE);
  }

  /** A client may let scripts run without asking anybody, as it may tools that only read. */
  private static void requireReadOnly(Library library, String name) {
    boolean acts =
        library
            .registry()
            .catalog()
            .find(name)
            .filter(tool -> !tool.identity().readOnly())
            .isPresent();
    if (acts) {
      throw needsApproval(name);
    }
  }

  private static MnemeException needsApproval(String name) {
    return MnemeException.denied(
        "approval_required",
        "ApprovalRequired: " + name + " may change something; call it by itself, not in a script.");
  }
}
