package dev.mneme.sandbox.graalpy.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MemoryFileTest {
  private static final int MOST = 400_000;

  @RepeatedTest(20)
  void aFileHoldsWhatWasWrittenAsAnArrayWould(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    MemoryFile file = new MemoryFile(new MemoryTree.Room(1 << 20));
    byte[] model = new byte[MOST];
    int size = 0;
    for (int i = 0; i < 60; i++) {
      int at = random.nextInt(MOST / (random.nextBoolean() ? 1 : 1_000));
      if (random.nextInt(4) == 0) {
        file.truncate(at);
        Arrays.fill(model, Math.min(at, size), size, (byte) 0);
        size = Math.min(at, size);
      } else {
        byte[] some = new byte[random.nextInt(Math.min(100_000, MOST - at))];
        random.nextBytes(some);
        file.write(at, some, 0, some.length);
        System.arraycopy(some, 0, model, at, some.length);
        size = Math.max(size, at + some.length);
      }
      assertThat(file.size()).isEqualTo(size);
      assertThat(file.content()).isEqualTo(Arrays.copyOf(model, size));
    }
  }

  @Test
  void aFullRoomIsSaidAndGivenBack() throws IOException {
    MemoryTree.Room room = new MemoryTree.Room(200_000);
    MemoryFile file = new MemoryFile(room);
    file.write(0, new byte[150_000], 0, 150_000);
    assertThatThrownBy(() -> file.write(150_000, new byte[100_000], 0, 100_000))
        .hasMessageContaining("No space left");
    assertThat(file.size()).isEqualTo(150_000);
    file.unlink();
    assertThat(room.take(200_000)).isTrue();
  }
}
