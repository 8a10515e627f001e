package dev.mneme.sandbox.consent;

import dev.mneme.tool.ToolCall;

/** Sees to it that a person has agreed to a call. Thread-safe. */
@FunctionalInterface
public interface Consent {
  /** Of commands: whoever runs one by hand has agreed by that. */
  Consent OPERATOR = (call, why) -> {};

  /**
   * Returns when a person agrees to this one call; may wait for that for minutes.
   *
   * @param why what the person is to know; an agreement counts for the same reason only
   * @throws dev.mneme.common.MnemeException {@code approval_pending}: nobody could be asked now,
   *     {@code approval_denied}, {@code too_many_approvals}
   */
  void require(ToolCall call, String why);
}
