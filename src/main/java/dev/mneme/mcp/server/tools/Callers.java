package dev.mneme.mcp.server.tools;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.NamedAgents;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;

/** Whose memory a call is about, and how its changes stand in the journal. Thread-safe. */
final class Callers {
  static final Input AGENT =
      Input.text("agent", "Whose memory: an agent's name or id. Leave out for the default agent.")
          .optional();
  static final Input RUN =
      Input.text(
              "run",
              "A name of your own for a group of changes, so that memory_undo can take them back"
                  + " together. Leave out: this session.")
          .optional();

  private final AgentService agents;
  private final NamedAgents named;

  Callers(AgentService agents, NamedAgents named) {
    this.agents = agents;
    this.named = named;
  }

  /**
   * The agent named, else the session's, else the default one; the latter two are made when new.
   */
  Agent agent(CallContext context, Arguments arguments) {
    return arguments
        .optional("agent")
        .map(name -> agents.get(context.owner(), name))
        .orElseGet(() -> implied(context, arguments));
  }

  private Agent implied(CallContext context, Arguments arguments) {
    Change change = change(context, arguments);
    return context
        .agent()
        .map(name ->
            agents
                .find(context.owner(), name)
                .orElseGet(
                    () -> named.createUnique(context.owner(), AgentDraft.named(name), change)))
        .orElseGet(() -> named.defaultAgent(context.owner(), change));
  }

  /** A change a model made through a tool. */
  static Change change(CallContext context, Arguments arguments) {
    return alone(context)
        .fromSource("mcp:" + printable(context.client().name()))
        .inRun(arguments.optional("run").orElse(context.session()));
  }

  /** An undo or a redaction: it belongs to no run or source that could be taken back by name. */
  static Change alone(CallContext context) {
    return Change.by(printable(context.client().name()), Origin.MODEL)
        .inToolCall(printable(context.callId()));
  }

  /** A change whose content came from somewhere else than the conversation. */
  static Change external(CallContext context, Arguments arguments, String source) {
    String client = printable(context.client().name());
    return Change.by(client, Origin.EXTERNAL)
        .fromSource(source)
        .inRun(arguments.optional("run").orElse(context.session()))
        .inToolCall(printable(context.callId()));
  }

  /** Clients choose these texts, and journals refuse what cannot be stored. */
  private static String printable(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "").strip();
    return clean.isEmpty() ? "client" : clean;
  }
}
