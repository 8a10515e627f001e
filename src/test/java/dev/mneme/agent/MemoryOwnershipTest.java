package dev.mneme.agent;

import static dev.mneme.agent.TestingMemory.USER;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.memory.Archive;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockDraft;
import dev.mneme.memory.BlockQuery;
import dev.mneme.memory.BlockUpdate;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassagePage;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.PassageUpdate;
import dev.mneme.secret.SecretBox;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.store.OwnershipContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Agents, blocks, archives and passages belong to their owner alone. */
class MemoryOwnershipTest extends OwnershipContract {
  @TempDir Path folder;
  private TestingMemory memory;
  private Agent agent;
  private Block block;
  private Archive archive;
  private Passage passage;
  private AgentSecrets secrets;

  @BeforeEach
  void open() {
    memory = new TestingMemory(folder);
    addOwnerB(memory.database);
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Override
  protected Database database() {
    return memory.database;
  }

  @Override
  protected void fill() {
    agent =
        memory.agents.create(
            A,
            AgentDraft.named("muse")
                .withTags(List.of("a tag"))
                .withSettings(AgentSettings.DEFAULT.withTools(List.of("tool-x"))),
            USER);
    secrets = secrets();
    secrets.replace(A, agent.id(), Map.of("KEY", new SecretText("value")));
    block =
        memory.blocks.createFor(
            A, agent.id(), BlockDraft.of("notes", "seven", "what was said"), USER);
    archive = memory.agents.defaultArchive(A, agent.id(), USER);
    passage =
        memory.archives.insert(A, archive.id(), PassageDraft.of("the seven seas", "sea"), USER);
    // An index that finds too much must not matter either.
    memory.index.hits.add(new PassageHit(passage.id(), 1, 1, 0, "has the word"));
  }

  @Override
  protected Map<String, Function<Owner, ? extends Collection<?>>> listings() {
    Map<String, Function<Owner, ? extends Collection<?>>> all = new LinkedHashMap<>();
    all.put("agents", owner -> memory.agents.list(owner));
    all.put("a page of agents", owner -> memory.agents.list(owner, AgentQuery.newest(10)));
    all.put(
        "agents of a tool",
        owner -> memory.agents.list(owner, AgentQuery.ofTool("tool-x", Optional.empty())));
    all.put(
        "tags",
        owner ->
            memory.agents.tags(
                owner,
                new TagQuery(Optional.empty(), Optional.empty(), Optional.empty(), true, 9)));
    all.put("secrets", owner -> secrets.list(owner, agent.id()));
    all.put("agent by name", owner -> memory.agents.find(owner, "muse").stream().toList());
    all.put("agent by id", owner -> memory.agents.find(owner, agent.id()).stream().toList());
    all.put("blocks", owner -> memory.blocks.list(owner, BlockQuery.first(100)));
    all.put("block", owner -> memory.blocks.find(owner, block.id()).stream().toList());
    all.put("archives", owner -> memory.archives.list(owner));
    all.put("archive", owner -> memory.archives.find(owner, archive.id()).stream().toList());
    all.put("passage", owner -> memory.archives.findPassage(owner, passage.id()).stream().toList());
    all.put("search", owner -> memory.archives.search(owner, query(Set.of())));
    return all;
  }

  private AgentSecrets secrets() {
    return new AgentSecrets(
        memory.database,
        SecretBox.open(folder.resolve("secret.key"), Optional.empty(), new SecureRandom()),
        new Ids(new Random(7), Clock.systemUTC()));
  }

  private static PassageQuery query(Set<String> archives) {
    return new PassageQuery(
        "seven",
        archives,
        Set.of(),
        PassageQuery.TagMatch.ANY,
        Optional.empty(),
        Optional.empty(),
        10);
  }

  @Override
  protected Map<String, Consumer<Owner>> calls() {
    Map<String, Consumer<Owner>> all = new LinkedHashMap<>();
    all.put("get agent", owner -> memory.agents.get(owner, agent.id()));
    all.put("get block", owner -> memory.blocks.get(owner, block.id()));
    all.put("get block by label", owner -> memory.blocks.byLabel(owner, agent.id(), "notes"));
    all.put("get archive", owner -> memory.archives.get(owner, archive.id()));
    all.put("get passage", owner -> memory.archives.getPassage(owner, passage.id()));
    all.put(
        "list passages",
        owner -> memory.archives.listPassages(owner, archive.id(), PassagePage.first(10)));
    all.put(
        "update agent",
        owner -> memory.agents.update(owner, agent.id(), AgentUpdate.name("other"), USER));
    all.put(
        "update settings",
        owner ->
            memory.agents.updateSettings(
                owner, agent.id(), settings -> settings.withModel("scripted/one"), USER));
    all.put(
        "replace secrets",
        owner -> secrets.replace(owner, agent.id(), Map.of("KEY", new SecretText("other"))));
    all.put(
        "update block",
        owner -> memory.blocks.update(owner, block.id(), BlockUpdate.none().withValue("x"), USER));
    all.put(
        "insert passage",
        owner -> memory.archives.insert(owner, archive.id(), PassageDraft.of("x"), USER));
    all.put(
        "update passage",
        owner -> memory.archives.updatePassage(owner, passage.id(), PassageUpdate.text("x"), USER));
    all.put(
        "detach block", owner -> memory.agents.detachBlock(owner, agent.id(), block.id(), USER));
    all.put(
        "attach block", owner -> memory.agents.attachBlock(owner, agent.id(), block.id(), USER));
    all.put(
        "detach archive",
        owner -> memory.agents.detachArchive(owner, agent.id(), archive.id(), USER));
    all.put(
        "attach archive",
        owner -> memory.agents.attachArchive(owner, agent.id(), archive.id(), USER));
    all.put("delete passage", owner -> memory.archives.deletePassage(owner, passage.id(), USER));
    all.put("delete archive", owner -> memory.archives.delete(owner, archive.id(), USER));
    all.put("delete block", owner -> memory.blocks.delete(owner, block.id(), USER));
    all.put("delete agent", owner -> memory.agents.delete(owner, agent.id(), USER));
    return all;
  }
}
