package dev.mneme.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentMessagesTest {
  @TempDir Path folder;
  private final Conversation here = Conversation.of(TestingMessages.agentId());
  private final RecentMessages recent = new RecentMessages();
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 1);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsLargeInAllMakesRoomOldestFirst() {
    String text = "x".repeat(RecentMessages.MAX_WEIGHT / 10);
    for (int i = 1; i <= 30; i++) {
      keep(TestingMessages.said(here, Role.USER, text).at(i));
      assertThat(recent.find(1)).as("read each time, so never the oldest").isPresent();
    }
    assertThat(recent.size()).isBetween(5, 10);
    assertThat(recent.find(2)).isEmpty();
    assertThat(recent.find(30)).isPresent();
  }

  @Test
  void nothingIsLeftOfAnAgentThatIsGone() {
    Conversation other = Conversation.of(TestingMessages.agentId());
    keep(TestingMessages.said(here, Role.USER, "mine").at(1));
    keep(TestingMessages.said(other, Role.USER, "other").at(2));

    recent.removeAgent(here.agentId());

    assertThat(recent.find(1)).isEmpty();
    assertThat(recent.find(2)).isPresent();
  }

  private void keep(Message message) {
    database
        .scope(Owner.DEFAULT)
        .read(reads -> {
          recent.keep(reads, List.of(message));
          return message;
        });
  }
}
