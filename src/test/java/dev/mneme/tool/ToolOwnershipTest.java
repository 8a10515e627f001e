package dev.mneme.tool;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.OwnershipContract;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ToolOwnershipTest extends OwnershipContract {
  @TempDir Path folder;
  private TestingTools world;
  private StoredTool tool;

  @BeforeEach
  void open() {
    world = new TestingTools(folder, new FakeSchemaReader());
    addOwnerB(world.database);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Override
  protected Database database() {
    return world.database;
  }

  @Override
  protected void fill() {
    tool = world.tools.create(A, ToolDraft.of("def roll(a): pass"));
  }

  @Override
  protected Map<String, Function<Owner, ? extends Collection<?>>> listings() {
    return Map.of(
        "custom tools",
        owner ->
            world.tools.list(owner, ToolFilter.newest(100)).stream()
                .filter(one -> one.name().equals("roll"))
                .toList(),
        "search",
        owner -> world.tools.search(owner, "roll", Set.of(), 5),
        "by name",
        owner -> world.tools.findByName(owner, "roll").stream().toList(),
        "by id",
        owner -> world.tools.find(owner, tool.id()).stream().toList(),
        "of ids",
        owner -> world.tools.ofIds(owner, List.of(tool.id())));
  }

  @Override
  protected Map<String, Consumer<Owner>> calls() {
    Map<String, Consumer<Owner>> calls = new LinkedHashMap<>();
    calls.put("get", owner -> world.tools.get(owner, tool.id()));
    calls.put("resolve", owner -> world.tools.resolve(owner, List.of(), List.of(tool.id())));
    calls.put(
        "update",
        owner ->
            world.tools.update(
                owner, tool.id(), ToolUpdate.of(ToolDraft.of("def roll(a): return 2"))));
    calls.put("delete", owner -> world.tools.delete(owner, tool.id()));
    return calls;
  }
}
