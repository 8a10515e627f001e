package dev.mneme.search;

import dev.mneme.common.Owner;
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

  private final Database database;
  private final Rows rows;
  private final PassageAnalyzer analyzer;

  RowScan(Rows rows, PassageAnalyzer analyzer) {
    this.database = rows.database();
    this.rows = rows;
    this.analyzer = analyzer;
  }

  private record Match(String id, List<String> words) {}

  private record Scored(String id, double score) {}

  Leg byWords(Owner owner, SearchQuery query, List<String> words, int depth) {
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
              Query statement =
                  rows.select(reads, query.containers(), containing(lookedFor.size()));
              for (int i = 0; i < lookedFor.size(); i++) {
                statement.bind("word" + i, pattern(lookedFor.get(i)));
              }
              try (Stream<SearchRow> found = statement.map(rows::row).stream()) {
                return found
                    .filter(row -> Filters.accept(row, query))
                    .limit(MAX_ROWS)
                    .map(row -> new Match(row.id(), present(row, asked)))
                    .filter(match -> !match.words().isEmpty())
                    .toList();
              }
            });
    return leg(matches, asked, depth);
  }

  /** Which of the words each of these has. */
  Map<String, List<String>> matchedWords(Owner owner, List<String> words, Collection<String> ids) {
    return database
        .scope(owner)
        .read(reads -> {
          Query statement = rows.select(reads, Set.of(), idIn()).bindList("ids", List.copyOf(ids));
          try (Stream<SearchRow> found = statement.map(rows::row).stream()) {
            return found.collect(Collectors.toMap(SearchRow::id, row -> present(row, words)));
          }
        });
  }

  List<String> newest(Owner owner, SearchQuery query) {
    return database
        .scope(owner)
        .read(reads -> {
          try (Stream<SearchRow> found =
              rows.select(reads, query.containers(), order()).map(rows::row).stream()) {
            return found
                .filter(row -> Filters.accept(row, query))
                .limit(query.limit())
                .map(SearchRow::id)
                .toList();
          }
        });
  }

  private List<String> present(SearchRow row, List<String> words) {
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

  /** Those of these that pass the filters. */
  Set<String> among(Owner owner, SearchQuery query, Collection<String> ids) {
    return database
        .scope(owner)
        .read(reads -> {
          Query statement =
              rows.select(reads, query.containers(), idIn()).bindList("ids", List.copyOf(ids));
          try (Stream<SearchRow> found = statement.map(rows::row).stream()) {
            return found
                .filter(row -> Filters.accept(row, query))
                .map(SearchRow::id)
                .collect(Collectors.toSet());
          }
        });
  }

  private String idIn() {
    return " AND " + rows.table().id() + " IN (<ids>)";
  }

  private String order() {
    return " ORDER BY " + rows.table().newestFirst();
  }

  private String containing(int words) {
    StringBuilder sql = new StringBuilder(" AND (");
    for (int i = 0; i < words; i++) {
      sql.append(i == 0 ? "" : " OR ")
          .append("LOWER(")
          .append(rows.table().text())
          .append(") LIKE :word")
          .append(i);
      sql.append(" ESCAPE '!'");
    }
    return sql.append(")").append(order()).toString();
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
