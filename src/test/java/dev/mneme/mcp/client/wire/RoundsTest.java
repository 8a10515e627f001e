package dev.mneme.mcp.client.wire;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RoundsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Rounds rounds = new Rounds();
  private final AtomicInteger fine = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void aLookThatFailsStopsNoOther() {
    rounds.add(() -> {
      failed.incrementAndGet();
      throw new IllegalStateException("on purpose");
    });
    rounds.add(() -> {
      failed.incrementAndGet();
      throw new StackOverflowError("on purpose");
    });
    rounds.add(() -> fine.incrementAndGet() > 0);
    await().atMost(LONG).until(() -> fine.get() > 3 && failed.get() > 6);
  }

  @Test
  void afterTheLastLookHasEndedAnotherStartsAnew() throws InterruptedException {
    rounds.add(() -> fine.incrementAndGet() < 2);
    await().atMost(LONG).until(() -> fine.get() == 2);
    // The thread ends at its next round, or takes the new look with it: both are right.
    TimeUnit.MILLISECONDS.sleep(250);
    rounds.add(() -> fine.incrementAndGet() < 5);
    await().atMost(LONG).until(() -> fine.get() == 5);
  }

  @Test
  void whereItsThreadIsInterruptedAnotherTakesOver() {
    rounds.add(() -> {
      if (fine.incrementAndGet() == 1) {
        Thread.currentThread().interrupt();
      }
      return true;
    });
    await()
        .atMost(LONG)
        .until(() -> {
          rounds.add(() -> false);
          return fine.get() > 3;
        });
  }
}
