package dev.mneme.api.tools;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.http.Wire;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import dev.mneme.tool.ToolFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/tools/search}: by the words of names, tags and descriptions. */
public final class ToolSearchRoutes implements Group {
  private static final int FOUND = 50;
  private static final int MOST = 100;

  private final StoredTools tools;

  public ToolSearchRoutes(StoredTools tools) {
    this.tools = tools;
  }

  /**
   * @param combinedScore 1 for the first, 1/2 for the second, and so on: only the order counts
   */
  record Found(WireTool tool, int ftsRank, double combinedScore) {
    private static final Map<String, @Nullable Object> ABSENT =
        Wire.absent("embedded_text", "vector_rank");

    @JsonAnyGetter
    Map<String, @Nullable Object> absent() {
      return ABSENT;
    }
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post("/tools/search", this::search);
  }

  private Reply search(Call call) {
    Body body = call.body();
    int limit = body.integer("limit").orElse(FOUND);
    if (limit < 1 || limit > MOST) {
      throw body.wrong("limit", "between 1 and " + MOST);
    }
    Optional<String> text = body.text("query").filter(query -> !query.isBlank());
    Set<String> types = Set.copyOf(body.texts("tool_types").orElse(List.of()));
    List<String> tags = body.texts("tags").orElse(List.of());
    List<StoredTool> tools =
        text.isPresent()
            ? this.tools.search(call.owner(), text.get(), types, ToolFilter.MAX)
            : this.tools.list(call.owner(), newest(types));
    List<Found> found = new ArrayList<>();
    tools.stream()
        .filter(tool -> tags.isEmpty() || tool.tags().stream().anyMatch(tags::contains))
        .limit(limit)
        .forEach(tool -> {
          int rank = found.size() + 1;
          found.add(new Found(WireTool.of(call.owner(), tool), rank, 1.0 / rank));
        });
    return Reply.of(found);
  }

  private static ToolFilter newest(Set<String> types) {
    return new ToolFilter(
        Set.of(),
        Set.of(),
        Optional.empty(),
        types,
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        ToolFilter.MAX);
  }
}
