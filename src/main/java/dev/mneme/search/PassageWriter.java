package dev.mneme.search;

import dev.mneme.search.VectorRows.Key;
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
    return new Applied(sequences, write(writer, List.copyOf(present.values()), false));
  }

  /**
   * Writes words and stored vectors.
   *
   * @param fresh none of these can be in the index, so there is nothing to replace
   * @return those without a stored vector
   */
  List<PassageRow> write(IndexWriter writer, List<PassageRow> page, boolean fresh)
      throws IOException {
    Map<String, Key> keys = new HashMap<>();
    Map<Key, float[]> known = Map.of();
    if (vectors.isPresent()) {
      page.forEach(row -> keys.put(row.id(), Key.of(row)));
      known = vectors.get().find(keys.values());
    }
    List<PassageRow> missing = new ArrayList<>();
    for (PassageRow row : page) {
      if (fresh) {
        writer.addDocument(Fields.passage(row));
      } else {
        writer.updateDocument(Fields.passage(row.id()), Fields.passage(row));
      }
      Key key = keys.get(row.id());
      float[] vector = key == null ? null : known.get(key);
      if (vector != null) {
        writeVector(writer, row, vector, fresh);
      } else {
        if (!fresh) {
          writer.deleteDocuments(Fields.vector(row.id()));
        }
        missing.add(row);
      }
    }
    return missing;
  }

  /** Writes vectors of passages that have not changed since their rows were read. */
  void addVectors(IndexWriter writer, List<PassageRow> read, Map<Key, float[]> made)
      throws IOException {
    Map<String, Long> now = rows.sequences(read.stream().map(PassageRow::id).toList());
    for (PassageRow row : read) {
      float[] vector = made.get(Key.of(row));
      Long sequence = now.get(row.id());
      if (vector != null && sequence != null && sequence == row.sequence()) {
        writeVector(writer, row, vector, false);
      }
    }
  }

  private void writeVector(IndexWriter writer, PassageRow row, float[] vector, boolean fresh)
      throws IOException {
    if (fresh) {
      writer.addDocument(Fields.vector(row, model, vector));
    } else {
      writer.updateDocument(Fields.vector(row.id()), Fields.vector(row, model, vector));
    }
  }
}
