package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.engine.builtin.BuiltIn;
import dev.mneme.model.ToolRequest;
import dev.mneme.tool.StoredTool;
import java.util.Optional;

/** What becomes of a model's request for a tool. */
sealed interface PlannedCall {
  ToolRequest request();

  /** Nothing is run; the model is told why. */
  record Refused(ToolRequest request, String text, boolean ruleBroken) implements PlannedCall {}

  /** Nothing is run; the model is told what it looked for. */
  record Found(ToolRequest request, String text) implements PlannedCall {}

  /**
   * It is run.
   *
   * @param tool the one that is meant, where the request is for the one that calls others
   */
  record Ready(
      ToolRequest request, StoredTool tool, ObjectNode arguments, Optional<BuiltIn> builtIn)
      implements PlannedCall {
    /** Whether the model had to look for the tool, as it is not shown its schema. */
    boolean isShelved() {
      return !request.name().equals(tool.name());
    }

    boolean isStored() {
      return builtIn.filter(tool -> tool instanceof BuiltIn.Stored).isPresent();
    }
  }
}
