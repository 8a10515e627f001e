package dev.mneme.api.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.ToolRule;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Paging;
import dev.mneme.api.http.Reply;
import dev.mneme.api.tools.ToolRunRoutes;
import dev.mneme.api.tools.WireFile;
import dev.mneme.api.tools.WireTool;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.ToolRunner;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import dev.mneme.tool.Caller;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.Whereabouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The tools of an agent: attached, run outside a turn, made to need approval. */
public final class AgentToolRoutes implements Group {
  private static final String TOOLS = "/agents/{agent_id}/tools";

  private final AgentService agents;
  private final StoredTools tools;
  private final ToolRunner runner;
  private final AgentViews views;

  public AgentToolRoutes(
      AgentService agents, StoredTools tools, ToolRunner runner, AgentViews views) {
    this.agents = agents;
    this.tools = tools;
    this.runner = runner;
    this.views = views;
  }

  private record Result(
      String status,
      Optional<JsonNode> funcReturn,
      List<String> stdout,
      List<String> stderr,
      Optional<WireAgent> agentState,
      Optional<String> sandboxConfigFingerprint,
      Optional<String> sandbox,
      List<WireFile> files) {}

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get(TOOLS, this::list);
    endpoints.patch(TOOLS + "/attach/{tool_id}", this::attach);
    endpoints.patch(TOOLS + "/detach/{tool_id}", this::detach);
    endpoints.patch(TOOLS + "/approval/{tool_name}", this::approval);
    endpoints.postWhileThere(TOOLS + "/{tool_name}/run", this::run);
  }

  private Reply list(Call call) {
    List<StoredTool> page = Paging.cut(attached(call), StoredTool::id, call.page(10, true));
    return Reply.of(page.stream().map(tool -> WireTool.of(call.owner(), tool)).toList());
  }

  private Reply attach(Call call) {
    StoredTool tool = tools.get(call.owner(), call.id("tool_id", "tool"));
    change(
        call,
        settings -> {
          List<String> ids = new ArrayList<>(settings.toolIds());
          ids.add(tool.id());
          AgentSettings with = settings.withTools(ids.stream().distinct().toList());
          return tool.requiresApproval() ? approving(with, tool.name(), true) : with;
        });
    return views.replyToOlder(call);
  }

  private Reply detach(Call call) {
    String id = call.id("tool_id", "tool");
    change(
        call,
        settings ->
            settings.withTools(
                settings.toolIds().stream().filter(held -> !held.equals(id)).toList()));
    return views.replyToOlder(call);
  }

  private Reply approval(Call call) {
    Body body = call.body();
    boolean required =
        body.flag("requires_approval")
            // So the TypeScript client 1.12.1 calls it.
            .or(() -> body.flag("body_requires_approval"))
            .or(() -> call.flag("requires_approval"))
            .orElseThrow(() -> body.missing("requires_approval"));
    String name = byName(call).name();
    change(call, settings -> approving(settings, name, required));
    return views.replyToOlder(call);
  }

  private Reply run(Call call) {
    StoredTool tool = byName(call);
    ObjectNode arguments = call.body().object("args").orElseGet(Json.mapper()::createObjectNode);
    Whereabouts place = new Whereabouts();
    ToolOutcome outcome =
        runner.run(
            Caller.forAgent(call.owner(), Caller.Face.REST, AgentIds.of(call)),
            tool,
            arguments,
            byTool(tool),
            place);
    List<String> printed = ToolRunRoutes.lines(outcome.stdout());
    Optional<String> ran = place.backend();
    List<WireFile> files = WireFile.of(outcome);
    List<String> errors = new ArrayList<>(ToolRunRoutes.lines(outcome.stderr()));
    return Reply.of(
        switch (outcome) {
          case ToolOutcome.Success success ->
              result("success", Optional.of(success.value()), printed, errors, ran, files);
          case ToolOutcome.Failure failure -> {
            errors.add(failure.traceback().isEmpty() ? failure.message() : failure.traceback());
            JsonNode message = Json.mapper().getNodeFactory().textNode(failure.message());
            yield result("error", Optional.of(message), printed, errors, ran, files);
          }
        });
  }

  /** What a tool's code writes is not the person's who called it; what they asked for is. */
  private static Change byTool(StoredTool tool) {
    Origin origin = tool.type().startsWith("letta_") ? Origin.USER : Origin.TOOL;
    return Change.by("rest", origin).fromSource("tool:" + tool.name());
  }

  private static Result result(
      String status,
      Optional<JsonNode> value,
      List<String> stdout,
      List<String> stderr,
      Optional<String> ran,
      List<WireFile> files) {
    return new Result(
        status, value, stdout, stderr, Optional.empty(), Optional.empty(), ran, files);
  }

  private void change(Call call, UnaryOperator<AgentSettings> update) {
    agents.updateSettings(call.owner(), AgentIds.of(call), update, call.change());
  }

  private static AgentSettings approving(AgentSettings settings, String tool, boolean required) {
    List<ToolRule> rules = new ArrayList<>(settings.toolRules());
    rules.removeIf(
        rule -> rule instanceof ToolRule.RequiresApproval && rule.toolName().equals(tool));
    if (required) {
      rules.add(new ToolRule.RequiresApproval(tool));
    }
    return settings.withRules(rules);
  }

  private List<StoredTool> attached(Call call) {
    Owner owner = call.owner();
    return tools.ofIds(owner, agents.get(owner, AgentIds.of(call)).settings().toolIds());
  }

  private StoredTool byName(Call call) {
    String name = call.path("tool_name");
    return attached(call).stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            MnemeException.notFound(
                "tool_not_attached",
                "The agent has no tool of this name; attach it first, or check the name."));
  }
}
