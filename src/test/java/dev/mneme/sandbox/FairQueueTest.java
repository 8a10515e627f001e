package dev.mneme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  @Test
  void ownersAreServedInTurnAndEachInOrder() {
    FairQueue<String> queue = new FairQueue<>(10, 10);
    List.of("a1", "a2", "a3", "b1", "c1", "c2")
        .forEach(item -> assertThat(queue.offer(item.substring(0, 1), item)).isTrue());
    assertThat(drainInOrder(queue)).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
  }

  @Test
  void bothBoundsHold() {
    FairQueue<Integer> queue = new FairQueue<>(3, 2);
    assertThat(queue.offer("a", 1)).isTrue();
    assertThat(queue.offer("a", 2)).isTrue();
    assertThat(queue.offer("a", 3)).isFalse();
    assertThat(queue.offer("b", 4)).isTrue();
    assertThat(queue.offer("c", 5)).isFalse();
    assertThat(queue.size()).isEqualTo(3);
  }

  @Test
  void nothingIsLostOrServedTwiceWhateverTheOrder() {
    long seed = 20261122;
    Random random = new Random(seed);
    FairQueue<Integer> queue = new FairQueue<>(50, 20);
    Map<Integer, String> inside = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      String owner = "owner" + random.nextInt(5);
      switch (random.nextInt(3)) {
        case 0 -> {
          if (queue.offer(owner, step)) {
            inside.put(step, owner);
          }
        }
        case 1 -> queue.poll().ifPresent(item -> assertThat(inside.remove(item)).isNotNull());
        default -> {
          if (!inside.isEmpty()) {
            int item = inside.keySet().iterator().next();
            assertThat(queue.remove(inside.remove(item), item)).isTrue();
          }
        }
      }
      assertThat(queue.size()).as("seed %s step %s", seed, step).isEqualTo(inside.size());
    }
    assertThat(drainInOrder(queue)).containsExactlyInAnyOrderElementsOf(inside.keySet());
    assertThat(queue.poll()).isEmpty();
  }

  private static <T> List<T> drainInOrder(FairQueue<T> queue) {
    List<T> order = new ArrayList<>();
    for (Optional<T> item = queue.poll(); item.isPresent(); item = queue.poll()) {
      order.add(item.get());
    }
    return order;
  }
}
