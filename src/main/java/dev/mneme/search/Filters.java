package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageQuery;
import java.time.Instant;
import java.util.Collection;
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

  static Query of(Owner owner, PassageQuery query) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    require(all, new TermQuery(new Term(Fields.OWNER, owner.id())));
    if (!query.archiveIds().isEmpty()) {
      require(all, anyOf(Fields.ARCHIVE, query.archiveIds(), id -> id));
    }
    if (!query.tags().isEmpty()) {
      switch (query.tagMatch()) {
        case ANY -> require(all, anyOf(Fields.TAG, query.tags(), Fields::tagTerm));
        case ALL ->
            query
                .tags()
                .forEach(
                    tag -> require(all, new TermQuery(new Term(Fields.TAG, Fields.tagTerm(tag)))));
      }
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
  static boolean accept(PassageRow row, PassageQuery query) {
    Instant created = row.created();
    return (query.archiveIds().isEmpty() || query.archiveIds().contains(row.archive()))
        && acceptTags(row, query)
        && query.from().map(from -> !created.isBefore(from)).orElse(true)
        && query.until().map(created::isBefore).orElse(true);
  }

  private static boolean acceptTags(PassageRow row, PassageQuery query) {
    if (query.tags().isEmpty()) {
      return true;
    }
    return switch (query.tagMatch()) {
      case ANY -> row.tags().stream().anyMatch(query.tags()::contains);
      case ALL -> row.tags().containsAll(query.tags());
    };
  }

  private static Query anyOf(String field, Collection<String> values, UnaryOperator<String> term) {
    return new TermInSetQuery(field, values.stream().map(term).map(BytesRef::new).toList());
  }

  private static void require(BooleanQuery.Builder all, Query condition) {
    all.add(condition, BooleanClause.Occur.FILTER);
  }
}
