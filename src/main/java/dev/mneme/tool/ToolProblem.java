package dev.mneme.tool;

/**
 * One thing wrong with a tool file, said so that its author can mend it.
 *
 * @param file the file name, without a folder
 * @param line counted from 1; 0 when the problem is not at a line
 * @param column counted from 1; 0 when it is not at a column
 * @param message what is wrong
 * @param fix what to write instead; never empty
 */
public record ToolProblem(String file, int line, int column, String message, String fix) {

  static ToolProblem of(String file, int line, String message, String fix) {
    return new ToolProblem(file, line, 0, message, fix);
  }

  /** {@code calculator.py:12:5: what is wrong; what to write}. */
  public String text() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
      if (column > 0) {
        text.append(':').append(column);
      }
    }
    return text.append(": ").append(message).append("; ").append(fix).toString();
  }
}
