package dev.mneme.tool;

import dev.mneme.common.Ids;
import dev.mneme.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Stored tools on a database of their own. */
final class TestingTools implements AutoCloseable {
  final Database database;
  final StoredTools tools;
  final List<String> removed = new CopyOnWriteArrayList<>();

  TestingTools(Path folder, SchemaReader reader) {
    database = Database.open(folder.resolve("mneme.db"), 2);
    ToolCatalog library =
        ToolCatalog.of(
            1, List.of(new ToolFile("calc.py", ToolFile.State.READY, calc(), List.of())));
    tools =
        new StoredTools(
            database,
            reader,
            ToolLimits.DEFAULT,
            fixed(library),
            new BuiltIns(),
            OutsideTools.NONE,
            (_, id) -> removed.add(id),
            new Ids(new Random(System.nanoTime()), Clock.systemUTC()),
            Clock.systemUTC());
  }

  private static java.util.Optional<LibraryTool> calc() {
    String source =
        "def calc(text):\n"
            + "    \"\"\"Calculates.\n\n"
            + "    Args:\n"
            + "        text: it\n"
            + "    \"\"\"\n"
            + "    return text\n";
    ToolSchema schema = FakeSchemaReader.schema("calc");
    return new ToolAssembler(ToolLimits.DEFAULT)
        .assemble("calc.py", source, new SchemaReading.Found(schema))
        .tool();
  }

  private static ToolRegistry fixed(ToolCatalog catalog) {
    return new ToolRegistry() {
      @Override
      public ToolCatalog catalog() {
        return catalog;
      }

      @Override
      public AutoCloseable onChange(Consumer<ToolCatalog> listener) {
        return () -> {};
      }
    };
  }

  @Override
  public void close() {
    database.close();
  }
}
