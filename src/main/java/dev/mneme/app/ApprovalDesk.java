package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.consent.Approvals;
import dev.mneme.sandbox.consent.ConsentRequest;
import dev.mneme.sandbox.consent.Resolver;
import dev.mneme.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What the operator does with calls that wait for consent; a server may go on running meanwhile.
 */
public final class ApprovalDesk implements AutoCloseable {
  private final Database database;
  private final Approvals approvals;

  private ApprovalDesk(Database database) {
    this.database = database;
    this.approvals = new Approvals(database, Clock.systemUTC());
  }

  /**
   * Opens the requests of a data folder.
   *
   * @throws MnemeException {@code no_data}
   */
  public static ApprovalDesk open(Config config) {
    Path file = config.data().resolve("mneme.db");
    if (!Files.isRegularFile(file)) {
      throw MnemeException.notFound(
          "no_data",
          config.data()
              + " holds nothing yet; another folder is named with --data, or MNEME_DATA.");
    }
    return new ApprovalDesk(Database.open(file, 1));
  }

  /** Those of all owners that wait, oldest first. */
  public List<ConsentRequest> waiting() {
    return approvals.waiting();
  }

  /** Agrees or refuses, as the operator. */
  public ConsentRequest resolve(String id, boolean agreed) {
    return approvals.resolve(Resolver.OPERATOR, id, agreed);
  }

  @Override
  public void close() {
    database.close();
  }
}
