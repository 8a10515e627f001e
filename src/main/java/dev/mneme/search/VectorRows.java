package dev.mneme.search;

import dev.mneme.store.Database;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The stored vectors of one model. Thread-safe. */
final class VectorRows {
  private static final int PAGE = 1000;

  private final Database database;
  private final PassageRows passages;
  private final String model;
  private final int dimensions;

  VectorRows(Database database, PassageRows passages, String model, int dimensions) {
    this.database = database;
    this.passages = passages;
    this.model = model;
    this.dimensions = dimensions;
  }

  /** Whose text this is: a vector belongs to one owner even when texts are alike. */
  record Key(String owner, String textHash) {
    static Key of(PassageRow row) {
      return new Key(row.owner(), row.textHash());
    }
  }

  Map<Key, float[]> find(Collection<Key> keys) {
    Map<String, List<String>> byOwner = new HashMap<>();
    for (Key key : keys) {
      byOwner.computeIfAbsent(key.owner(), _ -> new ArrayList<>()).add(key.textHash());
    }
    Map<Key, float[]> found = new HashMap<>();
    byOwner.forEach((owner, hashes) -> {
      for (int i = 0; i < hashes.size(); i += PAGE) {
        List<String> part = hashes.subList(i, Math.min(hashes.size(), i + PAGE));
        database.maintain(h -> find(h, owner, part, found));
      }
    });
    return found;
  }

  private boolean find(Handle h, String owner, List<String> hashes, Map<Key, float[]> found) {
    h.createQuery(
            "SELECT text_hash, vector FROM passage_vector"
                + " WHERE owner_id = :owner AND model = :model AND text_hash IN (<hashes>)")
        .bind("owner", owner)
        .bind("model", model)
        .bindList("hashes", hashes)
        .map((r, _) -> {
          byte[] bytes = r.getBytes(2);
          if (bytes.length == dimensions * Float.BYTES) {
            found.put(new Key(owner, r.getString(1)), floats(bytes));
          }
          return true;
        })
        .list();
    return true;
  }

  void store(Map<Key, float[]> vectors) {
    database.maintainWrite(h -> {
      PreparedBatch batch =
          h.prepareBatch(
              "INSERT INTO passage_vector (owner_id, model, text_hash, dimensions, vector)"
                  + " VALUES (:owner, :model, :hash, :dimensions, :vector)"
                  + " ON CONFLICT (owner_id, model, text_hash)"
                  + " DO UPDATE SET dimensions = excluded.dimensions, vector = excluded.vector");
      vectors.forEach((key, vector) ->
          batch
              .bind("owner", key.owner())
              .bind("model", model)
              .bind("hash", key.textHash())
              .bind("dimensions", dimensions)
              .bind("vector", bytes(vector))
              .add());
      return batch.execute().length;
    });
  }

  /**
   * Deletes vectors of texts that no passage has any more.
   *
   * @param otherModelsToo also all vectors of other models
   * @return how many were deleted
   */
  int sweep(boolean otherModelsToo) {
    int deleted = 0;
    if (otherModelsToo) {
      deleted +=
          database.maintainWrite(h ->
              h.createUpdate("DELETE FROM passage_vector WHERE model <> :model")
                  .bind("model", model)
                  .execute());
    }
    // First the vectors, then the texts: one that is stored in between is not taken for an orphan.
    Set<Key> orphans = database.maintain(VectorRows::allKeys);
    PassageRows.Cursor cursor = PassageRows.Cursor.after(-1);
    for (List<PassageRow> page = passages.after(cursor, PAGE);
        !page.isEmpty() && !orphans.isEmpty();
        page = passages.after(cursor, PAGE)) {
      page.forEach(row -> orphans.remove(Key.of(row)));
      cursor = new PassageRows.Cursor(page.getLast().sequence(), page.getLast().id());
    }
    List<Key> gone = List.copyOf(orphans);
    for (int i = 0; i < gone.size(); i += PAGE) {
      deleted += delete(gone.subList(i, Math.min(gone.size(), i + PAGE)));
    }
    return deleted;
  }

  private static Set<Key> allKeys(Handle h) {
    return new HashSet<>(
        h.createQuery("SELECT DISTINCT owner_id, text_hash FROM passage_vector")
            .map((r, _) -> new Key(r.getString(1), r.getString(2)))
            .list());
  }

  private int delete(List<Key> keys) {
    return database.maintainWrite(h -> {
      PreparedBatch batch =
          h.prepareBatch(
              "DELETE FROM passage_vector WHERE owner_id = :owner AND text_hash = :hash");
      keys.forEach(k -> batch.bind("owner", k.owner()).bind("hash", k.textHash()).add());
      int sum = 0;
      for (int count : batch.execute()) {
        sum += count;
      }
      return sum;
    });
  }

  static byte[] bytes(float[] vector) {
    ByteBuffer buffer =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(vector);
    return buffer.array();
  }

  /** The scalar product of a stored vector with one of the same length. */
  static float dot(byte[] stored, float[] vector) {
    ByteBuffer floats = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    // Two sums, so that an addition need not wait for the one before.
    float even = 0;
    float odd = 0;
    int i = 0;
    for (; i + 1 < vector.length; i += 2) {
      even += floats.getFloat(i * Float.BYTES) * vector[i];
      odd += floats.getFloat((i + 1) * Float.BYTES) * vector[i + 1];
    }
    return i < vector.length
        ? even + odd + floats.getFloat(i * Float.BYTES) * vector[i]
        : even + odd;
  }

  private static float[] floats(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
