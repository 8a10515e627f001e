package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SetBuildsTest {
  private final AtomicInteger built = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void aSlowBuildGoesOnWithoutWhoWaitedAndIsDoneOnce() throws IOException {
    SetBuilds hasty = new SetBuilds(Duration.ofMillis(50));
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(MnemeException.class)
          .isThrownBy(() -> hasty.await("slow", this::slowly))
          .withMessageContaining("Run the code again in a moment");
    }
    gate.countDown();
    await().atMost(Duration.ofSeconds(20)).until(() -> built.get() == 1);
    assertThat(built).hasValue(1);
  }

  @Test
  void noMoreThanEightSetsAreInTheMaking() {
    SetBuilds hasty = new SetBuilds(Duration.ofMillis(1));
    for (int i = 0; i < 8; i++) {
      String name = "set-" + i;
      assertThatExceptionOfType(MnemeException.class)
          .isThrownBy(() -> hasty.await(name, this::slowly))
          .returns("packages_being_built", MnemeException::code);
    }
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> hasty.await("one-more", this::slowly))
        .withMessageContaining("8 sets is the most");
    gate.countDown();
  }

  @Test
  void whyABuildFailedIsSaidAndItCanBeTriedAgain() throws IOException {
    SetBuilds builds = new SetBuilds(Duration.ofSeconds(30));
    assertThatIOException()
        .isThrownBy(() ->
            builds.await(
                "set",
                () -> {
                  throw new IOException("the disk is full");
                }))
        .withMessageContaining("the disk is full");
    builds.await("set", built::incrementAndGet);
    assertThat(built).hasValue(1);
  }

  private void slowly() {
    try {
      gate.await();
      built.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
