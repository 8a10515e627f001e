package dev.mneme.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.agent.TestingMemory;
import dev.mneme.common.MnemeException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A memory of its own for each test. */
abstract class MemoryTest {
  @TempDir Path folder;
  TestingMemory memory;

  @BeforeEach
  void open() {
    memory = new TestingMemory(folder);
  }

  @AfterEach
  void close() {
    memory.close();
  }

  static MnemeException refused(String code, ThrowingCallable call) {
    MnemeException[] found = new MnemeException[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MnemeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              found[0] = e;
            });
    return found[0];
  }
}
