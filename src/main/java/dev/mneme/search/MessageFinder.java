package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.search.Fusion.Fused;
import dev.mneme.search.HybridSearch.Ranking;
import dev.mneme.search.Neighbours.Earned;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Searches messages by what they say and by what is said beside them. Thread-safe. */
final class MessageFinder {
  private static final int LENDERS = 50;

  private final HybridSearch search;
  private final MessageRows rows;
  private final double share;

  /**
   * @param share the part of its score that a message lends to its neighbours
   */
  MessageFinder(HybridSearch search, MessageRows rows, double share) {
    this.search = search;
    this.rows = rows;
    this.share = share;
  }

  /**
   * @param words where to look by words
   * @param meaning where to look by meaning
   */
  List<MessageHit> search(Source words, Source meaning, Owner owner, MessageSearch asked) {
    SearchQuery query = asked.query();
    if (query.text().isBlank()) {
      return search.newest(words, owner, query).stream()
          .map(id -> new MessageHit(id, 0, 0, 0, 0, HybridSearch.NEWEST))
          .toList();
    }
    Ranking own = search.rank(words, meaning, owner, query, asked.mode(), Integer.MAX_VALUE);
    List<Earned> best = ranked(words, meaning, owner, asked, own);
    best = best.subList(0, Math.min(asked.limit(), best.size()));
    Map<String, String> reasons =
        search.reasons(words, owner, query.kind(), own, best.stream().map(Earned::own).toList());
    return best.stream().map(one -> hit(one, reasons.getOrDefault(one.own().id(), ""))).toList();
  }

  private List<Earned> ranked(
      Source words, Source meaning, Owner owner, MessageSearch asked, Ranking own) {
    List<Fused> lenders = share == 0 ? List.of() : lenders(words, meaning, owner, asked, own);
    Map<String, List<String>> beside =
        rows.neighbours(owner, lenders.stream().map(Fused::id).toList());
    Set<String> known = own.fused().stream().map(Fused::id).collect(Collectors.toSet());
    Set<String> further =
        beside.values().stream()
            .flatMap(List::stream)
            .filter(id -> !known.contains(id))
            .collect(Collectors.toSet());
    Set<String> accepted = search.among(words, owner, asked.query(), further);
    return Neighbours.rank(own.fused(), lenders, beside, accepted, share);
  }

  private List<Fused> lenders(
      Source words, Source meaning, Owner owner, MessageSearch asked, Ranking own) {
    return asked.roles().isEmpty()
        ? own.fused().stream().limit(LENDERS).toList()
        : search
            .rank(words, meaning, owner, asked.ofAnyone().query(), asked.mode(), LENDERS)
            .fused();
  }

  private static MessageHit hit(Earned one, String reason) {
    Fused own = one.own();
    String beside = one.neighbours() > 0 ? "stands beside a match" : "";
    String both = reason.isEmpty() || beside.isEmpty() ? reason + beside : reason + "; " + beside;
    return new MessageHit(
        own.id(), one.score(), own.lexical(), own.vector(), one.neighbours(), both);
  }
}
