package dev.mneme.api.tools;

import dev.mneme.api.http.RawJson;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Owner;
import dev.mneme.tool.StoredTool;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tools as clients read them, as text: every agent is shown with all of its tools, and those of
 * Mneme are the same in each. Thread-safe.
 */
public final class ToolTexts {
  private static final int MAX = 5_000;

  private record Written(StoredTool tool, RawJson text) {}

  private final ConcurrentMap<String, Written> written = new ConcurrentHashMap<>();

  @SuppressWarnings("ReferenceEquality") // The object itself: comparing all of it costs as much.
  public RawJson of(Owner owner, StoredTool tool) {
    Written known = written.get(tool.id());
    if (known != null && known.tool() == tool) {
      return known.text();
    }
    RawJson text = new RawJson(Wire.line(WireTool.of(owner, tool)));
    if (written.size() >= MAX) {
      written.clear();
    }
    written.put(tool.id(), new Written(tool, text));
    return text;
  }
}
