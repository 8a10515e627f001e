package dev.mneme.tool;

import java.util.List;
import java.util.Optional;

/**
 * What {@code mneme tools check} says about a file.
 *
 * @param tool what the file would be in the library; absent when it has problems
 */
public record ToolCheck(Optional<LibraryTool> tool, List<ToolProblem> problems) {
  public ToolCheck {
    problems = List.copyOf(problems);
  }
}
