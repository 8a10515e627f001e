package dev.mneme.cli;

import dev.mneme.app.StoredCalls;
import dev.mneme.common.Json;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme calls}. */
@Command(
    name = "calls",
    description = "Lists the calls of sandboxed tools and scripts, newest first.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  mneme calls --tool run_python --outcome tool_error --limit 5"})
final class CallsCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Option(names = "--tool", paramLabel = "NAME", description = "Only calls of this tool.")
  private @Nullable String tool;

  @Option(names = "--agent", paramLabel = "ID", description = "Only calls of this agent.")
  private @Nullable String agent;

  @Option(
      names = "--outcome",
      paramLabel = "WORD",
      description = "Only calls that ended so: ok, tool_error or protocol_error.")
  private @Nullable String outcome;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many, 1 to 1000; default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Whose calls, by the name in auth.keys; default: ${DEFAULT-VALUE}.")
  private String owner = "default";

  @Option(names = "--json", description = "Print JSON, one call a line.")
  private boolean json;

  @Override
  public Integer call() {
    CallQuery query =
        new CallQuery(
            Optional.ofNullable(tool),
            Optional.ofNullable(agent),
            Optional.ofNullable(outcome),
            Optional.empty(),
            limit);
    List<CallEntry> entries = StoredCalls.list(settings.load(), owner, query);
    entries.forEach(entry -> System.out.println(json ? asJson(entry) : asText(entry)));
    if (entries.isEmpty()) {
      System.err.println("mneme: there are no such calls");
    }
    return ExitCode.OK;
  }

  private static String asText(CallEntry entry) {
    String reason = entry.ending().reason();
    return String.format(
            Locale.ROOT,
            "%s  %-20s %-14s %-8s %-8s %8.1f ms  %s",
            entry.startedAt(),
            entry.tool(),
            entry.ending().outcome().text() + (reason.isEmpty() ? "" : ":" + reason),
            entry.caller().face().text(),
            entry.place().backend(),
            (entry.place().queue() + entry.place().start() + entry.place().run()) / 1_000.0,
            line(entry.arguments()))
        + (entry.ending().message().isEmpty() ? "" : "\n    " + line(entry.ending().message()));
  }

  private static String line(String text) {
    String one = text.replaceAll("\\p{Cntrl}+", " ");
    return one.length() > 120 ? one.substring(0, 119) + "…" : one;
  }

  private static String asJson(CallEntry entry) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", entry.id());
    all.put("started_at", entry.startedAt().toString());
    all.put("face", entry.caller().face().text());
    entry.caller().agentId().ifPresent(id -> all.put("agent_id", id));
    entry.caller().runId().ifPresent(id -> all.put("run_id", id));
    all.put("source", entry.source().text());
    all.put("tool", entry.tool());
    all.put("sha256", entry.sha256());
    all.put("backend", entry.place().backend());
    all.put("worker", entry.place().worker());
    all.put("arguments", entry.arguments());
    all.put("outcome", entry.ending().outcome().text());
    all.put("reason", entry.ending().reason());
    all.put("message", entry.ending().message());
    all.put("result_bytes", entry.traffic().result());
    all.put("bridge_requests", entry.traffic().requests());
    all.put("queue_micros", entry.place().queue());
    all.put("start_micros", entry.place().start());
    all.put("run_micros", entry.place().run());
    return Json.write(all);
  }
}
