package dev.mneme.tool;

import java.util.List;
import java.util.Optional;

/**
 * The state of one file of the library, for people.
 *
 * @param tool what can be called: the file as it is, or its last good version
 * @param problems why the present text of the file is no tool; empty when {@link State#READY}
 */
public record ToolFile(
    String fileName, State state, Optional<LibraryTool> tool, List<ToolProblem> problems) {
  public ToolFile {
    problems = List.copyOf(problems);
  }

  /** What a listing says about a file. */
  public enum State {
    /** The tool is the file as it is. */
    READY,
    /** The schema of a new or changed text is being derived; an older version may answer. */
    READING,
    /** The text has problems; the last good version, if there is one, answers. */
    BROKEN
  }
}
