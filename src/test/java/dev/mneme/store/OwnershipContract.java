package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Owner B sees, finds, changes and undoes nothing of owner A. Each feature with rows of owners
 * extends this: it makes one of everything for A, and names every way to list, read and change it.
 */
public abstract class OwnershipContract {
  protected static final Owner A = Owner.DEFAULT;
  protected static final Owner B = new Owner("user-11111111-1111-4111-8111-111111111111");

  /** The database under the feature's services; B is an owner in it. */
  protected abstract Database database();

  /** Makes one of everything for A; called before each test. */
  protected abstract void fill();

  /** Every listing and search, by a name; for A each finds something. */
  protected abstract Map<String, Function<Owner, ? extends Collection<?>>> listings();

  /** Every call that names a thing of A's, by a name; for A each succeeds, in this order. */
  protected abstract Map<String, Consumer<Owner>> calls();

  /** Makes B an owner. */
  protected static void addOwnerB(Database database) {
    database.maintainWrite(handle ->
        handle.execute(
            "INSERT INTO owner (owner_id, name, created_at)"
                + " VALUES (?, 'other', '2026-01-01T00:00:00Z') ON CONFLICT DO NOTHING",
            B.id()));
  }

  @Test
  void ownerASeesAndChangesItsOwn() {
    fill();
    listings().forEach((name, listing) -> assertThat(listing.apply(A)).as(name).isNotEmpty());
    List<Map<String, Object>> before = rows(A);
    calls().forEach((name, call) -> call.accept(A));
    assertThat(rows(A)).isNotEqualTo(before);
  }

  @Test
  void ownerBSeesNothingOfOwnerA() {
    fill();
    listings().forEach((name, listing) -> assertThat(listing.apply(B)).as(name).isEmpty());
  }

  @Test
  void ownerBFindsAndChangesNothingOfOwnerA() {
    fill();
    List<Map<String, Object>> ofA = rows(A);
    List<Map<String, Object>> ofB = rows(B);
    calls()
        .forEach((name, call) -> {
          assertThatExceptionOfType(MnemeException.class)
              .as(name)
              .isThrownBy(() -> call.accept(B))
              .returns(ErrorKind.NOT_FOUND, MnemeException::kind);
          assertThat(rows(A)).as(name).isEqualTo(ofA);
          assertThat(rows(B)).as(name).isEqualTo(ofB);
        });
  }

  private List<Map<String, Object>> rows(Owner owner) {
    return database()
        .maintain(handle ->
            OwnedTables.of(handle).stream()
                .flatMap(table ->
                    handle
                        .createQuery("SELECT * FROM " + table + " WHERE owner_id = :owner")
                        .bind("owner", owner.id())
                        .mapToMap()
                        .stream()
                        .map(row -> {
                          Map<String, Object> named = new LinkedHashMap<>(row);
                          named.put("in table", table);
                          named.replaceAll((_, v) -> v instanceof byte[] b ? List.of(b.length) : v);
                          return named;
                        }))
                .toList());
  }
}
