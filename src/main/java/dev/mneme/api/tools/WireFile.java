package dev.mneme.api.tools;

import dev.mneme.tool.Artifact;
import dev.mneme.tool.ToolOutcome;
import java.util.List;

/**
 * A file that a tool's code left for its caller.
 *
 * @param data base64
 */
public record WireFile(String name, String mediaType, String data) {
  public static List<WireFile> of(List<Artifact> artifacts) {
    return artifacts.stream()
        .map(file -> new WireFile(file.name(), file.mediaType(), file.base64()))
        .toList();
  }

  public static List<WireFile> of(ToolOutcome outcome) {
    return outcome instanceof ToolOutcome.Success done ? of(done.artifacts()) : List.of();
  }
}
