package dev.mneme.tool;

/**
 * Python appended to a tool whose function wants objects where JSON has none: data classes, models,
 * tuples, a left-out optional without a default. It stands after the tool's text, so line numbers
 * stay.
 */
final class CallAdapter {
  static final String FUNCTION = "__mneme_call__";

  private static final String PYTHON = Resources.text("call_adapter.py");

  private static final String CUSTOM = Resources.text("custom_call.py");

  private CallAdapter() {}

  /** The same for a tool that came as source, which is given its agent and its environment too. */
  static String custom(String source, String function, String name) {
    return source
        + "\n\n"
        + PYTHON
        + "\n"
        + CUSTOM
        + "\n"
        + name
        + " = __mneme_custom__("
        + function
        + ")\n";
  }

  static String adapt(String source, String function) {
    return source + "\n\n" + PYTHON + "\n" + FUNCTION + " = __mneme_adapter__(" + function + ")\n";
  }
}
