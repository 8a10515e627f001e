package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageQuery;
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
  private static final String VECTORS =
      " FROM passage_vector WHERE owner_id = :owner AND model = :model";

  // The sign keeps SQLite from the index, whose order would read the table here and there.
  private static final String IN_TABLE_ORDER =
      "SELECT text_hash, vector FROM passage_vector"
          + " WHERE +owner_id = :owner AND +model = :model";

  private final Database database;
  private final Embedder model;

  VectorScan(Database database, Embedder model) {
    this.database = database;
    this.model = model;
  }

  /** The passages most like a vector; empty when there are too many to look at. */
  Optional<Leg> search(Owner owner, PassageQuery query, float[] vector, int depth) {
    return database
        .scope(owner)
        .read(reads -> {
          if (tooMany(reads)) {
            return Optional.empty();
          }
          Map<String, Float> cosines = cosines(reads, vector);
          MostAlike best = new MostAlike(depth);
          try (Stream<PassageRow> rows =
              reads.query(RowScan.PASSAGES).map(PassageRows::row).stream()) {
            rows.filter(row -> Filters.accept(row, query))
                .forEach(row -> {
                  Float cosine = cosines.get(row.textHash());
                  if (cosine != null) {
                    best.offer(row.id(), cosine);
                  }
                });
          }
          return Optional.of(best.leg(model.unrelated()));
        });
  }

  private boolean tooMany(Reads reads) {
    long passages =
        reads.number("SELECT count(*) FROM passage WHERE owner_id = :owner").orElseThrow();
    long vectors =
        reads
            .query("SELECT count(*)" + VECTORS)
            .bind("model", model.modelId())
            .mapTo(Long.class)
            .one();
    return passages > MAX_ROWS || vectors > MAX_ROWS;
  }

  /** By the hash of the text: passages with the same text share a vector. */
  private Map<String, Float> cosines(Reads reads, float[] vector) {
    Map<String, Float> cosines = new HashMap<>();
    reads
        .query(IN_TABLE_ORDER)
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
