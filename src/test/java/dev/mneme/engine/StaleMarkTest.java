package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaleMarkTest {
  private final StaleMark mark = new StaleMark();

  @Test
  void aChangeIsTakenOnce() {
    mark.set();
    assertThat(mark.take()).isTrue();
    assertThat(mark.take()).isFalse();
  }

  @Test
  void whatTheRunItselfHasCompiledIsNotStale() {
    mark.compiled();
    mark.set();
    assertThat(mark.take()).isFalse();
  }

  @Test
  void whatOthersChangeMeanwhileIsStale() throws InterruptedException {
    mark.compiled();
    Thread.ofVirtual().start(mark::set).join();
    assertThat(mark.take()).isTrue();
  }

  @Test
  void whatTheRunChangesAfterwardsIsStale() {
    mark.compiled();
    mark.over();
    mark.set();
    assertThat(mark.take()).isTrue();
  }
}
