package dev.mneme.bench;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.PassageQuery.TagMatch;
import dev.mneme.model.Embedder;
import dev.mneme.search.HybridIndex;
import dev.mneme.search.SearchSettings;
import dev.mneme.store.Database;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first search of a fresh JVM over a full store whose index folder does not exist: {@code
 * FirstAnswer FOLDER PASSAGES words|meaning}. Prints the milliseconds from the start of the index,
 * the hits, and how many of them were found by meaning.
 */
final class FirstAnswer {
  /** What was measured. */
  record Timed(double millis, long hits, long byMeaning) {}

  private FirstAnswer() {}

  public static void main(String[] args) {
    Path data = Path.of(args[0]);
    GeneratedPassages generated = new GeneratedPassages(Integer.parseInt(args[1]), 42);
    Optional<Embedder> embedder =
        args[2].equals("meaning") ? Optional.of(new GeneratedVectors(generated)) : Optional.empty();
    try (Database database = Database.open(data.resolve("mneme.db"), 4);
        HybridIndex index =
            new HybridIndex(database, data.resolve("first"), embedder, SearchSettings.DEFAULT)) {
      PassageQuery query =
          new PassageQuery(
              generated.query(17),
              Set.of(),
              Set.of(),
              TagMatch.ANY,
              Optional.empty(),
              Optional.empty(),
              10);
      long start = System.nanoTime();
      index.start();
      List<PassageHit> hits = index.search(Owner.DEFAULT, query);
      double millis = (System.nanoTime() - start) / 1e6;
      System.out.println(
          millis + " " + hits.size() + " " + hits.stream().filter(h -> h.vector() > 0).count());
    }
  }

  /** Runs it in a JVM like this one. */
  static Timed inFreshJvm(Path data, int passages, String kind) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(FirstAnswer.class.getName(), data.toString(), Integer.toString(passages), kind));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String[] figures = line.strip().split(" ", -1);
    if (figures.length != 3) {
      throw new IOException("no figures: " + line);
    }
    return new Timed(
        Double.parseDouble(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
  }
}
