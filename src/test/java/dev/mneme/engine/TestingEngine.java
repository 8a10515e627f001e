package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.TestingMemory;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.builtin.WebTools;
import dev.mneme.engine.web.WebPages;
import dev.mneme.engine.web.WebSearch;
import dev.mneme.memory.BlockDraft;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.MessageQuery;
import dev.mneme.message.Messages;
import dev.mneme.model.ModelSettings;
import dev.mneme.model.Models;
import dev.mneme.model.RetrySettings;
import dev.mneme.model.scripted.ScriptedProvider;
import dev.mneme.net.NetPolicy;
import dev.mneme.run.Run;
import dev.mneme.run.RunEnding;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunSettings;
import dev.mneme.run.Runs;
import dev.mneme.run.TestingRuns;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import dev.mneme.tool.ToolCatalog;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** An engine with real memory, messages, runs and scripted models. */
final class TestingEngine implements AutoCloseable {
  static final Owner A = Owner.DEFAULT;

  final TestingMemory memory;
  final Messages messages = new Messages();
  final Runs runs;

  /** Tools with code that models are shown. */
  static final int MAX_LISTED = 20;

  final AgentEngine engine;
  final Map<String, Function<ObjectNode, ToolOutcome>> code = new ConcurrentHashMap<>();
  private final Path models;
  final StoredTools tools;
  final AgentStarter starter;

  /** Tools whose code is the test's own, by agent. */
  private final Map<String, List<StoredTool>> own = new ConcurrentHashMap<>();

  private final Ids ids = new Ids(new Random(System.nanoTime()), Clock.systemUTC());

  TestingEngine(Path folder) {
    this.models = folder.resolve("models");
    try {
      Files.createDirectories(models);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    memory = new TestingMemory(folder);
    runs = new Runs(memory.database, ids, Clock.systemUTC(), RunSettings.DEFAULT, RunEnding.NONE);
    RetrySettings retries =
        new RetrySettings(2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1));
    tools =
        new StoredTools(
            memory.database,
            (_, _) -> {
              throw new IllegalStateException("no sandbox here");
            },
            ToolLimits.DEFAULT,
            new NoLibrary(),
            new dev.mneme.tool.BuiltIns(),
            dev.mneme.tool.OutsideTools.NONE,
            (_, _) -> {},
            ids,
            Clock.systemUTC());
    StoredProfiles stored = new StoredProfiles(memory.agents, tools);
    EngineParts parts =
        new EngineParts(
            memory.database,
            messages,
            runs,
            new Models(
                List.of(new ScriptedProvider(models)),
                new ModelSettings(Optional.empty(), List.of(), retries),
                new Random(1)),
            (reads, id) -> stored.find(reads, id).map(this::withOwn),
            memory.blocks,
            memory.archives,
            (_, tool, arguments, _, _) -> run(tool.name(), arguments),
            ids,
            Clock.systemUTC(),
            MAX_LISTED);
    Couriers couriers = new Couriers(memory.agents, runs);
    BuiltIns builtIns =
        BuiltIns.of(
            memory.blocks,
            memory.agents,
            memory.archives,
            new PlainSearch(memory.database, messages),
            couriers,
            () -> {
              throw new IllegalStateException("no sandbox here");
            },
            new WebTools(WebSearch.NONE, new WebPages(NetPolicy.PUBLIC_ONLY)),
            Clock.systemUTC());
    Staleness staleness = new Staleness();
    memory.journal.addListener(staleness);
    engine = new AgentEngine(parts, builtIns, staleness);
    couriers.connect(engine);
    starter = new AgentStarter(parts, memory.journal, memory.agents, tools);
  }

  private AgentProfile withOwn(AgentProfile profile) {
    List<StoredTool> all = new ArrayList<>(profile.tools());
    all.addAll(own.getOrDefault(profile.agent().id(), List.of()));
    return new AgentProfile(profile.agent(), profile.settings(), all);
  }

  /** A tool library with nothing in it. */
  private static final class NoLibrary implements ToolRegistry {
    @Override
    public ToolCatalog catalog() {
      return ToolCatalog.EMPTY;
    }

    @Override
    public AutoCloseable onChange(Consumer<ToolCatalog> listener) {
      return () -> {};
    }
  }

  private ToolOutcome run(String name, ObjectNode arguments) {
    Function<ObjectNode, ToolOutcome> function = code.get(name);
    if (function == null) {
      throw MnemeException.notFound("unknown_tool", "There is no code of that tool.");
    }
    return function.apply(arguments);
  }

  void script(String name, String yaml) {
    try {
      Files.writeString(models.resolve(name + ".yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An agent of this type on the scripted model of this name. */
  Agent agent(String type, String script, List<ToolRule> rules, String... tools) {
    return agent(type, script, rules, settings -> settings, tools);
  }

  Agent agent(
      String type,
      String script,
      List<ToolRule> rules,
      Function<AgentSettings, AgentSettings> more,
      String... names) {
    List<String> builtIn = new ArrayList<>();
    List<StoredTool> code = new ArrayList<>();
    for (String name : names) {
      this.tools
          .findByName(A, name)
          .ifPresentOrElse(tool -> builtIn.add(tool.id()), () -> code.add(tool(name)));
    }
    AgentSettings settings =
        new AgentSettings(
            type,
            "You are a test.",
            Optional.of("scripted/" + script),
            Optional.empty(),
            Json.mapper().createObjectNode(),
            OptionalInt.empty(),
            builtIn,
            rules,
            false,
            Optional.empty(),
            Json.mapper().createObjectNode(),
            "UTC",
            Map.of());
    Agent agent =
        memory.agents.create(
            A,
            AgentDraft.named("agent " + ids.next("agent").substring(6, 14))
                .withBlocks(List.of(BlockDraft.of("human", "Name unknown.", "Who they are.")))
                .withSettings(more.apply(settings)),
            TestingMemory.USER);
    own.put(agent.id(), code);
    return agent;
  }

  StoredTool tool(String name) {
    ObjectNode schema = Json.mapper().createObjectNode().put("name", name);
    ObjectNode parameters = schema.putObject("parameters").put("type", "object");
    parameters.putObject("properties").putObject("x").put("type", "string");
    return new StoredTool(
        ids.next("tool"),
        name,
        "custom",
        "A tool.",
        Optional.empty(),
        Optional.empty(),
        schema,
        List.of(),
        50_000,
        List.of(),
        false,
        name.startsWith("parallel_"),
        Map.of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  SendRequest request(Agent agent, String text, int maxSteps) {
    return new SendRequest(
        Conversation.of(agent.id()),
        List.of(Incoming.fromUser(text)),
        List.of(),
        maxSteps,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Json.mapper().createObjectNode());
  }

  /** Answers what waits for consent. */
  Told answer(Agent agent, ConsentReply... replies) {
    return told(
        engine.send(
            A,
            new SendRequest(
                Conversation.of(agent.id()),
                List.of(),
                List.of(replies),
                SendRequest.MAX_STEPS,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Json.mapper().createObjectNode())));
  }

  Told say(Agent agent, String text) {
    return say(agent, text, SendRequest.MAX_STEPS);
  }

  Told say(Agent agent, String text, int maxSteps) {
    return told(engine.send(A, request(agent, text, maxSteps)));
  }

  Told told(Run run) {
    try {
      return new Told(TestingRuns.all(runs.follow(A, run.id(), 0)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Message> context(Agent agent) {
    return memory
        .database
        .scope(A)
        .read(reads -> messages.context(reads, Conversation.of(agent.id())));
  }

  /** All messages there ever were, oldest first. */
  List<Message> stored(Agent agent) {
    MessageQuery query =
        new MessageQuery(
            Optional.of(agent.id()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            1_000);
    return memory.database.scope(A).read(reads -> messages.list(reads, query));
  }

  /** What a run told. */
  record Told(List<RunEvent> events) {
    RunEvent.Ended ended() {
      return (RunEvent.Ended) events.getLast();
    }

    List<Message> said() {
      return events.stream()
          .filter(e -> e instanceof RunEvent.Said)
          .map(e -> ((RunEvent.Said) e).message())
          .toList();
    }

    /** The texts of assistant messages. */
    List<String> texts() {
      return said().stream().map(Message::text).filter(text -> !text.isEmpty()).toList();
    }

    /** The texts tools returned. */
    List<String> returns() {
      return said().stream().flatMap(m -> m.toolReturns().stream()).map(r -> r.text()).toList();
    }
  }

  @Override
  public void close() {
    runs.close();
    memory.close();
  }
}
