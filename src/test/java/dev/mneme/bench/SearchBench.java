package dev.mneme.bench;

import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageIndex;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.PassageQuery.TagMatch;
import dev.mneme.model.Embedder;
import dev.mneme.model.LocalEmbedder;
import dev.mneme.search.HybridIndex;
import dev.mneme.search.IndexStatus;
import dev.mneme.search.SearchSettings;
import dev.mneme.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Times search over many generated passages: {@code SearchBench [FOLDER [PASSAGES]]}. Prints one
 * JSON object on stdout and adds rows to the table of results. The folder keeps the generated store
 * for the next run.
 */
final class SearchBench {
  private static final int QUERIES = 400;
  private static final int INGEST = 512;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private SearchBench() {}

  public static void main(String[] args) throws IOException {
    Path data = Path.of(args.length > 0 ? args[0] : "target/bench-search");
    int passages = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    Files.createDirectories(data);
    GeneratedPassages generated = new GeneratedPassages(passages, 42);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("passages", (double) passages);
    figures.put("heapMb", (double) (Runtime.getRuntime().maxMemory() >> 20));
    try (Database database = Database.open(data.resolve("mneme.db"), 4)) {
      generated.fill(database);
      firstAnswers(data, passages, figures);
      rebuild(database, data, generated, figures);
      search(database, data, generated, figures);
      writes(database, data, generated, figures);
    }
    ingest(Files.createTempDirectory(data, "ingest"), data, generated, figures);
    System.out.println(Json.write(figures));
    SearchRows.write(figures);
  }

  private static HybridIndex index(Database database, Path data, Embedder embedder) {
    return new HybridIndex(
        database, data.resolve("index"), Optional.of(embedder), SearchSettings.DEFAULT);
  }

  /** From a deleted index folder to the first answer, without and with a model. */
  private static void firstAnswers(Path data, int passages, Map<String, Double> figures)
      throws IOException {
    delete(data.resolve("first"));
    FirstAnswer.Timed words = FirstAnswer.inFreshJvm(data, passages, "words");
    figure(figures, "firstTextSearchMs", words.millis());
    figures.put("firstTextHits", (double) words.hits());
    delete(data.resolve("first"));
    FirstAnswer.Timed meaning = FirstAnswer.inFreshJvm(data, passages, "meaning");
    figure(figures, "firstHybridAnswerMs", meaning.millis());
    figures.put("firstHybridHits", (double) meaning.hits());
    figures.put("firstHybridByMeaning", (double) meaning.byMeaning());
    delete(data.resolve("first"));
  }

  /** From a deleted index folder to the whole index. */
  private static void rebuild(
      Database database, Path data, GeneratedPassages generated, Map<String, Double> figures)
      throws IOException {
    delete(data.resolve("index"));
    try (GeneratedVectors embedder = new GeneratedVectors(generated);
        HybridIndex index = index(database, data, embedder)) {
      long cpu = cpuMillis();
      long start = System.nanoTime();
      index.start();
      boolean settled = index.awaitSettled(PATIENCE);
      figure(figures, "rebuildMs", millis(start));
      figures.put("rebuildCpuMs", (double) (cpuMillis() - cpu));
      IndexStatus status = index.status();
      figures.put("settled", settled ? 1.0 : 0.0);
      figures.put("vectors", (double) status.vectors());
      figures.put("embeddedAgain", (double) embedder.embedded());
      start = System.nanoTime();
      index.search(Owner.DEFAULT, query(generated.query(18)));
      figure(figures, "firstHybridSearchMs", millis(start));
    }
  }

  private static void search(
      Database database, Path data, GeneratedPassages generated, Map<String, Double> figures) {
    try (GeneratedVectors embedder = new GeneratedVectors(generated);
        HybridIndex index = index(database, data, embedder)) {
      long start = System.nanoTime();
      index.start();
      index.awaitSettled(PATIENCE);
      figure(figures, "warmStartMs", millis(start));
      timeSearches(index, generated, 0);
      long cpu = cpuMillis();
      percentiles(figures, "hybrid", timeSearches(index, generated, QUERIES));
      figure(figures, "hybridCpuMs", (cpuMillis() - cpu) / (double) QUERIES);
    }
    try (HybridIndex index =
        new HybridIndex(
            database, data.resolve("words"), Optional.empty(), SearchSettings.DEFAULT)) {
      index.awaitSettled(PATIENCE);
      timeSearches(index, generated, 0);
      percentiles(figures, "wordsOnly", timeSearches(index, generated, QUERIES));
    }
    try (LocalEmbedder model = new LocalEmbedder(2, data.resolve("cache"))) {
      double[] times = new double[QUERIES];
      for (int i = 0; i < QUERIES; i++) {
        long start = System.nanoTime();
        model.embed(List.of(generated.query(i)));
        times[i] = millis(start);
      }
      percentiles(figures, "queryEmbedding", times);
    }
  }

  private static double[] timeSearches(
      PassageIndex index, GeneratedPassages generated, int firstQuery) {
    double[] times = new double[QUERIES];
    for (int i = 0; i < QUERIES; i++) {
      PassageQuery query = query(generated.query(firstQuery + i));
      long start = System.nanoTime();
      index.search(Owner.DEFAULT, query);
      times[i] = millis(start);
    }
    return times;
  }

  /** One passage after another, into the full index: row, then searchable. */
  private static void writes(
      Database database, Path data, GeneratedPassages generated, Map<String, Double> figures) {
    try (GeneratedVectors embedder = new GeneratedVectors(generated);
        HybridIndex index = index(database, data, embedder)) {
      index.awaitSettled(PATIENCE);
      double[] times = new double[QUERIES];
      long cpu = cpuMillis();
      for (int i = 0; i < QUERIES; i++) {
        String id = generated.writeOne(database, i);
        long start = System.nanoTime();
        index.refresh(List.of(id), 0);
        times[i] = millis(start);
      }
      percentiles(figures, "refresh", times);
      index.awaitSettled(PATIENCE);
      figure(figures, "writeCpuMs", (cpuMillis() - cpu) / (double) QUERIES);
      generated.removeAdded(database);
    }
  }

  /** Passages a second with the real model, as a share of what the model alone can do. */
  private static void ingest(
      Path folder, Path data, GeneratedPassages generated, Map<String, Double> figures)
      throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < INGEST; i++) {
      texts.add(generated.text(i));
    }
    try (LocalEmbedder model = new LocalEmbedder(2, data.resolve("cache"));
        Database database = Database.open(folder.resolve("mneme.db"), 4);
        HybridIndex index = index(database, folder, model)) {
      model.embed(texts.subList(0, 64));
      double[] ratios = new double[3];
      double alone = 0;
      for (int round = 0; round < ratios.length; round++) {
        int offset = round * INGEST;
        List<String> fresh = texts.stream().map(t -> t + " " + offset).toList();
        long start = System.nanoTime();
        for (int i = 0; i < INGEST; i += 32) {
          model.embed(fresh.subList(i, i + 32));
        }
        alone = millis(start);
        start = System.nanoTime();
        for (int i = 0; i < INGEST; i += 64) {
          List<String> ids = generated.writeTexts(database, fresh.subList(i, i + 64));
          index.refresh(ids, 0);
        }
        index.awaitSettled(PATIENCE);
        ratios[round] = alone / millis(start);
      }
      Arrays.sort(ratios);
      figure(figures, "modelAloneMsPerText", alone / INGEST);
      figure(figures, "ingestRatio", ratios[1]);
    }
    delete(folder);
  }

  private static PassageQuery query(String text) {
    return new PassageQuery(
        text, Set.of(), Set.of(), TagMatch.ANY, Optional.empty(), Optional.empty(), 10);
  }

  private static void percentiles(Map<String, Double> figures, String name, double[] times) {
    Arrays.sort(times);
    figure(figures, name + "P50Ms", times[times.length / 2]);
    figure(figures, name + "P95Ms", times[times.length * 95 / 100]);
  }

  private static void figure(Map<String, Double> figures, String name, double value) {
    figures.put(name, Math.round(value * 100) / 100.0);
  }

  /** On a busy machine this says more than the clock. */
  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /** Deletes a folder with all in it, where it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    AtomicBoolean all = new AtomicBoolean(true);
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(f -> all.compareAndSet(true, f.toFile().delete()));
    }
    if (!all.get()) {
      throw new IOException("could not delete " + folder);
    }
  }
}
