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

  /** It is run. */
  record Ready(
      ToolRequest request, StoredTool tool, ObjectNode arguments, Optional<BuiltIn> builtIn)
      implements PlannedCall {
    boolean isStored() {
      return builtIn.filter(tool -> tool instanceof BuiltIn.Stored).isPresent();
    }
  }
}
