package dev.mneme.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.bridge.ToolAsk;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * The tools scripts may call: those of the library, for an agent's script the ones the agent has.
 * Connected late, because the library needs the sandbox that the scripts run in.
 */
final class ScriptTools implements ToolAsk.Tools {
  private final AtomicReference<ToolService> library = new AtomicReference<>();
  private final AtomicReference<BiConsumer<Caller, String>> rules = new AtomicReference<>();

  void connect(ToolService service) {
    library.set(service);
  }

  /**
   * @param check throws where an agent may not call a tool as it likes
   */
  void forAgents(BiConsumer<Caller, String> check) {
    rules.set(check);
  }

  @Override
  public ToolOutcome call(Caller caller, String name, ObjectNode arguments) {
    ToolService service = library.get();
    BiConsumer<Caller, String> check = rules.get();
    if (service == null || (caller.agentId().isPresent() && check == null)) {
      throw MnemeException.unavailable("tools_not_ready", "The server is still starting.");
    }
    if (check != null && caller.agentId().isPresent()) {
      check.accept(caller, name);
    }
    return service.call(caller, name, arguments, ToolListener.NONE);
  }
}
