package dev.mneme.sandbox.ledger;

import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.secret.SecretMask;
import dev.mneme.store.Database;
import dev.mneme.store.OwnershipContract;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolAsks;
import dev.mneme.tool.ToolIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LedgerOwnershipTest extends OwnershipContract {
  private static final SecretMask MASK = SecretMask.of(List.of());
  private static final ToolIdentity TOOL =
      new ToolIdentity(ToolIdentity.Source.CUSTOM, "mine", "0".repeat(64), ToolAsks.NOTHING, false);

  @TempDir Path folder;
  private Database database;
  private Ledger ledger;
  private CallDraft call;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 2);
    addOwnerB(database);
    ledger =
        Ledger.open(
            database,
            LedgerSettings.DEFAULT,
            new Ids(new Random(3), Clock.systemUTC()),
            InstantSource.system());
    call = ledger.draft(Caller.agent(A, "agent-1", Optional.empty()), TOOL);
  }

  @AfterEach
  void close() {
    ledger.close();
    database.close();
  }

  @Override
  protected Database database() {
    return database;
  }

  @Override
  protected void fill() {
    ledger.note(call, Json.parse("{}"), MASK);
  }

  @Override
  protected Map<String, Function<Owner, ? extends Collection<?>>> listings() {
    return Map.of(
        "calls", owner -> ledger.list(owner, CallQuery.newest(10)),
        "of a tool",
            owner ->
                ledger.list(
                    owner,
                    new CallQuery(
                        Optional.of("mine"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        10)));
  }

  @Override
  protected Map<String, Consumer<Owner>> calls() {
    Map<String, Consumer<Owner>> calls = new LinkedHashMap<>();
    calls.put(
        "older than a call, then its end",
        owner -> {
          ledger.list(
              owner,
              new CallQuery(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(call.id()),
                  10));
          ledger.add(
              call,
              Json.parse("{}"),
              MASK,
              CallEntry.Place.NOWHERE,
              () -> new CallEntry.Ending(CallEntry.Outcome.OK, "", ""),
              () -> CallEntry.Traffic.NONE);
          if (ledger.list(owner, CallQuery.newest(1)).isEmpty()) {
            throw MnemeException.notFound("unknown_call", "There is no call.");
          }
        });
    return calls;
  }
}
