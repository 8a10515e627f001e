package dev.mneme.engine;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.NamedAgents;
import dev.mneme.agent.Starting;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.prompt.AgentType;
import dev.mneme.engine.prompt.BasePrompts;
import dev.mneme.engine.prompt.SystemPrompt;
import dev.mneme.memory.Block;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.Unit;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.store.Tx;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes agents that can talk, and begins their conversations anew. Thread-safe. */
public final class AgentStarter implements NamedAgents {
  private final EngineParts parts;
  private final Journal journal;
  private final AgentService agents;
  private final StoredTools tools;
  private final Prompts prompts;
  private final Greeting greeting;

  public AgentStarter(EngineParts parts, Journal journal, AgentService agents, StoredTools tools) {
    this.parts = parts;
    this.journal = journal;
    this.agents = agents;
    this.tools = tools;
    this.prompts = new Prompts(parts);
    this.greeting = new Greeting(parts.ids());
  }

  /**
   * A new agent.
   *
   * @param draft its settings' tool ids are attached besides those named
   * @param tools names of tools
   * @param baseTools whether it gets those of its type
   * @param toolsToAgents whether it can write to other agents
   * @param baseRules whether it gets the rules of its built-in tools; absent: by type and model
   * @param beginning what its conversation begins with instead of the usual; absent: the usual
   */
  public record Wish(
      AgentDraft draft,
      List<String> tools,
      boolean baseTools,
      boolean toolsToAgents,
      Optional<Boolean> baseRules,
      Optional<List<Incoming>> beginning) {
    public Wish {
      tools = List.copyOf(tools);
      beginning = beginning.map(List::copyOf);
    }

    /** With all that agents of its type have. */
    public static Wish of(AgentDraft draft) {
      return new Wish(draft, List.of(), true, false, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A new agent with what it has and what its conversation begins with.
   *
   * @param messageIds of the messages in context
   */
  public record Made(
      Agent agent, List<Block> blocks, List<StoredTool> tools, List<String> messageIds) {
    public Made {
      blocks = List.copyOf(blocks);
      tools = List.copyOf(tools);
      messageIds = List.copyOf(messageIds);
    }
  }

  /**
   * @throws MnemeException {@code unknown_agent_type}, {@code unknown_tool}, {@code system_needed}
   *     for types without instructions of their own, and what the draft is refused for
   */
  public Made create(Owner owner, Wish wish, Change change) {
    AgentDraft draft = complete(owner, wish);
    return journal.write(owner, change, (tx, unit) -> make(tx, unit, draft, wish.beginning()));
  }

  @Override
  public Agent createUnique(Owner owner, AgentDraft draft, Change change) {
    AgentDraft whole = complete(owner, Wish.of(draft));
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          agents.requireFree(tx, whole.name());
          return make(tx, unit, whole, Optional.empty()).agent();
        });
  }

  @Override
  public Agent defaultAgent(Owner owner, Change change) {
    Optional<Agent> present = agents.findDefault(owner);
    if (present.isPresent()) {
      return present.get();
    }
    AgentDraft whole = complete(owner, Wish.of(AgentDraft.named(Starting.AGENT_NAME)));
    return agents.defaultAgent(
        owner, change, (tx, unit, _) -> make(tx, unit, whole, Optional.empty()).agent());
  }

  private AgentDraft complete(Owner owner, Wish wish) {
    return wish.draft().withSettings(settings(owner, wish));
  }

  private Made make(Tx tx, Unit unit, AgentDraft draft, Optional<List<Incoming>> beginning) {
    Agent agent = agents.create(tx, unit, draft);
    // What was just made need not be read again.
    List<StoredTool> has = tools.ofIds(tx, agent.settings().toolIds());
    AgentProfile profile = new AgentProfile(agent, agent.settings(), has);
    Conversation conversation = Conversation.of(agent.id());
    List<Block> blocks =
        draft.blocks().isEmpty() && draft.blockIds().isEmpty()
            ? List.of()
            : parts.blocks().ofAgent(tx, agent.id());
    Message system =
        prompts.newborn(
            parts.ids().next("message"), profile, conversation, prompt(blocks, profile));
    List<Message> messages = first(tx, profile, system, beginning);
    parts.messages().extendContext(tx, conversation, messages);
    return new Made(agent, blocks, has, ids(messages));
  }

  /**
   * Empties a conversation's context and begins it anew; the messages stay stored.
   *
   * @param greets whether it begins with what its type begins with
   * @throws MnemeException {@code conversation_busy} while a run works in it
   */
  public void reset(Owner owner, Conversation conversation, boolean greets) {
    parts
        .runs()
        .active(owner, conversation)
        .ifPresent(run -> {
          throw MnemeException.conflict(
                  "conversation_busy",
                  "The agent is busy with run " + run.id() + "; wait for its end, or cancel it.")
              .withDetails(Map.of("run_id", run.id()));
        });
    parts
        .database()
        .scope(owner)
        .update(tx -> begin(tx, conversation, greets ? Optional.empty() : Optional.of(List.of())));
  }

  /** How many messages are in context. */
  public int inContext(Owner owner, Conversation conversation) {
    return parts
        .database()
        .scope(owner)
        .read(reads -> parts.messages().contextIds(reads, conversation).size());
  }

  /** Compiles a conversation's prompt with a new note; keeps it unless it is only to be seen. */
  public String recompile(Owner owner, Conversation conversation, boolean keep) {
    return parts.database().scope(owner).write(tx -> recompiled(tx, conversation, keep));
  }

  private String recompiled(Tx tx, Conversation conversation, boolean keep) {
    AgentProfile profile = AgentEngine.require(tx, parts, conversation.agentId());
    List<String> context = parts.messages().contextIds(tx, conversation);
    SystemPrompt prompt = prompt(parts.blocks().ofAgent(tx, profile.agent().id()), profile);
    if (context.isEmpty()) {
      return prompts.first(tx, parts.ids().next("message"), profile, conversation, prompt).text();
    }
    Message system = parts.messages().find(tx, context.getFirst()).orElseThrow();
    Message now = prompts.compiled(tx, profile, system, context.size(), prompt);
    if (keep) {
      parts.messages().rewrite(tx, now);
    }
    return now.text();
  }

  private void begin(Tx tx, Conversation conversation, Optional<List<Incoming>> beginning) {
    AgentProfile profile = AgentEngine.require(tx, parts, conversation.agentId());
    List<Block> blocks = parts.blocks().ofAgent(tx, profile.agent().id());
    Message system =
        prompts.first(
            tx, parts.ids().next("message"), profile, conversation, prompt(blocks, profile));
    parts.messages().replaceContext(tx, conversation, ids(first(tx, profile, system, beginning)));
  }

  /** Stores a conversation's first messages. */
  private List<Message> first(
      Tx tx, AgentProfile profile, Message system, Optional<List<Incoming>> beginning) {
    List<Message> messages = new ArrayList<>();
    messages.add(system);
    messages.addAll(
        beginning.isPresent()
            ? greeting.given(system.conversation(), beginning.get(), parts.clock().instant())
            : greeting.usual(profile, system.conversation(), parts.clock().instant()));
    return parts.messages().add(tx, messages);
  }

  private static List<String> ids(List<Message> messages) {
    return messages.stream().map(Message::id).toList();
  }

  private static SystemPrompt prompt(List<Block> blocks, AgentProfile profile) {
    boolean anthropic =
        profile.settings().model().filter(handle -> handle.startsWith("anthropic/")).isPresent();
    return Prompts.compile(blocks, profile, Optional.empty(), anthropic);
  }

  private AgentSettings settings(Owner owner, Wish wish) {
    AgentSettings asked = wish.draft().settings();
    AgentType type = AgentType.of(asked.type());
    if (asked.system().isBlank() && BasePrompts.of(type).isEmpty()) {
      throw MnemeException.invalid(
          "system_needed", "Agents of type " + type.text() + " need a system text; give one.");
    }
    List<String> names =
        new ArrayList<>(AgentDefaults.tools(type, wish.baseTools(), wish.toolsToAgents()));
    wish.tools().stream().filter(name -> !names.contains(name)).forEach(names::add);
    List<StoredTool> attached = tools.resolve(owner, names, asked.toolIds());
    AgentSettings settings = asked.withTools(attached.stream().map(StoredTool::id).toList());
    if (asked.system().isBlank()) {
      settings = settings.withSystem(BasePrompts.of(type).orElse(""));
    }
    return settings.withRules(rules(wish, type, attached));
  }

  private static List<ToolRule> rules(Wish wish, AgentType type, List<StoredTool> attached) {
    AgentSettings asked = wish.draft().settings();
    List<ToolRule> rules = new ArrayList<>(asked.toolRules());
    Set<String> ruled = rules.stream().map(ToolRule::toolName).collect(Collectors.toSet());
    if (wish.baseRules().orElseGet(() -> AgentDefaults.rulesByDefault(type, asked.model()))) {
      Set<String> builtIn =
          attached.stream()
              .filter(tool -> tool.type().startsWith("letta_"))
              .map(StoredTool::name)
              .collect(Collectors.toSet());
      AgentDefaults.rules(attached.stream().map(StoredTool::name).toList(), builtIn).stream()
          .filter(rule -> !ruled.contains(rule.toolName()))
          .forEach(rules::add);
    }
    attached.stream()
        .filter(StoredTool::requiresApproval)
        .map(tool -> new ToolRule.RequiresApproval(tool.name()))
        .filter(rule -> !rules.contains(rule))
        .forEach(rules::add);
    return rules;
  }
}
