package dev.mneme.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The kernel is asked how it treats a thread. */
@EnabledOnOs(OS.LINUX)
class BackgroundWorkTest {
  private static final int NICENESS = 16;

  @Test
  void aThreadThatGivesWayIsNicer() throws Exception {
    assertThat(
            inThread(() -> {
              BackgroundWork.giveWay();
              return kernelsView().get(NICENESS);
            }))
        .isEqualTo("10");
  }

  private static String inThread(Callable<String> work)
      throws ExecutionException, InterruptedException {
    FutureTask<String> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task.get();
  }

  /** What stands behind the thread's name in its line of numbers. */
  private static List<String> kernelsView() throws IOException {
    String line = Files.readString(Path.of("/proc/thread-self/stat"));
    return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1));
  }
}
