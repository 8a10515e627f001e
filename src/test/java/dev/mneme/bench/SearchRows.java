package dev.mneme.bench;

import dev.mneme.common.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Adds what was measured of search to the table of results named by BENCH_ROWS. */
final class SearchRows {
  private SearchRows() {}

  static void write(Map<String, Double> figures) throws IOException {
    String notes =
        String.format(
            Locale.ROOT,
            "%.0f passages, heap %.0f MB",
            figures.get("passages"),
            figures.get("heapMb"));
    pair(figures, "hybrid search, p50 / p95 (ms), query embedding apart", "hybrid", 10, 30, notes);
    row(
        "query embedding, p50 / p95 (ms)",
        figures.get("queryEmbeddingP50Ms") + " / " + figures.get("queryEmbeddingP95Ms"),
        "shown",
        true,
        "all-MiniLM-L6-v2 (quantized) in the process");
    row(
        "index folder deleted: first text search (ms)",
        figures.get("firstTextSearchMs").toString(),
        "at once",
        figures.get("firstTextHits") > 0,
        notes + "; fresh JVM, read from the rows");
    row(
        "index folder deleted: first hybrid answer (ms)",
        figures.get("firstHybridAnswerMs").toString(),
        "≤ 5000, nothing embedded",
        figures.get("firstHybridAnswerMs") <= 5000
            && figures.get("firstHybridByMeaning") > 0
            && figures.get("embeddedAgain") <= 2,
        notes + "; fresh JVM, words and stored vectors read from the rows");
    row(
        "index folder deleted: index complete (ms)",
        figures.get("rebuildMs").toString(),
        "shown",
        figures.get("settled") > 0,
        notes
            + "; searches read the rows until then; "
            + figures.get("rebuildCpuMs")
            + " ms of processor time");
    row(
        "ingest, share of the embedding model alone",
        figures.get("ingestRatio").toString(),
        "≥ 0.8",
        figures.get("ingestRatio") >= 0.8,
        figures.get("modelAloneMsPerText") + " ms a text alone");
  }

  private static void pair(
      Map<String, Double> figures, String what, String name, double p50, double p95, String notes)
      throws IOException {
    double median = figures.get(name + "P50Ms");
    double high = figures.get(name + "P95Ms");
    row(what, median + " / " + high, "≤ " + p50 + " / " + p95, median <= p50 && high <= p95, notes);
  }

  private static void row(
      String what, String measured, String mustReach, boolean reached, String notes)
      throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("what", what);
    line.put("measured", measured);
    line.put("mustReach", mustReach);
    line.put("reached", reached);
    line.put("notes", notes);
    String rows = System.getenv("BENCH_ROWS");
    if (rows != null) {
      Files.writeString(
          Path.of(rows),
          Json.write(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    System.out.println((reached ? "reached  " : "MISSED   ") + what + ": " + measured);
  }
}
