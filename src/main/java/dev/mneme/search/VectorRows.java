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

/** The stored vectors that one model made of one kind. Thread-safe. */
final class VectorRows {
  private static final int PAGE = 1000;

  private final Database database;
  private final Rows rows;
  private final Table table;
  private final String model;
  private final int dimensions;

  VectorRows(Database database, Rows rows, String model, int dimensions) {
    this.database = database;
    this.rows = rows;
    this.table = Table.of(rows.kind());
    this.model = model;
    this.dimensions = dimensions;
  }

  /**
   * Where vectors stand.
   *
   * @param key the column of {@link Key#name}
   * @param unique what no two rows share
   * @param stillThere whether what a new vector was made of is still there, where that matters
   */
  record Table(String name, String key, String unique, String stillThere) {
    static Table of(Kind kind) {
      return switch (kind) {
        case PASSAGE -> new Table("passage_vector", "text_hash", "owner_id, model, text_hash", "");
        case MESSAGE ->
            new Table(
                "message_vector",
                "message_id",
                "message_id, model",
                " WHERE EXISTS (SELECT 1 FROM message WHERE message_id = :name)");
      };
    }

    String find() {
      return "SELECT "
          + key
          + ", vector FROM "
          + name
          + " WHERE owner_id = :owner AND model = :model AND "
          + key
          + " IN (<names>)";
    }
  }

  /** Whose text this is: a vector belongs to one owner even when texts are alike. */
  record Key(String owner, String name) {
    static Key of(SearchRow row) {
      return new Key(row.owner(), row.vectorName());
    }
  }

  Map<Key, float[]> find(Collection<Key> keys) {
    Map<String, List<String>> byOwner = new HashMap<>();
    for (Key key : keys) {
      byOwner.computeIfAbsent(key.owner(), _ -> new ArrayList<>()).add(key.name());
    }
    Map<Key, float[]> found = new HashMap<>();
    byOwner.forEach((owner, names) -> {
      for (int i = 0; i < names.size(); i += PAGE) {
        List<String> part = names.subList(i, Math.min(names.size(), i + PAGE));
        database.maintain(h -> find(h, owner, part, found));
      }
    });
    return found;
  }

  private boolean find(Handle h, String owner, List<String> names, Map<Key, float[]> found) {
    h.createQuery(table.find())
        .bind("owner", owner)
        .bind("model", model)
        .bindList("names", names)
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
              "INSERT INTO "
                  + table.name()
                  + " (owner_id, model, "
                  + table.key()
                  + ", dimensions, vector) SELECT :owner, :model, :name, :dimensions, :vector"
                  // With no condition SQLite would take ON for one of a join.
                  + (table.stillThere().isEmpty() ? " WHERE 1 = 1" : table.stillThere())
                  + " ON CONFLICT ("
                  + table.unique()
                  + ") DO UPDATE SET dimensions = excluded.dimensions, vector = excluded.vector");
      vectors.forEach((key, vector) ->
          batch
              .bind("owner", key.owner())
              .bind("model", model)
              .bind("name", key.name())
              .bind("dimensions", dimensions)
              .bind("vector", bytes(vector))
              .add());
      return batch.execute().length;
    });
  }

  /**
   * Deletes vectors of texts that no passage has any more; those of messages go with them.
   *
   * @param otherModelsToo also all vectors of other models
   * @return how many were deleted
   */
  int sweep(boolean otherModelsToo) {
    int deleted = 0;
    if (otherModelsToo) {
      deleted +=
          database.maintainWrite(h ->
              h.createUpdate("DELETE FROM " + table.name() + " WHERE model <> :model")
                  .bind("model", model)
                  .execute());
    }
    return rows.kind() == Kind.MESSAGE ? deleted : deleted + sweepOrphans();
  }

  private int sweepOrphans() {
    int deleted = 0;
    // First the vectors, then the texts: one that is stored in between is not taken for an orphan.
    Set<Key> orphans = database.maintain(VectorRows::allKeys);
    Rows.Cursor cursor = Rows.Cursor.after(-1);
    for (List<SearchRow> page = rows.after(cursor, PAGE);
        !page.isEmpty() && !orphans.isEmpty();
        page = rows.after(cursor, PAGE)) {
      page.forEach(row -> orphans.remove(Key.of(row)));
      cursor = Rows.Cursor.at(page.getLast());
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
      keys.forEach(k -> batch.bind("owner", k.owner()).bind("hash", k.name()).add());
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
