package dev.mneme.tool;

import java.util.List;

/** The result of reading a tool file's schema: one of the two. */
public sealed interface SchemaReading {
  record Found(ToolSchema schema) implements SchemaReading {}

  /**
   * @param problems at least one, in the order of the file's lines
   */
  record Refused(List<ToolProblem> problems) implements SchemaReading {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refused file has a problem");
      }
    }
  }
}
