package dev.mneme.sandbox.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.OwnershipContract;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.FileReference;
import dev.mneme.tool.InputFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileShelfTest extends OwnershipContract {
  private static final Artifact SMALL = Artifact.of("a.txt", "YQ==");

  @TempDir Path folder;
  private Database database;
  private FileShelf shelf;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private Artifact kept;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 2);
    addOwnerB(database);
    shelf = shelf(ShelfSettings.DEFAULT);
  }

  private FileShelf shelf(ShelfSettings settings) {
    return new FileShelf(database, settings, new Ids(new Random(4), Clock.systemUTC()), () -> now);
  }

  @Test
  void theOperatorSaysHowLongAndHowMuchIsKept() {
    shelf = shelf(new ShelfSettings(Duration.ofMinutes(90), 2, 3));
    fill();
    keep(SMALL);
    keep(SMALL);
    assertThat(rows()).isEqualTo(2);
    kept = keep(SMALL);
    now = now.plus(Duration.ofMinutes(89));
    assertThat(fetch(A, kept).name()).isEqualTo("a.txt");
    now = now.plus(Duration.ofMinutes(2));
    assertThatThrownBy(() -> fetch(A, kept))
        .hasMessageContaining("90 minutes")
        .hasMessageContaining("newest 2");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void afterADayAFileIsGone() {
    fill();
    now = now.plus(Duration.ofHours(23));
    assertThat(fetch(A, kept)).isEqualTo(new InputFile("a.txt", "YQ=="));
    now = now.plus(Duration.ofHours(2));
    unknown(kept);
    keep(SMALL);
    assertThat(rows()).isOne();
  }

  @Test
  void anOwnerKeepsTheNewestHundred() {
    fill();
    for (int i = 0; i < 100; i++) {
      now = now.plusSeconds(1);
      keep(SMALL);
    }
    unknown(kept);
    assertThat(rows()).isEqualTo(100);
  }

  @Test
  void anOwnerKeepsThirtyMegabytes() {
    Artifact large = Artifact.of("large", Base64.getEncoder().encodeToString(new byte[1_500_000]));
    fill();
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(1);
      keep(large);
    }
    unknown(kept);
    assertThat(rows()).isEqualTo(20);
  }

  @Override
  protected Database database() {
    return database;
  }

  @Override
  protected void fill() {
    kept = keep(SMALL);
  }

  @Override
  protected Map<String, Function<Owner, ? extends Collection<?>>> listings() {
    return Map.of();
  }

  @Override
  protected Map<String, Consumer<Owner>> calls() {
    return Map.of(
        "fetch, then keep another",
        owner -> {
          fetch(owner, kept);
          shelf.keep(owner, List.of(SMALL));
        });
  }

  private Artifact keep(Artifact file) {
    return shelf.keep(A, List.of(file)).getFirst();
  }

  private InputFile fetch(Owner owner, Artifact file) {
    return shelf.fetch(owner, new FileReference("", file.id().orElseThrow()));
  }

  private void unknown(Artifact file) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> fetch(A, file))
        .returns("unknown_file", MnemeException::code);
  }

  private int rows() {
    return database.maintain(
        handle -> handle.createQuery("SELECT COUNT(*) FROM kept_file").mapTo(Integer.class).one());
  }
}
