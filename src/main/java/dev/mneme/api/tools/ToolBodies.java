package dev.mneme.api.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.http.Body;
import dev.mneme.tool.ToolDraft;
import dev.mneme.tool.ToolUpdate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what clients send about tools. */
final class ToolBodies {
  private ToolBodies() {}

  static ToolDraft draft(Body body) {
    ToolDraft plain = ToolDraft.of(body.requireText("source_code"));
    return new ToolDraft(
        plain.source(),
        body.text("source_type"),
        body.text("description"),
        body.object("json_schema"),
        body.object("args_json_schema"),
        body.texts("tags").orElse(List.of()),
        body.integer("return_char_limit").orElse(plain.returnCharLimit()),
        requirements(body).orElse(List.of()),
        body.flag("default_requires_approval").orElse(false),
        body.flag("enable_parallel_execution").orElse(false),
        body.map("metadata_").orElse(Map.of()));
  }

  static ToolUpdate update(Body body) {
    return new ToolUpdate(
        body.text("source_code"),
        body.text("source_type"),
        body.text("description"),
        body.object("json_schema"),
        body.object("args_json_schema"),
        body.texts("tags"),
        body.integer("return_char_limit"),
        requirements(body),
        body.flag("default_requires_approval"),
        body.flag("enable_parallel_execution"),
        body.map("metadata_"));
  }

  private static Optional<List<JsonNode>> requirements(Body body) {
    return body.list("pip_requirements", (where, value) -> Body.of(where, value).node());
  }
}
