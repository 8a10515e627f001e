package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;
import java.util.List;
import java.util.Map;

/** Suggests values for arguments of prompts and resource templates. Thread-safe. */
@FunctionalInterface
public interface Completer {
  /**
   * All values that begin with what was typed, best first; none where nothing is known.
   *
   * @param argument the name of the argument or template variable
   * @param others values already chosen for other arguments
   */
  List<String> complete(Owner owner, String argument, String typed, Map<String, String> others);
}
