package dev.mneme.engine;

import dev.mneme.common.Owner;
import dev.mneme.engine.builtin.ConversationSearch;
import dev.mneme.message.Message;
import dev.mneme.message.MessageQuery;
import dev.mneme.message.Messages;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.store.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds messages by the share of the words asked for that they hold, among the newest ones; for
 * where there is no index. Thread-safe.
 */
public final class PlainSearch implements ConversationSearch {
  private static final int PAGE = 500;
  private static final int MAX_SCANNED = 10_000;

  private final Database database;
  private final Messages messages;

  public PlainSearch(Database database, Messages messages) {
    this.database = database;
    this.messages = messages;
  }

  @Override
  public List<Hit> search(Owner owner, Query query) {
    Set<String> words = words(query.text());
    List<Hit> hits = new ArrayList<>();
    Optional<String> before = Optional.empty();
    for (int scanned = 0; scanned < MAX_SCANNED; scanned += PAGE) {
      Optional<String> from = before;
      List<Message> page =
          database.scope(owner).read(reads -> messages.list(reads, page(query, from)));
      for (Message message : page) {
        double share = share(words, message);
        if (fits(query, message) && (words.isEmpty() || share > 0)) {
          hits.add(new Hit(message, share));
        }
      }
      boolean enough = words.isEmpty() && hits.size() >= query.limit();
      if (page.size() < PAGE || enough) {
        break;
      }
      before = Optional.of(page.getLast().id());
    }
    return hits.stream()
        .sorted(Comparator.comparingDouble(Hit::relevance).reversed())
        .limit(query.limit())
        .toList();
  }

  private static MessageQuery page(Query query, Optional<String> before) {
    Set<Role> roles =
        query.roles().isEmpty() ? Set.of(Role.USER, Role.ASSISTANT, Role.TOOL) : query.roles();
    return new MessageQuery(
        Optional.of(query.agentId()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        roles,
        before,
        Optional.empty(),
        false,
        PAGE);
  }

  private static boolean fits(Query query, Message message) {
    return !message.hidden()
        && query.from().stream().noneMatch(from -> message.createdAt().isBefore(from))
        && query.until().stream().allMatch(until -> message.createdAt().isBefore(until));
  }

  private static double share(Set<String> words, Message message) {
    if (words.isEmpty()) {
      return 0;
    }
    Set<String> said = words(text(message));
    return (double) words.stream().filter(said::contains).count() / words.size();
  }

  private static String text(Message message) {
    return message.toolReturns().isEmpty()
        ? message.text()
        : message.toolReturns().stream().map(ToolReturn::text).collect(Collectors.joining("\n"));
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
