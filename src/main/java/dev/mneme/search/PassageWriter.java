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
final class PassageWriter {
  private static final float[] NONE = {};

  private final PassageRows rows;
  private final Optional<VectorRows> vectors;
  private final String model;

  PassageWriter(PassageRows rows, Optional<VectorRows> vectors, String model) {
    this.rows = rows;
    this.vectors = vectors;
    this.model = model;
  }

  /**
   * @param sequences of all passages asked for; {@link #GONE} for those that no longer exist
   * @param missing the passages that have no vector yet
   */
  record Applied(Map<String, Long> sequences, List<PassageRow> missing) {}

  static final long GONE = Long.MAX_VALUE;

  /** Makes the index agree with the present rows of these passages. */
  Applied apply(IndexWriter writer, Collection<String> ids) throws IOException {
    Map<String, PassageRow> present =
        rows.byIds(ids).stream().collect(Collectors.toMap(PassageRow::id, Function.identity()));
    Map<String, Long> sequences = new HashMap<>();
    for (String id : ids) {
      PassageRow row = present.get(id);
      if (row == null) {
        writer.deleteDocuments(Fields.passage(id), Fields.vector(id));
      }
      sequences.put(id, row == null ? GONE : row.sequence());
    }
    return new Applied(sequences, update(writer, List.copyOf(present.values())));
  }

  /** Writes the words of passages none of which is in the index. */
  void addTexts(IndexWriter writer, List<PassageRow> page) throws IOException {
    for (PassageRow row : page) {
      writer.addDocument(Fields.passage(row));
    }
  }

  /** Writes words and stored vectors, in place of what is there; returns those without a vector. */
  List<PassageRow> update(IndexWriter writer, List<PassageRow> page) throws IOException {
    Map<String, VectorRows.Key> keys = keys(page);
    Map<VectorRows.Key, float[]> known = known(keys);
    List<PassageRow> missing = new ArrayList<>();
    for (PassageRow row : page) {
      writer.updateDocument(Fields.passage(row.id()), Fields.passage(row));
      float[] vector = vector(row, keys, known);
      if (vector.length > 0) {
        replaceVector(writer, row, vector);
      } else {
        writer.deleteDocuments(Fields.vector(row.id()));
        missing.add(row);
      }
    }
    return missing;
  }

  /**
   * Writes stored vectors; returns the passages that have none.
   *
   * @param newest passages up to this sequence have no vector in the index yet
   */
  List<PassageRow> addStoredVectors(IndexWriter writer, List<PassageRow> page, long newest)
      throws IOException {
    Map<String, VectorRows.Key> keys = keys(page);
    Map<VectorRows.Key, float[]> known = known(keys);
    List<PassageRow> missing = new ArrayList<>();
    for (PassageRow row : page) {
      float[] vector = vector(row, keys, known);
      if (vector.length == 0) {
        missing.add(row);
      } else if (row.sequence() <= newest) {
        writer.addDocument(Fields.vector(row, model, vector));
      } else {
        replaceVector(writer, row, vector);
      }
    }
    return missing;
  }

  private Map<String, VectorRows.Key> keys(List<PassageRow> page) {
    Map<String, VectorRows.Key> keys = new HashMap<>();
    if (vectors.isPresent()) {
      page.forEach(row -> keys.put(row.id(), VectorRows.Key.of(row)));
    }
    return keys;
  }

  private Map<VectorRows.Key, float[]> known(Map<String, VectorRows.Key> keys) {
    return vectors.map(stored -> stored.find(keys.values())).orElse(Map.of());
  }

  private static float[] vector(
      PassageRow row, Map<String, VectorRows.Key> keys, Map<VectorRows.Key, float[]> known) {
    VectorRows.Key key = keys.get(row.id());
    float[] vector = key == null ? null : known.get(key);
    return vector == null ? NONE : vector;
  }

  /** Writes vectors of passages that have not changed since their rows were read. */
  void addVectors(IndexWriter writer, List<PassageRow> read, Map<VectorRows.Key, float[]> made)
      throws IOException {
    Map<String, Long> now = rows.sequences(read.stream().map(PassageRow::id).toList());
    for (PassageRow row : read) {
      float[] vector = made.get(VectorRows.Key.of(row));
      Long sequence = now.get(row.id());
      if (vector != null && sequence != null && sequence == row.sequence()) {
        replaceVector(writer, row, vector);
      }
    }
  }

  private void replaceVector(IndexWriter writer, PassageRow row, float[] vector)
      throws IOException {
    writer.updateDocument(Fields.vector(row.id()), Fields.vector(row, model, vector));
  }
}
