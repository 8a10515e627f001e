package dev.mneme.app;

import dev.mneme.common.Owner;
import dev.mneme.engine.builtin.ConversationSearch;
import dev.mneme.message.Messages;
import dev.mneme.search.HybridIndex;
import dev.mneme.search.MessageHit;
import dev.mneme.search.MessageSearch;
import dev.mneme.store.Database;
import java.util.List;
import java.util.Optional;

/** What an agent remembers of its conversations, by the index of messages. Thread-safe. */
record Recall(Database database, Messages messages, HybridIndex index)
    implements ConversationSearch {

  @Override
  public List<Hit> search(Owner owner, Query query) {
    MessageSearch search =
        new MessageSearch(
            query.text(),
            Optional.of(query.agentId()),
            Optional.empty(),
            query.roles(),
            query.from(),
            query.until(),
            MessageSearch.Mode.HYBRID,
            Math.min(query.limit(), MessageSearch.MAX));
    List<MessageHit> found = index.messages(owner, search);
    // One that was removed since is left out.
    return database
        .scope(owner)
        .read(reads ->
            found.stream()
                .flatMap(hit ->
                    messages.find(reads, hit.messageId()).stream()
                        .map(message -> new Hit(message, hit.score())))
                .toList());
  }
}
