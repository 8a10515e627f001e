package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.model.Embedder;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Search by meaning straight from the stored vectors, for as long as the index does not hold them.
 * Rows are streamed; what is kept is one number a vector. Thread-safe.
 */
final class VectorScan {
  // With more, a search would take many seconds and much of the heap.
  private static final long MAX_ROWS = 250_000;
  private final Database database;
  private final Rows rows;
  private final VectorRows.Table table;
  private final Embedder model;

  VectorScan(Rows rows, Embedder model) {
    this.database = rows.database();
    this.rows = rows;
    this.table = VectorRows.Table.of(rows.kind());
    this.model = model;
  }

  /** What is most like a vector; empty when there are too many to look at. */
  Optional<Leg> search(Owner owner, SearchQuery query, float[] vector, int depth) {
    return database
        .scope(owner)
        .read(reads -> {
          if (tooMany(reads)) {
            return Optional.empty();
          }
          Map<String, Float> cosines = cosines(reads, vector);
          MostAlike best = new MostAlike(depth);
          try (Stream<SearchRow> all =
              rows.select(reads, query.containers(), "").map(rows::row).stream()) {
            all.filter(row -> Filters.accept(row, query))
                .forEach(row -> {
                  Float cosine = cosines.get(row.vectorName());
                  if (cosine != null) {
                    best.offer(row.id(), cosine);
                  }
                });
          }
          return Optional.of(best.leg(model.unrelated()));
        });
  }

  private boolean tooMany(Reads reads) {
    long texts =
        reads
            .number("SELECT count(*) FROM " + rows.table().name() + " WHERE owner_id = :owner")
            .orElseThrow();
    long vectors =
        reads
            .query(
                "SELECT count(*) FROM "
                    + table.name()
                    + " WHERE owner_id = :owner AND model = :model")
            .bind("model", model.modelId())
            .mapTo(Long.class)
            .one();
    return texts > MAX_ROWS || vectors > MAX_ROWS;
  }

  /** By the name of the vector: passages with the same text share a vector. */
  private Map<String, Float> cosines(Reads reads, float[] vector) {
    Map<String, Float> cosines = new HashMap<>();
    reads
        .query(
            // The sign keeps SQLite from the index, whose order would read the table here and
            // there.
            "SELECT "
                + table.key()
                + ", vector FROM "
                + table.name()
                + " WHERE +owner_id = :owner AND +model = :model")
        .bind("model", model.modelId())
        .scanResultSet((rows, _) -> {
          java.sql.ResultSet r = rows.get();
          while (r.next()) {
            byte[] stored = r.getBytes(2);
            if (stored.length == vector.length * Float.BYTES) {
              cosines.put(r.getString(1), VectorRows.dot(stored, vector));
            }
          }
          return cosines;
        });
    return cosines;
  }
}
