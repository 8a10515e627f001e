package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.index.IndexWriter;

/**
 * Writes rows into the index as documents. Thread-safe as far as no id is written twice at once.
 */
final class DocumentWriter {
  private static final float[] NONE = {};

  private final Rows rows;
  private final Kind kind;
  private final Optional<VectorRows> vectors;
  private final String model;

  DocumentWriter(Rows rows, Optional<VectorRows> vectors, String model) {
    this.rows = rows;
    this.kind = rows.kind();
    this.vectors = vectors;
    this.model = model;
  }

  /**
   * @param sequences of all passages asked for; {@link #GONE} for those that no longer exist
   * @param missing the passages that have no vector yet
   */
  record Applied(Map<String, Long> sequences, List<SearchRow> missing) {}

  static final long GONE = Long.MAX_VALUE;

  /** Makes the index agree with the present rows of these passages. */
  Applied apply(IndexWriter writer, Collection<String> ids) throws IOException {
    Map<String, SearchRow> present =
        rows.byIds(ids).stream().collect(Collectors.toMap(SearchRow::id, Function.identity()));
    Map<String, Long> sequences = new HashMap<>();
    for (String id : ids) {
      SearchRow row = present.get(id);
      if (row == null) {
        writer.deleteDocuments(kind.wordsKey(id), kind.vectorKey(id));
      }
      sequences.put(id, row == null ? GONE : row.sequence());
    }
    return new Applied(sequences, update(writer, List.copyOf(present.values())));
  }

  /** Writes the words of passages none of which is in the index. */
  void addTexts(IndexWriter writer, List<SearchRow> page) throws IOException {
    for (SearchRow row : page) {
      writer.addDocument(Fields.words(row));
    }
  }

  /** Writes words and stored vectors, in place of what is there; returns those without a vector. */
  List<SearchRow> update(IndexWriter writer, List<SearchRow> page) throws IOException {
    Map<String, VectorRows.Key> keys = keys(page);
    Map<VectorRows.Key, float[]> known = known(keys);
    List<SearchRow> missing = new ArrayList<>();
    for (SearchRow row : page) {
      writer.updateDocument(kind.wordsKey(row.id()), Fields.words(row));
      float[] vector = vector(row, keys, known);
      if (vector.length > 0) {
        replaceVector(writer, row, vector);
      } else {
        writer.deleteDocuments(kind.vectorKey(row.id()));
        lacks(row, missing);
      }
    }
    return missing;
  }

  /**
   * Writes stored vectors; returns those that have none. Each replaces what is there: a row that
   * was written after the building began may have its vector already.
   */
  List<SearchRow> addStoredVectors(IndexWriter writer, List<SearchRow> page) throws IOException {
    Map<String, VectorRows.Key> keys = keys(page);
    Map<VectorRows.Key, float[]> known = known(keys);
    List<SearchRow> missing = new ArrayList<>();
    for (SearchRow row : page) {
      float[] vector = vector(row, keys, known);
      if (vector.length == 0) {
        lacks(row, missing);
      } else {
        replaceVector(writer, row, vector);
      }
    }
    return missing;
  }

  private static void lacks(SearchRow row, List<SearchRow> missing) {
    if (!row.text().isEmpty()) {
      missing.add(row);
    }
  }

  private Map<String, VectorRows.Key> keys(List<SearchRow> page) {
    Map<String, VectorRows.Key> keys = new HashMap<>();
    if (vectors.isPresent()) {
      page.stream()
          .filter(row -> !row.text().isEmpty())
          .forEach(row -> keys.put(row.id(), VectorRows.Key.of(row)));
    }
    return keys;
  }

  private Map<VectorRows.Key, float[]> known(Map<String, VectorRows.Key> keys) {
    return vectors.map(stored -> stored.find(keys.values())).orElse(Map.of());
  }

  private static float[] vector(
      SearchRow row, Map<String, VectorRows.Key> keys, Map<VectorRows.Key, float[]> known) {
    VectorRows.Key key = keys.get(row.id());
    float[] vector = key == null ? null : known.get(key);
    return vector == null ? NONE : vector;
  }

  /** Writes vectors of passages that have not changed since their rows were read. */
  void addVectors(IndexWriter writer, List<SearchRow> read, Map<VectorRows.Key, float[]> made)
      throws IOException {
    Map<String, Long> now = rows.sequences(read.stream().map(SearchRow::id).toList());
    for (SearchRow row : read) {
      float[] vector = made.get(VectorRows.Key.of(row));
      Long sequence = now.get(row.id());
      if (vector != null && sequence != null && sequence == row.sequence()) {
        replaceVector(writer, row, vector);
      }
    }
  }

  private void replaceVector(IndexWriter writer, SearchRow row, float[] vector) throws IOException {
    writer.updateDocument(kind.vectorKey(row.id()), Fields.vector(row, model, vector));
  }
}
