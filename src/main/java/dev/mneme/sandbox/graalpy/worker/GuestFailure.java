package dev.mneme.sandbox.graalpy.worker;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/** Puts an error that Python code could not catch itself into words. */
final class GuestFailure {
  private GuestFailure() {}

  static Answer of(PolyglotException e, Call call) {
    if (e.isExit()) {
      return failed(
          "The code ended the interpreter (exit status " + e.getExitStatus() + ").", e, call);
    }
    if (e.isResourceExhausted()) {
      return Answer.failed(
          Answer.Status.MEMORY, "The code used up the memory or the stack.", trace(e, call), false);
    }
    if (e.isInternalError()) {
      String text = String.valueOf(e.getMessage());
      if (text.contains("SecurityException")) {
        return failed("PermissionError: the sandbox does not allow this operation.", e, call);
      }
      return failed("The Python interpreter failed on this code.", e, call);
    }
    return failed(PythonContext.cut(String.valueOf(e.getMessage())), e, call);
  }

  private static Answer failed(String text, PolyglotException e, Call call) {
    return Answer.failed(Answer.Status.ERROR, text, trace(e, call), false);
  }

  /** The frames in the user's file, in Python's form and order. */
  private static String trace(PolyglotException e, Call call) {
    StringBuilder lines = new StringBuilder();
    String[] source = call.source().split("\n", -1);
    int shown = 0;
    for (PolyglotException.StackFrame frame : e.getPolyglotStackTrace()) {
      SourceSection place = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      if (place == null || !place.getSource().getName().equals(call.name()) || ++shown > 40) {
        continue;
      }
      int line = place.getStartLine();
      String text =
          line >= 1 && line <= source.length ? "    " + source[line - 1].strip() + "\n" : "";
      lines.insert(
          0,
          "  File \"%s\", line %d, in %s%n%s"
              .formatted(call.name(), line, frame.getRootName(), text));
    }
    return shown == 0 ? "" : "Traceback (most recent call last):\n" + lines;
  }
}
