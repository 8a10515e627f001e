package dev.mneme.engine.turn;

import java.time.Instant;
import java.util.List;

/**
 * A turn that waits for a commit.
 *
 * @param id that of its run
 */
public record OpenedTurn(
    String id,
    String agentId,
    String conversationId,
    TurnContext context,
    List<Offer> operations,
    Instant expiresAt) {
  public OpenedTurn {
    operations = List.copyOf(operations);
  }
}
