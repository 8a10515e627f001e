package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import dev.mneme.store.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;

/**
 * Search by words straight from the rows, for as long as the index is being built or cannot be
 * used: slower and without meaning, but complete from the first moment. Thread-safe.
 */
final class RowScan {
  private static final int MAX_WORDS = 12;
  private static final int MAX_ROWS = 2_000;
  private static final int LOOKED_FOR = 4;
  private static final int STEM = 5;
  private static final String COLUMNS =
      "SELECT passage_id, owner_id, archive_id, text, tags, created_at, sequence FROM passage"
          + " WHERE owner_id = :owner";

  private final Database database;
  private final PassageAnalyzer analyzer;

  RowScan(Database database, PassageAnalyzer analyzer) {
    this.database = database;
    this.analyzer = analyzer;
  }

  private record Match(PassageRow row, Set<String> words) {}

  List<PassageHit> search(Owner owner, PassageQuery query, Optional<String> note) {
    if (query.text().isBlank()) {
      return newest(owner, query);
    }
    List<String> words = QueryWords.of(analyzer, query.text());
    if (words.isEmpty()) {
      return List.of();
    }
    List<String> asked = words.subList(0, Math.min(MAX_WORDS, words.size()));
    // Long words tell most, and each costs a pass through every text.
    List<String> lookedFor =
        asked.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .limit(LOOKED_FOR)
            .toList();
    List<Match> matches =
        database
            .scope(owner)
            .read(reads -> {
              Query statement = reads.query(COLUMNS + containing(lookedFor.size()));
              for (int i = 0; i < lookedFor.size(); i++) {
                statement.bind("word" + i, pattern(lookedFor.get(i)));
              }
              try (Stream<PassageRow> rows = statement.map(PassageRows::row).stream()) {
                return rows.filter(row -> Filters.accept(row, query))
                    .limit(MAX_ROWS)
                    .map(row -> match(row, asked))
                    .filter(match -> !match.words().isEmpty())
                    .toList();
              }
            });
    return ranked(matches, asked, query.limit(), note);
  }

  private List<PassageHit> newest(Owner owner, PassageQuery query) {
    return database
        .scope(owner)
        .read(reads -> {
          try (Stream<PassageRow> rows =
              reads
                  .query(COLUMNS + " ORDER BY created_at DESC, passage_id")
                  .map(PassageRows::row)
                  .stream()) {
            return rows.filter(row -> Filters.accept(row, query))
                .limit(query.limit())
                .map(row -> new PassageHit(row.id(), 0, 0, 0, "newest first"))
                .toList();
          }
        });
  }

  private Match match(PassageRow row, List<String> words) {
    Set<String> present = new HashSet<>(words);
    present.retainAll(analyzer.words(row.text(), Integer.MAX_VALUE));
    return new Match(row, present);
  }

  private static List<PassageHit> ranked(
      List<Match> matches, List<String> words, int limit, Optional<String> note) {
    Map<String, Double> weights = new HashMap<>();
    for (String word : words) {
      long with = matches.stream().filter(m -> m.words().contains(word)).count();
      weights.put(word, Math.log(1 + (matches.size() + 1.0) / (with + 0.5)));
    }
    double all = weights.values().stream().mapToDouble(w -> w).sum();
    List<PassageHit> hits = new ArrayList<>();
    for (Match match : matches) {
      double score = match.words().stream().mapToDouble(w -> weights.getOrDefault(w, 0.0)).sum();
      List<String> inOrder = words.stream().filter(match.words()::contains).toList();
      hits.add(
          new PassageHit(
              match.row().id(),
              score / all,
              score / all,
              0,
              Reasons.line(inOrder, Optional.empty(), note)));
    }
    hits.sort(
        Comparator.comparingDouble(PassageHit::score)
            .reversed()
            .thenComparing(PassageHit::passageId));
    return List.copyOf(hits.subList(0, Math.min(limit, hits.size())));
  }

  private static String containing(int words) {
    StringBuilder sql = new StringBuilder(" AND (");
    for (int i = 0; i < words; i++) {
      sql.append(i == 0 ? "" : " OR ").append("LOWER(text) LIKE :word").append(i);
      sql.append(" ESCAPE '!'");
    }
    return sql.append(") ORDER BY created_at DESC, passage_id").toString();
  }

  /** The beginning of a word: stemming may have changed its end. */
  private static String pattern(String word) {
    String start = word.substring(0, word.offsetByCodePoints(0, Math.min(STEM, codePoints(word))));
    String escaped = start.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return '%' + escaped.toLowerCase(Locale.ROOT) + '%';
  }

  private static int codePoints(String word) {
    return word.codePointCount(0, word.length());
  }
}
