package dev.mneme.cli;

import dev.mneme.app.Config;
import dev.mneme.app.Logging;
import dev.mneme.app.Mneme;
import dev.mneme.app.Role;
import dev.mneme.secret.SecretMask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a server until the process is told to end or nobody needs it any more. */
final class Serving {
  private static final long WARM_AFTER_MILLIS = 500;

  private Serving() {}

  /**
   * @param ready is told when the server answers
   */
  static int run(Config config, Role role, Consumer<Mneme> ready) throws InterruptedException {
    Logging.setUp(config.log(), SecretMask.of(config.report().secrets()));
    config.report().warnings().forEach(warning -> System.err.println("mneme: " + warning));
    CountDownLatch unneeded = new CountDownLatch(1);
    try (Mneme mneme = Mneme.start(config, role, unneeded::countDown)) {
      // Closing twice is harmless: a signal may come while the server is closing by itself.
      Runtime.getRuntime().addShutdownHook(new Thread(mneme::close, "shutdown"));
      ready.accept(mneme);
      // A window that waits for its first answer needs the processor more than workers do.
      if (role == Role.SERVE || !unneeded.await(WARM_AFTER_MILLIS, TimeUnit.MILLISECONDS)) {
        mneme.warm();
      }
      unneeded.await();
    }
    return ExitCode.OK;
  }
}
