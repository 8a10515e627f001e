package dev.mneme.api.agents;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentSecret;
import dev.mneme.agent.AgentSecrets;
import dev.mneme.agent.AgentService;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Reply;
import dev.mneme.api.memory.WireBlock;
import dev.mneme.api.memory.WireEmbedding;
import dev.mneme.api.messages.WireMessages;
import dev.mneme.api.tools.ToolTexts;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.AgentEngine;
import dev.mneme.engine.AgentStarter;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Messages;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.Models;
import dev.mneme.store.Database;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what an agent is shown with. Thread-safe. */
public final class AgentViews {
  private static final int GUESSED_WINDOW = 32_000;
  private static final int GUESSED_OUTPUT = 4_096;

  private final Database database;
  private final AgentService agents;
  private final AgentSecrets secrets;
  private final BlockService blocks;
  private final StoredTools tools;
  private final Messages messages;
  private final Models models;
  private final Optional<WireEmbedding> embedding;
  private final ToolTexts toolTexts = new ToolTexts();

  public AgentViews(
      Database database,
      AgentService agents,
      AgentSecrets secrets,
      BlockService blocks,
      StoredTools tools,
      Messages messages,
      Models models,
      Optional<WireEmbedding> embedding) {
    this.database = database;
    this.agents = agents;
    this.secrets = secrets;
    this.blocks = blocks;
    this.tools = tools;
    this.messages = messages;
    this.models = models;
    this.embedding = embedding;
  }

  public WireAgent view(Owner owner, String agentId) {
    return views(owner, List.of(agents.get(owner, agentId))).getFirst();
  }

  /** An agent that was just made, without secrets: what its maker knows is not read again. */
  public WireAgent view(Owner owner, AgentStarter.Made made) {
    Agent agent = made.agent();
    return WireAgent.of(
        owner,
        agent,
        parts(
            owner,
            made.blocks(),
            made.tools(),
            List.of(),
            made.messageIds(),
            Optional.empty(),
            model(handle(agent))));
  }

  /** The agent of the request, as it is now. */
  public Reply reply(Call call) {
    return Reply.of(view(call.owner(), AgentIds.of(call)));
  }

  /** As {@link #reply}, but nothing for the newer SDKs, which expect that. */
  public Reply replyToOlder(Call call) {
    return call.older() ? reply(call) : Reply.nothing();
  }

  /** All of them read in one transaction, so that a page is of one moment and costs one wait. */
  public List<WireAgent> views(Owner owner, List<Agent> some) {
    Map<String, Optional<ModelInfo>> known = new HashMap<>();
    some.forEach(agent -> known.computeIfAbsent(handle(agent), this::model));
    Map<String, StoredTool> held = tools(owner, some);
    return database
        .scope(owner)
        .read(reads ->
            some.stream()
                .map(agent ->
                    WireAgent.of(
                        owner,
                        agent,
                        parts(
                            owner,
                            blocks.ofAgent(reads, agent.id()),
                            agent.settings().toolIds().stream()
                                .flatMap(id -> Optional.ofNullable(held.get(id)).stream())
                                .toList(),
                            secrets.list(reads, agent.id()),
                            messages.contextIds(reads, Conversation.of(agent.id())),
                            AgentEngine.pending(messages, reads, Conversation.of(agent.id())),
                            known.getOrDefault(handle(agent), Optional.empty()))))
                .toList());
  }

  private WireAgent.Parts parts(
      Owner owner,
      List<Block> memory,
      List<StoredTool> held,
      List<AgentSecret> known,
      List<String> messageIds,
      Optional<Message> pending,
      Optional<ModelInfo> model) {
    return new WireAgent.Parts(
        WireBlock.all(owner, memory),
        held.stream().map(tool -> toolTexts.of(owner, tool)).toList(),
        known.stream().map(WireSecret::of).toList(),
        messageIds,
        pending.flatMap(message -> WireMessages.request(message)),
        model,
        embedding);
  }

  private Map<String, StoredTool> tools(Owner owner, List<Agent> some) {
    List<String> ids =
        some.stream().flatMap(agent -> agent.settings().toolIds().stream()).distinct().toList();
    Map<String, StoredTool> held = new HashMap<>();
    tools.ofIds(owner, ids).forEach(tool -> held.put(tool.id(), tool));
    return held;
  }

  private static String handle(Agent agent) {
    return agent.settings().model().orElse("");
  }

  /** The agent's model, or as much as its handle says where its provider is gone. */
  private Optional<ModelInfo> model(String handle) {
    try {
      return handle.isEmpty() ? models.byDefault() : Optional.of(models.info(handle));
    } catch (MnemeException e) {
      return handle.isEmpty() ? Optional.empty() : Optional.of(guessed(handle));
    }
  }

  private static ModelInfo guessed(String handle) {
    int slash = handle.indexOf('/');
    String provider = slash < 0 ? "unknown" : handle.substring(0, slash);
    return new ModelInfo(
        handle,
        handle.substring(slash + 1),
        provider,
        provider,
        Optional.empty(),
        GUESSED_WINDOW,
        GUESSED_OUTPUT,
        true,
        false,
        false);
  }
}
