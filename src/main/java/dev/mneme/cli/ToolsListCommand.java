package dev.mneme.cli;

import dev.mneme.common.Json;
import dev.mneme.tool.ToolCatalog;
import dev.mneme.tool.ToolFile;
import dev.mneme.tool.ToolProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme tools list}. */
@Command(
    name = "list",
    description = "Lists the tools of the library, and what is wrong with files that are none.",
    mixinStandardHelpOptions = true)
final class ToolsListCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (Bench bench = Bench.open(settings.load())) {
      ToolCatalog catalog = bench.settledCatalog();
      System.out.print(json ? asJson(catalog) : asText(catalog));
      boolean broken =
          catalog.files().stream().anyMatch(file -> file.state() == ToolFile.State.BROKEN);
      return broken ? ExitCode.FAILURE : ExitCode.OK;
    }
  }

  private static String asText(ToolCatalog catalog) {
    StringBuilder text = new StringBuilder();
    for (ToolFile file : catalog.files()) {
      String name = file.tool().map(tool -> tool.name()).orElse("-");
      String title = file.tool().map(tool -> tool.title()).orElse("");
      String state = file.state().toString().toLowerCase(Locale.ROOT);
      text.append(
          String.format(Locale.ROOT, "%-22s %-8s %-26s %s%n", name, state, file.fileName(), title));
      file.problems().forEach(problem -> text.append("    ").append(problem.text()).append('\n'));
    }
    return text.isEmpty() ? "The library is empty.\n" : text.toString();
  }

  private static String asJson(ToolCatalog catalog) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (ToolFile file : catalog.files()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("file", file.fileName());
      entry.put("state", file.state().toString().toLowerCase(Locale.ROOT));
      file.tool()
          .ifPresent(tool -> {
            entry.put("name", tool.name());
            entry.put("title", tool.title());
            entry.put("description", tool.description());
          });
      entry.put("problems", file.problems().stream().map(ToolProblem::text).toList());
      files.add(entry);
    }
    return Json.write(Map.of("tools", files)) + "\n";
  }
}
