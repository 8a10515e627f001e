package dev.mneme.api.tools;

import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Cursors;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.common.Owner;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import dev.mneme.tool.ToolFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/tools}: those that came as source, the built-in ones and the library's. */
public final class ToolRoutes implements Group {
  private static final String ONE = "/tools/{tool_id}";

  private final StoredTools tools;

  public ToolRoutes(StoredTools tools) {
    this.tools = tools;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post("/tools", this::create);
    endpoints.put("/tools", this::upsert);
    endpoints.get("/tools", this::list);
    endpoints.get("/tools/count", call -> Reply.of(tools.count(call.owner())));
    endpoints.post("/tools/add-base-tools", this::baseTools);
    endpoints.get(ONE, call -> reply(call, tools.get(call.owner(), id(call))));
    endpoints.patch(ONE, this::update);
    endpoints.delete(ONE, this::delete);
  }

  private Reply create(Call call) {
    return reply(call, tools.create(call.owner(), ToolBodies.draft(call.body())));
  }

  private Reply upsert(Call call) {
    return reply(call, tools.upsert(call.owner(), ToolBodies.draft(call.body())));
  }

  private Reply update(Call call) {
    Body body = call.body();
    return reply(call, tools.update(call.owner(), id(call), ToolBodies.update(body)));
  }

  private Reply delete(Call call) {
    tools.delete(call.owner(), id(call));
    return Reply.nothing();
  }

  private Reply list(Call call) {
    Cursors cursors = Cursors.of(call.page(50, true));
    Set<String> names = new HashSet<>(call.queries("names"));
    call.query("name").ifPresent(names::add);
    ToolFilter filter =
        new ToolFilter(
            names,
            Set.copyOf(call.queries("tool_ids")),
            call.query("search"),
            Set.copyOf(call.queries("tool_types")),
            Set.copyOf(call.queries("exclude_tool_types")),
            call.flag("return_only_letta_tools").orElse(false),
            cursors.below(),
            cursors.above(),
            cursors.ascending(),
            cursors.limit());
    return Reply.of(wire(call.owner(), cursors.ordered(tools.list(call.owner(), filter))));
  }

  /** They are always there; older clients ask for them all the same. */
  private Reply baseTools(Call call) {
    ToolFilter builtIn =
        new ToolFilter(
            Set.of(),
            Set.of(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            true,
            Optional.empty(),
            Optional.empty(),
            true,
            ToolFilter.MAX);
    return Reply.of(wire(call.owner(), tools.list(call.owner(), builtIn)));
  }

  private static List<WireTool> wire(Owner owner, List<StoredTool> some) {
    return some.stream().map(tool -> WireTool.of(owner, tool)).toList();
  }

  private static String id(Call call) {
    return call.id("tool_id", "tool");
  }

  private static Reply reply(Call call, StoredTool tool) {
    return Reply.of(WireTool.of(call.owner(), tool));
  }
}
