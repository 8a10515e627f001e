package dev.mneme.run;

import java.util.Locale;

/** Why a run or a step ended. */
public enum StopReason {
  END_TURN(RunStatus.COMPLETED),
  ERROR(RunStatus.FAILED),
  LLM_API_ERROR(RunStatus.FAILED),
  INVALID_LLM_RESPONSE(RunStatus.FAILED),
  INVALID_TOOL_CALL(RunStatus.FAILED),
  MAX_STEPS(RunStatus.COMPLETED),
  MAX_TOKENS_EXCEEDED(RunStatus.FAILED),
  NO_TOOL_CALL(RunStatus.FAILED),
  TOOL_RULE(RunStatus.COMPLETED),
  CANCELLED(RunStatus.CANCELLED),
  INSUFFICIENT_CREDITS(RunStatus.FAILED),
  REQUIRES_APPROVAL(RunStatus.COMPLETED),
  CONTEXT_WINDOW_OVERFLOW_IN_SYSTEM_PROMPT(RunStatus.FAILED);

  private final RunStatus status;

  StopReason(RunStatus status) {
    this.status = status;
  }

  /** What a run that stops so has become. */
  public RunStatus status() {
    return status;
  }

  /** As the wire and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static StopReason of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
