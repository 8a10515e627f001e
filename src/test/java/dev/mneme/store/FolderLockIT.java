package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder whose lock another process holds. */
class FolderLockIT {
  @TempDir Path temp;

  private Path data;
  private Process holder;

  @BeforeEach
  void hold() throws IOException {
    data = temp.resolve("data");
    holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(holder.getInputStream().read()).isEqualTo('.');
  }

  @AfterEach
  void end() throws InterruptedException {
    holder.destroyForcibly();
    assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aLivingHolderIsNamedAtOnce() {
    long before = System.nanoTime();

    assertThatThrownBy(() -> DataFolder.open(data))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("pid " + holder.pid());
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(4));
  }

  @Test
  void aHolderThatIsDeadByItsNoteIsWaitedFor() throws Exception {
    Files.writeString(
        data.resolve(DataFolder.LOCK), "pid " + holder.pid() + "\nstarted 1999-01-01T00:00:00Z\n");
    Thread ender = Thread.ofVirtual().start(this::letGoAfterAMoment);

    DataFolder.open(data).close();

    assertThat(holder.isAlive()).isFalse();
    ender.join();
  }

  private void letGoAfterAMoment() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    holder.destroyForcibly();
  }

  /** Opens the folder, says so by a dot and holds it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (DataFolder _ = DataFolder.open(Path.of(arguments[0]))) {
        System.out.write('.');
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }
}
