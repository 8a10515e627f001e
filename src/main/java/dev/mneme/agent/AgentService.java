package dev.mneme.agent;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.journal.Subject;
import dev.mneme.memory.journal.Unit;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Agents and what they hold. Every write is durable and journaled when the call returns; a deletion
 * keeps the journal, and its undo restores the agent with all that was attached. Thread-safe.
 */
public final class AgentService implements NamedAgents {
  /** How many of the agents of one name are listed where one was meant. */
  private static final int SHOWN = 10;

  private final Database database;
  private final Journal journal;
  private final BlockService blocks;
  private final ArchiveService archives;
  private final Ids ids;
  private final List<Belongings> belongings = new CopyOnWriteArrayList<>();

  public AgentService(
      Database database, Journal journal, BlockService blocks, ArchiveService archives, Ids ids) {
    this.database = database;
    this.journal = journal;
    this.blocks = blocks;
    this.archives = archives;
    this.ids = ids;
  }

  public Agent create(Owner owner, AgentDraft draft, Change change) {
    return journal.write(owner, change, (tx, unit) -> create(tx, unit, draft));
  }

  @Override
  public Agent createUnique(Owner owner, AgentDraft draft, Change change) {
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          requireFree(tx, draft.name());
          return create(tx, unit, draft);
        });
  }

  /**
   * Refuses a name that an agent has.
   *
   * @throws MnemeException {@code agent_name_in_use}
   */
  public void requireFree(Tx tx, String name) {
    List<Agent> present = AgentRows.byName(tx, name, 1);
    if (!present.isEmpty()) {
      throw MnemeException.conflict(
              "agent_name_in_use", "There is an agent '" + name + "' already; choose another name.")
          .withDetails(Map.of("agent_id", present.getFirst().id()));
    }
  }

  public Optional<Agent> find(Owner owner, String nameOrId) {
    return database.scope(owner).read(reads -> find(reads, nameOrId));
  }

  /** As {@link #find(Owner, String)}, within a transaction. */
  public Optional<Agent> findIn(Reads reads, String nameOrId) {
    return find(reads, nameOrId);
  }

  public Agent get(Owner owner, String nameOrId) {
    return find(owner, nameOrId).orElseThrow(() -> unknownAgent(nameOrId));
  }

  /** All agents in the order of their making. */
  public List<Agent> list(Owner owner) {
    return database.scope(owner).read(AgentRows::list);
  }

  @Override
  public Agent defaultAgent(Owner owner, Change change) {
    return defaultAgent(owner, change, this::create);
  }

  /** As above, made by somebody else when it is not there. */
  public Agent defaultAgent(Owner owner, Change change, Making making) {
    Optional<Agent> present = findDefault(owner);
    return present.isPresent()
        ? present.get()
        : journal.write(
            owner,
            change,
            (tx, unit) ->
                AgentRows.byName(tx, Starting.AGENT_NAME, 1).stream()
                    .findFirst()
                    .orElseGet(() -> making.make(tx, unit, AgentDraft.named(Starting.AGENT_NAME))));
  }

  /** The agent called "default"; absent before its first use. */
  public Optional<Agent> findDefault(Owner owner) {
    return database
        .scope(owner)
        .read(reads -> AgentRows.byName(reads, Starting.AGENT_NAME, 1))
        .stream()
        .findFirst();
  }

  /** How an agent is made as a part of a larger change. */
  @FunctionalInterface
  public interface Making {
    Agent make(Tx tx, Unit unit, AgentDraft draft);
  }

  /** A page of agents. */
  public List<Agent> list(Owner owner, AgentQuery query) {
    return database.scope(owner).read(reads -> AgentSearch.list(reads, query));
  }

  /** How many agents there are of a kind; its order and page do not matter. */
  public long count(Owner owner, AgentQuery query) {
    return database.scope(owner).read(reads -> AgentSearch.count(reads, query));
  }

  /** The tags of all agents. */
  public List<String> tags(Owner owner, TagQuery query) {
    return database.scope(owner).read(reads -> AgentSearch.tags(reads, query));
  }

  public Agent update(Owner owner, String agentId, AgentUpdate update, Change change) {
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          Agent old = require(tx, agentId);
          return replace(unit, old, old.with(update));
        });
  }

  /** Changes settings as they are at that moment, so that nothing written meanwhile is lost. */
  public Agent updateSettings(
      Owner owner, String agentId, UnaryOperator<AgentSettings> update, Change change) {
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          Agent old = require(tx, agentId);
          AgentSettings settings = update.apply(old.settings());
          return replace(unit, old, old.with(AgentUpdate.settings(settings)));
        });
  }

  /** A tool is gone: no agent has it any more. */
  public void detachTool(Tx tx, String toolId, Change change) {
    Unit unit = journal.unit(tx, change);
    Optional<String> last = Optional.empty();
    while (true) {
      List<Agent> some = AgentSearch.list(tx, AgentQuery.ofTool(toolId, last));
      if (some.isEmpty()) {
        return;
      }
      for (Agent agent : some) {
        List<String> rest =
            agent.settings().toolIds().stream().filter(id -> !id.equals(toolId)).toList();
        AgentSettings settings = agent.settings().withTools(rest);
        replace(unit, agent, agent.with(AgentUpdate.settings(settings)));
      }
      last = Optional.of(some.getLast().id());
    }
  }

  /** Notes how an agent ran last; no change of it, hence not journaled. */
  public void ran(Tx tx, String agentId, LastRun run) {
    LastRuns.put(tx, agentId, run);
  }

  /**
   * Deletes the agent, its messages and what else only it had, and detaches what it held; blocks
   * and archives stay. An undo brings the agent and its memory back, but not its messages.
   */
  public void delete(Owner owner, String agentId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          delete(tx, unit, agentId);
          return Boolean.TRUE;
        });
  }

  /** As above, within a transaction that removes what others keep for the agent. */
  public void delete(Tx tx, Unit unit, String agentId) {
    Agent agent = require(tx, agentId);
    blocks.detachAll(tx, unit, agent.id());
    unit.write(
        subject(agent.id()), "delete", Optional.of(AgentRows.state(agent)), Optional.empty());
    belongings.forEach(each -> each.remove(tx, agent.id()));
  }

  /** Removes more with every agent that is deleted from now on. */
  public void removeWith(Belongings more) {
    belongings.add(more);
  }

  public void attachBlock(Owner owner, String agentId, String blockId, Change change) {
    blocks.attach(owner, get(owner, agentId).id(), blockId, change);
  }

  public void detachBlock(Owner owner, String agentId, String blockId, Change change) {
    blocks.detach(owner, get(owner, agentId).id(), blockId, change);
  }

  public void attachArchive(Owner owner, String agentId, String archiveId, Change change) {
    archives.attach(owner, get(owner, agentId).id(), archiveId, change);
  }

  public void detachArchive(Owner owner, String agentId, String archiveId, Change change) {
    archives.detach(owner, get(owner, agentId).id(), archiveId, change);
  }

  /** The archive the agent's own passages go to, made at first use. */
  public Archive defaultArchive(Owner owner, String agentId, Change change) {
    Agent agent = get(owner, agentId);
    Optional<Archive> present = agent.archiveId().flatMap(id -> archives.find(owner, id));
    return present.isPresent()
        ? present.get()
        : journal.write(owner, change, (tx, unit) -> makeArchive(tx, unit, agent.id()));
  }

  /**
   * Puts a passage into the agent's own archive, made at first use, as a part of a larger change.
   */
  public Passage remember(Tx tx, String agentId, PassageDraft draft, Change change) {
    Unit unit = journal.unit(tx, change);
    return archives.insert(tx, unit, makeArchive(tx, unit, agentId).id(), draft);
  }

  /** The archives the agent searches. */
  public List<Archive> archives(Owner owner, String agentId) {
    return archives.ofAgent(owner, get(owner, agentId).id());
  }

  /** Makes an agent within a transaction that stores more for it. */
  public Agent create(Tx tx, Unit unit, AgentDraft draft) {
    Agent agent =
        new Agent(
            ids.next("agent"),
            draft.name(),
            draft.description(),
            draft.tags(),
            draft.metadata(),
            Optional.empty(),
            draft.settings(),
            LastRun.NEVER,
            unit.at(),
            unit.at(),
            0);
    Stamp stamp =
        unit.create(
            subject(agent.id()),
            "create",
            AgentRows.state(agent),
            List.of(agent.id()),
            made -> AgentRows.insert(tx, agent.at(made)));
    blocks.furnish(tx, unit, agent.id(), draft.blocks(), draft.blockIds());
    return agent.at(stamp);
  }

  private Archive makeArchive(Tx tx, Unit unit, String agentId) {
    Agent agent = require(tx, agentId);
    Optional<Archive> present = agent.archiveId().flatMap(id -> archives.find(tx, id));
    if (present.isPresent()) {
      return present.get();
    }
    Archive archive =
        archives.create(tx, unit, agent.name(), "What the agent put into its archival memory.");
    archives.attach(tx, unit, agent.id(), archive.id());
    put(unit, "default_archive", agent, agent.withArchive(archive.id()));
    return archive;
  }

  private static Agent put(Unit unit, String operation, Agent old, Agent now) {
    State state = AgentRows.state(now);
    long sequence =
        unit.write(
            subject(now.id()), operation, Optional.of(AgentRows.state(old)), Optional.of(state));
    return AgentRows.agent(now.id(), state, new Stamp(sequence, unit.at())).with(now.lastRun());
  }

  private static Agent replace(Unit unit, Agent old, Agent now) {
    return AgentRows.state(old).equals(AgentRows.state(now)) ? old : put(unit, "update", old, now);
  }

  private static Optional<Agent> find(Reads reads, String nameOrId) {
    return Ids.isId("agent", nameOrId)
        ? AgentRows.find(reads, nameOrId)
        : theOne(nameOrId, AgentRows.byName(reads, nameOrId, SHOWN));
  }

  private static Optional<Agent> theOne(String name, List<Agent> found) {
    if (found.size() > 1) {
      List<String> ids = found.stream().map(Agent::id).toList();
      throw MnemeException.conflict(
              "ambiguous_agent",
              "Several agents are called '" + name + "'; use an id: " + String.join(", ", ids))
          .withDetails(Map.of("agent_ids", ids));
    }
    return found.stream().findFirst();
  }

  private static Agent require(Tx tx, String nameOrId) {
    return find(tx, nameOrId).orElseThrow(() -> unknownAgent(nameOrId));
  }

  private static Subject subject(String agentId) {
    return new Subject(Agent.KIND, agentId, agentId);
  }

  static MnemeException unknownAgent(String nameOrId) {
    String shown =
        nameOrId.codePointCount(0, nameOrId.length()) <= 80 ? "'" + nameOrId + "'" : "that name";
    return MnemeException.notFound(
        "unknown_agent", "There is no agent " + shown + "; list the agents, or create it.");
  }
}
