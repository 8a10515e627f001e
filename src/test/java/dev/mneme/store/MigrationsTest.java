package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.MnemeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class MigrationsTest {
  private static final String LATER = "store/testmigrations/V1_05__later.sql";
  private static final String MORE = "store/testmigrations/V1_02__more.sql";
  private static final String BROKEN = "store/testmigrations/V1_06__broken.sql";
  private static final String FIRST = Migrations.SCRIPTS.getFirst();

  @TempDir Path folder;

  @Test
  void everyScriptIsListedInOrder() throws Exception {
    Path root =
        Path.of(Migrations.class.getResource("/dev/mneme/store/migrations").toURI())
            .getParent()
            .getParent();
    List<String> there;
    try (Stream<Path> files = Files.walk(root)) {
      there =
          files
              .filter(f -> f.toString().endsWith(".sql"))
              .map(f -> root.relativize(f).toString())
              .sorted((a, b) -> Script.read(a).version().compareTo(Script.read(b).version()))
              .toList();
    }
    assertThat(Migrations.SCRIPTS).as("Migrations.SCRIPTS").containsExactlyElementsOf(there);
    assertThat(Migrations.SCRIPTS.stream().map(s -> Script.read(s).version()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aFreshSchemaIsWhatFlywayWouldHaveMade() throws Exception {
    SQLiteDataSource fresh = source("fresh.db");
    Migrations.run(fresh);
    SQLiteDataSource slow = source("slow.db");
    FlywayMigration.run(slow, Migrations.SCRIPTS.stream().map(Script::read).toList());

    assertThat(schema(fresh)).isEqualTo(schema(slow)).anyMatch(t -> t.endsWith(")owner"));
    String history =
        "SELECT installed_rank || version || description || type || script || checksum || success"
            + " FROM flyway_schema_history";
    assertThat(column(fresh, history)).isEqualTo(column(slow, history));
    FlywayMigration.over(fresh, Migrations.SCRIPTS.stream().map(Script::read).toList()).validate();
  }

  @Test
  void anOlderSchemaIsBroughtForwardWhateverTheOrderOfNumbers() throws Exception {
    SQLiteDataSource source = source("mneme.db");
    Migrations.run(source, List.of(FIRST));
    Migrations.run(source, List.of(FIRST, LATER));
    Migrations.run(source, List.of(FIRST, MORE, LATER));
    assertThat(column(source, "SELECT text FROM later")).containsExactly("kept ${as} is; really");
    assertThat(column(source, "SELECT version FROM flyway_schema_history"))
        .containsExactlyInAnyOrder("1.00", "1.05", "1.02");
    List<String> before = schema(source);
    Migrations.run(source, List.of(FIRST, MORE, LATER));
    assertThat(schema(source)).isEqualTo(before);
  }

  @Test
  void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
    SQLiteDataSource source = source("mneme.db");
    Migrations.run(source, List.of(FIRST, LATER));
    List<String> before = schema(source);
    assertThat(refusal(source, List.of(FIRST)))
        .returns("schema_newer", MnemeException::code)
        .hasMessageContaining("1.05");
    assertThat(schema(source)).isEqualTo(before);
  }

  @Test
  void aSchemaOfAnotherBuildIsRefused() throws Exception {
    SQLiteDataSource source = source("mneme.db");
    Migrations.run(source);
    execute(source, "UPDATE flyway_schema_history SET checksum = 5");
    assertThat(refusal(source, Migrations.SCRIPTS)).returns("schema_differs", MnemeException::code);
  }

  @Test
  void aStepThatFailsLeavesTheDatabaseAsItWas() throws Exception {
    SQLiteDataSource source = source("mneme.db");
    Migrations.run(source, List.of(FIRST));
    List<String> before = schema(source);
    assertThat(refusal(source, List.of(FIRST, LATER, BROKEN)))
        .returns("migration_failed", MnemeException::code);
    assertThat(schema(source)).isEqualTo(before);
    Migrations.run(source, List.of(FIRST, LATER));
    assertThat(column(source, "SELECT text FROM later")).hasSize(1);
  }

  @Test
  void aFreshSchemaThatFailsLeavesNothing() throws Exception {
    SQLiteDataSource source = source("mneme.db");
    assertThat(refusal(source, List.of(FIRST, BROKEN)).kind()).isNotNull();
    assertThat(schema(source)).isEmpty();
    Migrations.run(source);
  }

  @Test
  void anIncompleteUpdateIsReported() throws Exception {
    SQLiteDataSource source = source("mneme.db");
    Migrations.run(source);
    execute(source, "UPDATE flyway_schema_history SET success = 0");
    assertThat(refusal(source, Migrations.SCRIPTS))
        .returns("migration_incomplete", MnemeException::code);
  }

  @Test
  void whatIsNoDatabaseOfMnemesIsRefused() throws Exception {
    SQLiteDataSource other = source("other.db");
    execute(other, "CREATE TABLE something (x)");
    assertThat(refusal(other, Migrations.SCRIPTS))
        .returns("not_our_database", MnemeException::code);

    Files.writeString(folder.resolve("text.db"), "This is no database. ".repeat(500));
    assertThat(refusal(source("text.db"), Migrations.SCRIPTS))
        .returns("store_damaged", MnemeException::code);
  }

  private SQLiteDataSource source(String name) {
    return Database.source(folder.resolve(name));
  }

  private static MnemeException refusal(SQLiteDataSource source, List<String> scripts) {
    List<MnemeException> thrown = new ArrayList<>();
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> Migrations.run(source, scripts))
        .satisfies(thrown::add);
    return thrown.getFirst();
  }

  private static List<String> schema(SQLiteDataSource source) throws SQLException {
    return column(
        source,
        "SELECT replace(replace(sql, char(10), ' '), ';', '') || name FROM sqlite_master WHERE sql"
            + " IS NOT NULL ORDER BY name");
  }

  private static List<String> column(SQLiteDataSource source, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static void execute(SQLiteDataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
