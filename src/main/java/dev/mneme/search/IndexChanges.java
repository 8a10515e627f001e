package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the open index reflects of the rows of one kind, and how changed rows get into it. Confined
 * to the index thread.
 */
final class IndexChanges {
  private static final String SEQUENCE = "-sequence";
  private static final String VECTORS = "-vectors";
  private static final String MODEL = "-model";
  private static final int PAGE = 500;

  private final Rows rows;
  private final DocumentWriter documents;
  private final String model;
  private final VectorWork vectorWork;

  /** Applied since the last commit. */
  private final Map<String, Long> applied = new HashMap<>();

  private long reflected = -1;
  private long vectorsReflected = -1;

  /**
   * @param model the name of the model; empty: no vectors
   */
  IndexChanges(Rows rows, DocumentWriter documents, String model, VectorWork vectorWork) {
    this.rows = rows;
    this.documents = documents;
    this.model = model;
    this.vectorWork = vectorWork;
  }

  /** Begins with what the last commit says; returns the sequence it reflects, or below 0. */
  long begin(IndexFolder open) throws IOException {
    applied.clear();
    reflected = number(open, SEQUENCE);
    boolean sameModel = model.equals(open.committed().get(key(MODEL)));
    vectorsReflected = sameModel ? number(open, VECTORS) : -1;
    Kind kind = rows.kind();
    if (reflected < 0) {
      // The last building of this kind did not come to its end.
      open.writer().deleteDocuments(kind.words(), kind.silent(), kind.vectors());
    } else if (lacksVectors()) {
      open.writer().deleteDocuments(kind.vectors());
    }
    return reflected;
  }

  /** Whether the vectors of all rows have yet to be put into the index. */
  boolean lacksVectors() {
    return !model.isEmpty() && vectorsReflected < 0;
  }

  /** The index was built up to a sequence; asks for the vectors that are missing. */
  void built(IndexBuild.Built built) {
    reflected = Math.max(reflected, built.sequence());
    if (!model.isEmpty() && !lacksVectors()) {
      vectorWork.lacking(built.missing());
      if (vectorsReflected < reflected) {
        vectorWork.walk(vectorsReflected);
      }
    }
  }

  /** Stored vectors were put into the index; asks for those that are missing. */
  void filled(IndexFolder open, VectorFill.Filled filled) throws IOException {
    apply(open, filled.outdated());
    vectorWork.lacking(filled.missing());
    if (filled.walkAfter() < Long.MAX_VALUE) {
      vectorWork.walk(filled.walkAfter());
    }
  }

  /** Makes the index agree with the rows of these ids, seen by searches that begin from now on. */
  void apply(IndexFolder open, Collection<String> ids) throws IOException {
    DocumentWriter.Applied result = documents.apply(open.writer(), ids);
    open.changed();
    applied.putAll(result.sequences());
    vectorWork.lacking(result.missing());
  }

  /**
   * Applies what was written after all that is reflected, seen by searches that begin from now on;
   * for rows that are written once, in the order of their sequences.
   *
   * @return the sequence that is reflected now
   */
  long readOn(IndexFolder open) throws IOException {
    List<SearchRow> missing = new ArrayList<>();
    for (List<SearchRow> page = rows.after(Rows.Cursor.after(reflected), PAGE);
        !page.isEmpty();
        page = rows.after(Rows.Cursor.at(page.getLast()), PAGE)) {
      missing.addAll(documents.update(open.writer(), page));
      reflected = page.getLast().sequence();
    }
    open.changed();
    vectorWork.lacking(missing);
    return reflected;
  }

  /** Takes vectors in, seen by searches that begin from now on. */
  void addVectors(IndexFolder open, List<SearchRow> read, Map<VectorRows.Key, float[]> made)
      throws IOException {
    documents.addVectors(open.writer(), read, made);
    open.changed();
  }

  /**
   * Finds changes whose refresh has not come yet, so that what is committed as reflected is
   * complete: refreshes arrive in any order, and the process may die between a write and its own.
   *
   * @param filling whether stored vectors are still on their way into the index
   */
  void catchUp(IndexFolder open, boolean filling) throws IOException {
    Map<String, Long> changed = rows.changedAfter(reflected);
    List<String> late =
        changed.entrySet().stream()
            .filter(e -> !e.getValue().equals(applied.get(e.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    if (!late.isEmpty()) {
      apply(open, late);
    }
    reflected = changed.values().stream().mapToLong(s -> s).reduce(reflected, Math::max);
    applied.clear();
    if (!filling && vectorWork.settled()) {
      vectorsReflected = reflected;
    }
  }

  /** What a commit has to say for {@link #begin}. */
  Map<String, String> data() {
    return Map.of(
        key(SEQUENCE),
        Long.toString(reflected),
        key(VECTORS),
        Long.toString(vectorsReflected),
        key(MODEL),
        model);
  }

  private long number(IndexFolder open, String what) {
    return Long.parseLong(open.committed().getOrDefault(key(what), "-1"));
  }

  private String key(String what) {
    return rows.kind().text() + what;
  }
}
