package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void closesInReverseOrderWhetherOrNotOthersFailAndOnlyOnce() {
    List<String> closed = new ArrayList<>();
    Closing closing = new Closing();
    closing.add(() -> closed.add("first"));
    closing.add(() -> {
      closed.add("second");
      throw new IllegalStateException("on purpose");
    });
    closing.add(() -> closed.add("third"));

    closing.close();
    closing.close();

    assertThat(closed).containsExactly("third", "second", "first");
  }
}
