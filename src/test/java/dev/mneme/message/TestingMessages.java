package dev.mneme.message;

import dev.mneme.common.Ids;
import dev.mneme.memory.journal.Origin;
import dev.mneme.model.Content;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Messages as tests need them. */
public final class TestingMessages {
  private static final Ids IDS = new Ids(new Random(System.nanoTime()), Clock.systemUTC());

  private TestingMessages() {}

  public static String agentId() {
    return IDS.next("agent");
  }

  public static Message said(Conversation conversation, Role role, String text) {
    return of(conversation, role, List.of(Content.text(text)), Optional.empty(), Optional.empty());
  }

  public static Message of(
      Conversation conversation,
      Role role,
      List<Content> content,
      Optional<String> runId,
      Optional<String> stepId) {
    return new Message(
        IDS.next("message"),
        conversation,
        role,
        Origin.USER,
        content,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        stepId,
        runId,
        false,
        Instant.parse("2026-11-22T10:00:00Z"),
        0);
  }
}
