package dev.mneme.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date; each feature keeps its own scripts. */
final class Migrations {
  private static final String[] LOCATIONS = {
    "classpath:dev/mneme/store/migrations",
  };

  private Migrations() {}

  static void run(DataSource source) {
    Flyway.configure().dataSource(source).locations(LOCATIONS).load().migrate();
  }
}
