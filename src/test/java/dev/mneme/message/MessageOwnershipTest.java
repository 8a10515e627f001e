package dev.mneme.message;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.OwnershipContract;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MessageOwnershipTest extends OwnershipContract {
  @TempDir Path folder;
  private final Messages messages = new Messages();
  private final Conversation here = Conversation.of(TestingMessages.agentId());
  private final Message said = TestingMessages.said(here, Role.USER, "mine");
  private List<Message> stored = List.of();
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 2);
    addOwnerB(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected Database database() {
    return database;
  }

  @Override
  protected void fill() {
    database
        .scope(A)
        .update(tx -> {
          stored = messages.add(tx, List.of(said));
          messages.extendContext(tx, here, stored);
        });
  }

  @Override
  protected Map<String, Function<Owner, ? extends Collection<?>>> listings() {
    MessageQuery all =
        new MessageQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            10);
    return Map.of(
        "of an agent",
        owner -> read(owner, MessageQuery.ofAgent(here.agentId(), 10)),
        "of all",
        owner -> read(owner, all),
        "found",
        owner ->
            database.scope(owner).read(reads -> messages.find(reads, said.id())).stream().toList(),
        "counted",
        owner ->
            database.scope(owner).read(reads -> messages.count(reads, here.agentId())) == 0
                ? List.of()
                : List.of(1),
        "in context",
        owner -> database.scope(owner).read(reads -> messages.context(reads, here)),
        "ids in context",
        owner -> database.scope(owner).read(reads -> messages.contextIds(reads, here)));
  }

  @Override
  protected Map<String, Consumer<Owner>> calls() {
    Map<String, Consumer<Owner>> calls = new LinkedHashMap<>();
    calls.put(
        "rewrite",
        owner ->
            database.scope(owner).update(tx -> messages.rewrite(tx, copy(said.id(), "rewritten"))));
    calls.put(
        "extend",
        owner -> database.scope(owner).update(tx -> messages.extendContext(tx, here, stored)));
    calls.put(
        "replace",
        owner ->
            database
                .scope(owner)
                .update(tx -> messages.replaceContext(tx, here, List.of(said.id()))));
    return calls;
  }

  private List<Message> read(Owner owner, MessageQuery query) {
    return database.scope(owner).read(reads -> messages.list(reads, query));
  }

  private Message copy(String id, String text) {
    Message other = TestingMessages.said(here, Role.USER, text);
    return new Message(
        id,
        here,
        other.role(),
        other.origin(),
        other.content(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        other.createdAt(),
        0);
  }
}
