package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.app.McpDesk;
import dev.mneme.common.Owner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose servers, of which data folder. */
final class McpDeskOptions {
  @Mixin private Settings settings = new Settings();

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Whose servers, by the name in auth.keys; default: ${DEFAULT-VALUE}.")
  private String owner = "default";

  McpDesk open() {
    return McpDesk.open(settings.load(), Build.current());
  }

  Owner owner() {
    return McpDesk.owner(owner);
  }
}
