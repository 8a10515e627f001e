package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.AgentService;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.BlockUpdate;
import dev.mneme.memory.FoundPassage;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import dev.mneme.store.Database;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code memory.…}: blocks and passages of the agent that calls, and of no other. What is written
 * says which tool wrote it, and comes from outside where the code can reach other hosts.
 */
public final class MemoryAsk {
  private static final int MAX_HITS = 100;

  private final Database database;
  private final AgentService agents;
  private final BlockService blocks;
  private final ArchiveService archives;

  public MemoryAsk(
      Database database, AgentService agents, BlockService blocks, ArchiveService archives) {
    this.database = database;
    this.agents = agents;
    this.blocks = blocks;
    this.archives = archives;
  }

  /** The operations by name. */
  public Map<String, Operation> operations() {
    return Map.of(
        "memory.read", this::read,
        "memory.write", this::write,
        "memory.search", this::search,
        "memory.insert", this::insert);
  }

  private JsonNode read(ToolCall call, JsonNode payload) {
    String agent = agent(call, MemoryUse.READ);
    Optional<String> label = new Payload(payload).optional("label");
    List<Block> found =
        label.isPresent()
            ? List.of(blocks.byLabel(call.owner(), agent, label.get()))
            : blocks.ofAgent(call.owner(), agent);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("blocks");
    for (Block block : found) {
      list.addObject()
          .put("label", block.label())
          .put("value", block.value())
          .put("description", block.description())
          .put("limit", block.limit())
          .put("read_only", block.readOnly());
    }
    return answer;
  }

  private JsonNode write(ToolCall call, JsonNode payload) {
    String agent = agent(call, MemoryUse.WRITE);
    Payload given = new Payload(payload);
    Block block = blocks.byLabel(call.owner(), agent, given.text("label"));
    if (block.readOnly()) {
      throw MnemeException.denied(
          "read_only_block", "The block '" + block.label() + "' is read-only.");
    }
    Block written =
        blocks.update(
            call.owner(),
            block.id(),
            BlockUpdate.none().withValue(given.text("value")),
            change(call, agent));
    return JsonNodeFactory.instance
        .objectNode()
        .put("label", written.label())
        .put("value", written.value());
  }

  private JsonNode search(ToolCall call, JsonNode payload) {
    String agent = agent(call, MemoryUse.READ);
    Payload given = new Payload(payload);
    Set<String> held =
        archives.ofAgent(call.owner(), agent).stream().map(Archive::id).collect(Collectors.toSet());
    PassageQuery query =
        new PassageQuery(
            given.text("query"),
            held,
            Set.copyOf(given.texts("tags")),
            PassageQuery.TagMatch.ANY,
            Optional.empty(),
            Optional.empty(),
            (int) Math.clamp(given.number("limit").orElse(10.0), 1.0, MAX_HITS));
    // Without an archive the query would mean those of all agents.
    List<FoundPassage> found = held.isEmpty() ? List.of() : archives.search(call.owner(), query);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("passages");
    for (FoundPassage hit : found) {
      Passage passage = hit.passage();
      ObjectNode shown =
          list.addObject()
              .put("id", passage.id())
              .put("text", passage.text())
              .put("created_at", Timestamps.text(passage.createdAt()))
              .put("score", hit.hit().score());
      passage.tags().forEach(shown.putArray("tags")::add);
    }
    return answer;
  }

  private JsonNode insert(ToolCall call, JsonNode payload) {
    String agent = agent(call, MemoryUse.WRITE);
    Payload given = new Payload(payload);
    PassageDraft draft =
        new PassageDraft(given.text("text"), given.texts("tags"), Map.of(), Optional.empty());
    Passage passage =
        database
            .scope(call.owner())
            .write(tx -> agents.remember(tx, agent, draft, change(call, agent)));
    return JsonNodeFactory.instance.objectNode().put("id", passage.id());
  }

  private static String agent(ToolCall call, MemoryUse needed) {
    if (call.grants().memory().compareTo(needed) < 0) {
      throw MnemeException.denied(
          "memory_not_granted",
          "This code may not "
              + needed.text()
              + " memory: the tool's header has to ask for it and the operator's policy to allow"
              + " it.");
    }
    return call.caller()
        .agentId()
        .orElseThrow(() ->
            MnemeException.denied(
                "no_agent", "No agent calls, so there is no memory to work with."));
  }

  private static Change change(ToolCall call, String agent) {
    Change change =
        Change.by(agent, call.grants().hosts().isEmpty() ? Origin.TOOL : Origin.EXTERNAL)
            .fromSource("tool:" + call.tool().name());
    return call.caller().runId().map(change::inRun).orElse(change);
  }
}
