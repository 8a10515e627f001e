package dev.mneme.tool;

/**
 * Python appended to a tool whose function wants objects where JSON has none: data classes, models,
 * tuples, a left-out optional without a default. It stands after the tool's text, so line numbers
 * stay.
 */
final class CallAdapter {
  static final String FUNCTION = "__mneme_call__";

  private static final String PYTHON = Resources.text("call_adapter.py");

  private CallAdapter() {}

  static String adapt(String source, String function) {
    return source + "\n\n" + PYTHON + "\n" + FUNCTION + " = __mneme_adapter__(" + function + ")\n";
  }
}
