package dev.mneme.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two launchers never build at once, and one that was killed holds nobody up. */
@Timeout(60)
class BuildLockIT {
  private static final String LOCK =
      "home=$1; say() { echo \"$1\"; }; . src/main/launcher/build.sh; lock_build; cat"
          + " \"$lock/pid\"";

  @TempDir Path home;

  private Path noted;

  @BeforeEach
  void makeRoom() throws IOException {
    Path lock = Files.createDirectories(home.resolve("target/dist/.lock"));
    noted = lock.resolve("pid");
  }

  @Test
  void aLockOfAProcessThatEndedIsTaken() throws Exception {
    Files.writeString(noted, "999999999 1\n");

    assertTaken();
  }

  @Test
  void aLockWhoseNumberBelongsToAnotherProcessNowIsTaken() throws Exception {
    Files.writeString(noted, ProcessHandle.current().pid() + " 1\n");

    assertTaken();
  }

  @Test
  void aLockWithoutAWordOfItsHolderIsTakenAfterAMinute() throws Exception {
    Files.setLastModifiedTime(
        noted.getParent(), FileTime.from(Instant.now().minus(Duration.ofMinutes(3))));

    assertTaken();
  }

  @Test
  void aLockOfALivingProcessIsWaitedFor() throws Exception {
    Files.delete(noted.getParent());
    Process first = start(LOCK + "; read -r line");
    assertThat(first.inputReader().readLine()).startsWith(first.pid() + " ");

    Process second = start(LOCK);
    try (var lines = second.inputReader()) {
      assertThat(lines.readLine()).contains("waiting for the build that process " + first.pid());
      first.outputWriter().close();
      assertThat(lines.readLine()).startsWith(second.pid() + " ");
    }
  }

  private void assertTaken() throws Exception {
    Process process = start(LOCK);
    try (var lines = process.inputReader()) {
      assertThat(lines.readLine()).startsWith(process.pid() + " ");
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private Process start(String script) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", script, "sh", home.toString())
        .redirectErrorStream(true)
        .start();
  }
}
