package dev.mneme.api.tools;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.tool.CallContext;
import dev.mneme.tool.Caller;
import dev.mneme.tool.CustomOutcome;
import dev.mneme.tool.CustomTools;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.Whereabouts;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/tools/run}: tries a source without keeping it. */
public final class ToolRunRoutes implements Group {
  private final CustomTools tools;
  private final Ids ids;
  private final InstantSource clock;

  public ToolRunRoutes(CustomTools tools, Ids ids, InstantSource clock) {
    this.tools = tools;
    this.ids = ids;
    this.clock = clock;
  }

  record Returned(
      String id,
      String date,
      String messageType,
      Optional<String> name,
      String toolReturn,
      String status,
      String toolCallId,
      List<String> stdout,
      List<String> stderr,
      Optional<String> sandbox,
      List<WireFile> files) {
    private static final Map<String, @Nullable Object> ABSENT =
        Wire.absent("otid", "sender_id", "step_id", "is_err", "seq_id", "run_id", "tool_returns");

    @JsonAnyGetter
    Map<String, @Nullable Object> absent() {
      return ABSENT;
    }
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.postWhileThere("/tools/run", this::run);
  }

  private Reply run(Call call) {
    Body body = call.body();
    ObjectNode arguments = body.object("args").orElseGet(Json.mapper()::createObjectNode);
    Whereabouts place = new Whereabouts();
    CustomOutcome outcome =
        tools.call(
            Caller.of(call.owner(), Caller.Face.REST),
            ToolBodies.draft(body),
            arguments,
            new CallContext(environment(body), files(body), Optional.empty(), place));
    return Reply.of(
        new Returned(
            ids.next("message"),
            Wire.time(clock.instant()),
            "tool_return_message",
            body.text("name"),
            outcome.text(),
            outcome.isError() ? "error" : "success",
            ids.next("call"),
            lines(outcome.stdout()),
            lines(outcome.stderr()),
            place.backend(),
            WireFile.of(outcome.artifacts())));
  }

  /** An addition of ours: files for the tool. */
  private static InputFiles files(Body body) {
    return body.any(InputFiles.ARGUMENT).map(InputFiles::read).orElse(InputFiles.NONE);
  }

  private static Map<String, String> environment(Body body) {
    Map<String, String> environment = new LinkedHashMap<>();
    body.map("env_vars")
        .orElse(Map.of())
        .forEach((name, value) -> environment.put(name, String.valueOf(value)));
    return environment;
  }

  /** What was printed, as a list of one text; empty where nothing was. */
  public static List<String> lines(String printed) {
    return printed.isEmpty() ? List.of() : List.of(printed);
  }
}
