package dev.mneme.search;

import dev.mneme.common.Owner;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** What a query may find at all: the same conditions for words and for meaning. */
final class Filters {
  private Filters() {}

  static Query of(Owner owner, SearchQuery query) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    require(all, new TermQuery(new Term(Fields.OWNER, owner.id())));
    if (!query.containers().isEmpty()) {
      require(all, anyOf(query.kind().containerField(), query.containers(), id -> id));
    }
    for (Set<String> any : query.labels()) {
      require(all, anyOf(Fields.LABEL, any, Fields::labelTerm));
    }
    if (query.from().isPresent() || query.until().isPresent()) {
      long from = query.from().map(Fields::nanos).orElse(Long.MIN_VALUE);
      long until = query.until().map(Fields::nanos).orElse(Long.MAX_VALUE);
      boolean open = query.until().isEmpty() || until == Long.MIN_VALUE;
      require(all, LongField.newRangeQuery(Fields.CREATED, from, open ? until : until - 1));
    }
    return all.build();
  }

  /** The same conditions for a row. */
  static boolean accept(SearchRow row, SearchQuery query) {
    Instant created = row.created();
    return !row.text().isEmpty()
        && (query.containers().isEmpty() || query.containers().contains(row.container()))
        && query.labels().stream().allMatch(any -> row.labels().stream().anyMatch(any::contains))
        && query.from().map(from -> !created.isBefore(from)).orElse(true)
        && query.until().map(created::isBefore).orElse(true);
  }

  private static Query anyOf(String field, Collection<String> values, UnaryOperator<String> term) {
    return new TermInSetQuery(field, values.stream().map(term).map(BytesRef::new).toList());
  }

  private static void require(BooleanQuery.Builder all, Query condition) {
    all.add(condition, BooleanClause.Occur.FILTER);
  }
}
