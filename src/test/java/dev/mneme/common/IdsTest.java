package dev.mneme.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void anIdHasTheFormOfTheApi() {
    Ids ids = new Ids(new Random(1), Clock.systemUTC());
    for (int i = 0; i < 1000; i++) {
      String id = ids.next("agent");
      assertThat(id).matches(text -> Ids.isId("agent", text)).hasSize("agent-".length() + 36);
    }
    assertThat(Ids.named("tool", "x")).matches(text -> Ids.isId("tool", text));
  }

  @Test
  void whatIsMadeLaterSortsLater() {
    Random random = new Random(2);
    String before = "";
    for (int i = 0; i < 1000; i++) {
      Instant now = NOON.plus(Duration.ofMillis(i));
      String id = new Ids(random, InstantSource.fixed(now)).next("block");
      assertThat(id).isGreaterThan(before);
      before = id;
    }
  }

  @Test
  void manyOfOneMomentAreDifferent() {
    Ids ids = new Ids(new Random(3), Clock.fixed(NOON, ZoneOffset.UTC));
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      made.add(ids.next("message"));
    }
    assertThat(made).hasSize(100_000);
  }
}
