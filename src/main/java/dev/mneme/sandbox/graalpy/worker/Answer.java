package dev.mneme.sandbox.graalpy.worker;

/**
 * How a call ended.
 *
 * @param text the result as JSON when it is {@link Status#OK}, else one line that says what
 *     happened
 * @param reusable whether the context may run another call
 */
record Answer(Status status, String text, String traceback, boolean reusable) {
  enum Status {
    OK,
    ERROR,
    MEMORY,
    RESULT;

    String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Answer ok(String json) {
    return new Answer(Status.OK, json, "", true);
  }

  static Answer failed(Status status, String text, String traceback, boolean reusable) {
    return new Answer(status, text, traceback, reusable);
  }
}
