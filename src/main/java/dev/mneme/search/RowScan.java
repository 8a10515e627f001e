package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageQuery;
import dev.mneme.store.Database;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;

/**
 * Search by words straight from the rows, for as long as the index is being built or cannot be
 * used. Thread-safe.
 */
final class RowScan {
  private static final int MAX_WORDS = 12;
  private static final int MAX_ROWS = 2_000;
  private static final int LOOKED_FOR = 4;
  private static final int STEM = 5;

  /** All passages of an owner. */
  static final String PASSAGES =
      "SELECT passage_id, owner_id, archive_id, text, tags, created_at, sequence FROM passage"
          + " WHERE owner_id = :owner";

  private final Database database;
  private final PassageAnalyzer analyzer;

  RowScan(Database database, PassageAnalyzer analyzer) {
    this.database = database;
    this.analyzer = analyzer;
  }

  private record Match(String id, List<String> words) {}

  private record Scored(String id, double score) {}

  Leg byWords(Owner owner, PassageQuery query, List<String> words, int depth) {
    if (words.isEmpty()) {
      return Leg.NOTHING;
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
              Query statement = reads.query(PASSAGES + containing(lookedFor.size()));
              for (int i = 0; i < lookedFor.size(); i++) {
                statement.bind("word" + i, pattern(lookedFor.get(i)));
              }
              try (Stream<PassageRow> rows = statement.map(PassageRows::row).stream()) {
                return rows.filter(row -> Filters.accept(row, query))
                    .limit(MAX_ROWS)
                    .map(row -> new Match(row.id(), present(row, asked)))
                    .filter(match -> !match.words().isEmpty())
                    .toList();
              }
            });
    return leg(matches, asked, depth);
  }

  /** Which of the words each of these passages has. */
  Map<String, List<String>> matchedWords(Owner owner, List<String> words, Collection<String> ids) {
    return database
        .scope(owner)
        .read(reads -> {
          Query statement =
              reads
                  .query(PASSAGES + " AND passage_id IN (<ids>)")
                  .bindList("ids", List.copyOf(ids));
          try (Stream<PassageRow> rows = statement.map(PassageRows::row).stream()) {
            return rows.collect(Collectors.toMap(PassageRow::id, row -> present(row, words)));
          }
        });
  }

  List<String> newest(Owner owner, PassageQuery query) {
    return database
        .scope(owner)
        .read(reads -> {
          try (Stream<PassageRow> rows =
              reads
                  .query(PASSAGES + " ORDER BY created_at DESC, passage_id")
                  .map(PassageRows::row)
                  .stream()) {
            return rows.filter(row -> Filters.accept(row, query))
                .limit(query.limit())
                .map(PassageRow::id)
                .toList();
          }
        });
  }

  private List<String> present(PassageRow row, List<String> words) {
    Set<String> inText = analyzer.words(row.text(), Integer.MAX_VALUE);
    return words.stream().filter(inText::contains).toList();
  }

  private static Leg leg(List<Match> matches, List<String> words, int depth) {
    Map<String, Double> weights = new HashMap<>();
    for (String word : words) {
      long with = matches.stream().filter(m -> m.words().contains(word)).count();
      weights.put(word, Math.log(1 + (matches.size() + 1.0) / (with + 0.5)));
    }
    List<Scored> scored =
        matches.stream()
            .map(m -> new Scored(m.id(), m.words().stream().mapToDouble(weights::get).sum()))
            .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::id))
            .limit(depth)
            .toList();
    if (scored.isEmpty()) {
      return Leg.NOTHING;
    }
    double all = weights.values().stream().mapToDouble(w -> w).sum();
    double full = Math.max(scored.getFirst().score(), all * LexicalLeg.FULL_MATCH);
    return new Leg(
        scored.stream().collect(Collectors.toMap(Scored::id, one -> one.score() / full)), Map.of());
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
