package dev.mneme.api.tools;

import dev.mneme.tool.Artifact;
import dev.mneme.tool.ToolOutcome;
import java.util.List;
import java.util.Optional;

/**
 * A file that a tool's code left for its caller.
 *
 * @param data base64
 * @param id names it as an input of a later call
 */
public record WireFile(String name, String mediaType, String data, Optional<String> id) {
  public static List<WireFile> of(List<Artifact> artifacts) {
    return artifacts.stream()
        .map(file -> new WireFile(file.name(), file.mediaType(), file.base64(), file.id()))
        .toList();
  }

  public static List<WireFile> of(ToolOutcome outcome) {
    return outcome instanceof ToolOutcome.Success done ? of(done.artifacts()) : List.of();
  }
}
