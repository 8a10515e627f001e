package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs tools that came as source, untrusted, in a sandbox. Arguments become what the function's
 * annotations ask for. Thread-safe.
 *
 * <p>A function that names {@code agent_state} or {@code agent_id} is given them. The environment
 * it is given is what {@code os.environ} shows it; its values are taken out of all that comes back.
 */
public final class CustomTools {
  static final String AGENT_ID = "agent_id";
  private static final String FUNCTION = "__mneme_tool__";
  private static final String HIDDEN = "[secret]";

  /** Shorter values would hide what is no secret. */
  private static final int MIN_SECRET = 6;

  private final StoredTools tools;
  private final ToolBackend backend;
  private final ToolLimits limits;

  public CustomTools(StoredTools tools, ToolBackend backend, ToolLimits limits) {
    this.tools = tools;
    this.backend = backend;
    this.limits = limits;
  }

  /**
   * Calls a stored tool and waits for its end; interrupting stops it.
   *
   * @throws MnemeException {@code unknown_tool} where it is no tool with a source of its own
   */
  public CustomOutcome call(
      Caller caller, StoredTool tool, ObjectNode arguments, CallContext context) {
    CustomTool custom =
        tools
            .custom(caller.owner(), tool.id())
            .orElseThrow(() ->
                MnemeException.notFound(
                    "unknown_tool", "The tool " + tool.name() + " has no source of its own."));
    return run(caller, custom, arguments, context);
  }

  /**
   * Tries a source without keeping it.
   *
   * @throws MnemeException as {@link StoredTools#create}
   */
  public CustomOutcome call(
      Caller caller, ToolDraft draft, ObjectNode arguments, CallContext context) {
    return run(caller, tools.preview(draft), arguments, context);
  }

  private CustomOutcome run(
      Caller caller, CustomTool custom, ObjectNode arguments, CallContext context) {
    String source = custom.tool().sourceCode().orElse("");
    ToolCode code =
        ToolCode.of(
            custom.tool().name() + ".py",
            CallAdapter.custom(source, custom.function(), FUNCTION),
            Trust.UNTRUSTED);
    ObjectNode given = Json.mapper().createObjectNode();
    given.set("arguments", arguments);
    ObjectNode environment = given.putObject("environment");
    context.environment().forEach(environment::put);
    context
        .agent()
        .ifPresentOrElse(agent -> given.set("agent", agent), () -> given.putNull("agent"));
    ToolCall call =
        new ToolCall(
            caller,
            ToolIdentity.custom(custom.tool().name(), source, custom.tool().packages()),
            code,
            Optional.of(FUNCTION),
            given,
            limits,
            context.listener());
    ToolOutcome outcome = backend.call(call.with(Setup.of(context.files())));
    return outcome(custom.tool(), outcome, secrets(context));
  }

  private static CustomOutcome outcome(StoredTool tool, ToolOutcome outcome, List<String> secrets) {
    String stdout = hide(outcome.stdout(), secrets);
    String stderr = hide(outcome.stderr(), secrets);
    return switch (outcome) {
      case ToolOutcome.Success success -> {
        JsonNode result = success.value().path("result");
        String text = hide(result.isTextual() ? result.asText() : text(result), secrets);
        Map<String, String> blocks = new HashMap<>();
        success
            .value()
            .path("blocks")
            .properties()
            .forEach(block -> blocks.put(block.getKey(), block.getValue().asText()));
        yield new CustomOutcome(
            false,
            Optional.empty(),
            cut(text, tool.returnCharLimit()),
            stdout,
            stderr,
            blocks,
            success.artifacts());
      }
      case ToolOutcome.Failure failure ->
          new CustomOutcome(
              true,
              Optional.of(failure.reason()),
              cut(hide(failure.message(), secrets), tool.returnCharLimit()),
              stdout,
              hide(traced(stderr, failure.traceback()), secrets),
              Map.of(),
              List.of());
    };
  }

  private static String traced(String stderr, String traceback) {
    return traceback.isEmpty() ? stderr : stderr.isEmpty() ? traceback : stderr + "\n" + traceback;
  }

  private static String text(JsonNode result) {
    return result.isNull() || result.isMissingNode() ? "None" : Json.write(result);
  }

  /** As much of an answer as may be, and a note that says what is missing. */
  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    return Texts.head(text, limit)
        + "... [NOTE: the answer of the tool was cut: "
        + text.length()
        + " characters > "
        + limit
        + "]";
  }

  private static List<String> secrets(CallContext context) {
    return context.environment().values().stream()
        .filter(value -> value.length() >= MIN_SECRET)
        .distinct()
        .sorted((left, right) -> right.length() - left.length())
        .toList();
  }

  private static String hide(String text, List<String> secrets) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, HIDDEN);
    }
    return shown;
  }
}
