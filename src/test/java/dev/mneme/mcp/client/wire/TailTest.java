package dev.mneme.mcp.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TailTest {
  @TempDir Path folder;
  private final Deque<Runnable> writes = new ArrayDeque<>();
  private Path file;
  private Tail tail;

  @BeforeEach
  void start() {
    file = folder.resolve("one.log");
    tail = new Tail(Optional.of(file), writes::add);
  }

  @Test
  void whoKeepsItWaitsForNoDiskAndAFloodWaitsForOneWriteOnly() throws IOException {
    for (int look = 0; look < 1_000; look++) {
      tail.add("line " + look + "\n");
      tail.keep();
    }
    assertThat(writes).hasSize(1);
    assertThat(file).doesNotExist();

    writes.remove().run();
    assertThat(Files.readString(file)).endsWith("line 999\n");
    tail.keep();
    assertThat(writes).isEmpty();
    tail.add("more\n");
    tail.keep();
    assertThat(writes).hasSize(1);
  }

  @Test
  void whatIsLeftWhenAProgramEndsIsWrittenToo() throws IOException {
    try (TailWriter writer = new TailWriter()) {
      Tail last = new Tail(Optional.of(file), writer);
      byte[] said = "cannot find my database".getBytes(StandardCharsets.UTF_8);
      new ErrorStream(new ByteArrayInputStream(said), last).close();
    }
    assertThat(Files.readString(file)).isEqualTo("cannot find my database");
  }

  @Test
  void afterTheEndNothingIsWrittenAndNothingFails() {
    Tail late =
        new Tail(
            Optional.of(file),
            _ -> {
              throw new RejectedExecutionException("ended");
            });
    late.add("late");
    late.keep();
    assertThat(late.text()).isEqualTo("late");
  }
}
