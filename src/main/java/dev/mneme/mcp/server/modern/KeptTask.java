package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.KeptWork;
import dev.mneme.mcp.server.methods.ToolMethods;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Work that is only written down, as a task. */
final class KeptTask {
  private KeptTask() {}

  static ObjectNode of(String id, KeptWork.Kept kept) {
    ObjectNode task = Results.empty().put("taskId", id);
    task.put("status", kept.state().name().toLowerCase(Locale.ROOT))
        .put("createdAt", kept.created().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("lastUpdatedAt", kept.updated().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("ttlMs", Task.KEPT.toMillis())
        .put("pollIntervalMs", Task.POLL.toMillis());
    kept.reply()
        .ifPresent(
            reply -> task.set("result", ToolMethods.result(reply).put("resultType", "complete")));
    return task;
  }
}
