package dev.mneme.cli;

import dev.mneme.app.Mneme;
import java.util.concurrent.CountDownLatch;

/** Keeps a server running until the process is told to end, and closes it then. */
final class Serving {
  private final Mneme mneme;
  private final CountDownLatch ended = new CountDownLatch(1);

  Serving(Mneme mneme) {
    this.mneme = mneme;
    Runtime.getRuntime().addShutdownHook(new Thread(mneme::close, "shutdown"));
  }

  int untilStopped() throws InterruptedException {
    ended.await();
    mneme.close();
    return ExitCode.OK;
  }

  /** Ends it from inside, as when nobody needs it any more. */
  void stop() {
    ended.countDown();
  }
}
