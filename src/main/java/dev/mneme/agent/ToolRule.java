package dev.mneme.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an agent may call when; names and forms are those of the Letta API. */
public sealed interface ToolRule {
  String toolName();

  /** Must be called first; with these arguments where given. */
  record RunFirst(String toolName, Optional<Map<String, Object>> args) implements ToolRule {}

  /** Ends the turn. */
  record ExitLoop(String toolName) implements ToolRule {}

  /** The turn goes on after it. */
  record ContinueLoop(String toolName) implements ToolRule {}

  /** After it only these. */
  record Children(String toolName, List<String> children, List<ChildArgs> childArgNodes)
      implements ToolRule {
    public Children {
      children = List.copyOf(children);
      childArgNodes = List.copyOf(childArgNodes);
    }
  }

  /** Arguments a child gets, whatever the model says. */
  record ChildArgs(String name, Optional<Map<String, Object>> args) {}

  /** These only right after it. */
  record ParentLast(String toolName, List<String> children) implements ToolRule {
    public ParentLast {
      children = List.copyOf(children);
    }
  }

  /** After it, the tool its answer leads to. */
  record Conditional(
      String toolName,
      Map<String, String> childOutputMapping,
      Optional<String> defaultChild,
      boolean requireOutputMapping)
      implements ToolRule {
    public Conditional {
      childOutputMapping = Map.copyOf(childOutputMapping);
    }
  }

  /** At most so often in a request. */
  record MaxCount(String toolName, int maxCountLimit) implements ToolRule {}

  /** The turn cannot end without it. */
  record RequiredBeforeExit(String toolName) implements ToolRule {}

  /** A person has to agree to each call. */
  record RequiresApproval(String toolName) implements ToolRule {}
}
