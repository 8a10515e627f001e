package dev.mneme.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the PEP 723 block of a tool file. Thread-safe; never throws for what stands in a file. */
final class HeaderReader {
  private static final Set<String> TOP = Set.of("requires-python", "dependencies", "tool");
  private static final List<String> OWN =
      List.of(
          "sandbox",
          "timeout",
          "network",
          "secrets",
          "memory",
          "title",
          "files",
          "read-only",
          "destructive",
          "idempotent",
          "open-world");
  private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,7})(ms|s|m)");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final Pattern PACKAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\s*([\\[(<>=!~;].*)?");
  private static final int MAX_PACKAGE = 200;
  private static final int MAX_TITLE = 80;

  /**
   * Made when a block has to be parsed: its classes are slow to load, and caches hold most trees.
   */
  private static final class Toml {
    static final TomlMapper MAPPER = new TomlMapper();
  }

  /**
   * @param parsed the block as an earlier {@link #tree} gave it, to save parsing
   */
  ToolHeader read(
      String file, String source, Optional<JsonNode> parsed, List<ToolProblem> problems) {
    return HeaderBlock.find(file, source, problems)
        .map(block -> new Reading(file, block, problems).header(parsed))
        .orElse(ToolHeader.NONE);
  }

  /** The block as JSON; absent when there is none or it is broken. */
  Optional<JsonNode> tree(String file, String source) {
    List<ToolProblem> problems = new ArrayList<>();
    return HeaderBlock.find(file, source, problems)
        .flatMap(block -> new Reading(file, block, problems).parse());
  }

  /** One file's block under way. */
  private static final class Reading {
    private final String file;
    private final HeaderBlock block;
    private final List<ToolProblem> problems;

    Reading(String file, HeaderBlock block, List<ToolProblem> problems) {
      this.file = file;
      this.block = block;
      this.problems = problems;
    }

    Optional<JsonNode> parse() {
      try {
        return Optional.of(Toml.MAPPER.readTree(block.text()));
      } catch (JsonProcessingException e) {
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr() - 1);
        problems.add(
            ToolProblem.of(
                file,
                block.firstLine() + Math.min(line, block.lines().size()),
                "the script block is not valid TOML: " + firstLine(e.getOriginalMessage()),
                "write one `key = value` a line, text in double quotes"));
        return Optional.empty();
      }
    }

    ToolHeader header(Optional<JsonNode> parsed) {
      return parsed.or(this::parse).map(this::header).orElse(ToolHeader.NONE);
    }

    private ToolHeader header(JsonNode tree) {
      JsonNode own = tree.path("tool").path("mneme");
      refuseUnknown(tree, own);
      return new ToolHeader(
          text(tree, "requires-python"),
          texts(tree, "dependencies").stream().filter(this::isPackage).toList(),
          text(own, "sandbox").filter(this::isSandbox),
          text(own, "timeout").flatMap(this::duration),
          texts(own, "network").stream().filter(this::isHost).toList(),
          texts(own, "secrets").stream().filter(this::isSecret).toList(),
          text(own, "memory").flatMap(this::memory).orElse(MemoryUse.NONE),
          text(own, "title").filter(this::fits),
          flag(own, "files", false),
          hints(own));
    }

    private void refuseUnknown(JsonNode tree, JsonNode own) {
      tree.fieldNames()
          .forEachRemaining(key -> {
            if (!TOP.contains(key)) {
              wrong(key, "unknown key `" + key + "`", unknownFix(key));
            }
          });
      if (own.isMissingNode()) {
        return;
      }
      if (!own.isObject()) {
        wrong("mneme", "`tool.mneme` is no table", "write `[tool.mneme]` on a line of its own");
        return;
      }
      own.fieldNames()
          .forEachRemaining(key -> {
            if (!OWN.contains(key)) {
              wrong(
                  key,
                  "unknown key `" + key + "` in [tool.mneme]",
                  "use one of " + String.join(", ", OWN));
            }
          });
    }

    private String unknownFix(String key) {
      return OWN.contains(key)
          ? "write it below a line `[tool.mneme]`"
          : "use requires-python, dependencies and [tool.mneme]";
    }

    private boolean isSandbox(String value) {
      return require(
          value.equals("graalpy") || value.equals("docker"),
          "sandbox",
          "`" + value + "` is no sandbox",
          "write `sandbox = \"graalpy\"` or `sandbox = \"docker\"`");
    }

    private boolean isHost(String value) {
      return require(
          HostPattern.isOne(value),
          "network",
          "`" + value + "` is no host",
          "write a name, without https:// and path: `network = [\"api.example.com\"]`");
    }

    private boolean isSecret(String value) {
      return require(
          SECRET.matcher(value).matches(),
          "secrets",
          "`" + value + "` is no name of a secret",
          "write letters, digits and underscores: `secrets = [\"EXAMPLE_KEY\"]`");
    }

    private boolean isPackage(String value) {
      return require(
          value.length() <= MAX_PACKAGE && PACKAGE.matcher(value).matches(),
          "dependencies",
          "`" + value + "` is no package",
          "write a name and versions, no URL: `dependencies = [\"tabulate>=0.9,<1\"]`");
    }

    private Optional<MemoryUse> memory(String value) {
      Optional<MemoryUse> use = MemoryUse.of(value);
      require(
          use.isPresent(),
          "memory",
          "`" + value + "` is nothing to do with memory",
          "write `memory = \"read\"` or `memory = \"write\"`");
      return use;
    }

    private boolean fits(String title) {
      return require(
          !title.isBlank() && title.length() <= MAX_TITLE && title.lines().count() == 1,
          "title",
          "the title is empty, or longer than a line of " + MAX_TITLE + " characters",
          "shorten it");
    }

    private Optional<Duration> duration(String value) {
      Matcher matcher = TIMEOUT.matcher(value);
      boolean good = matcher.matches() && Long.parseLong(matcher.group(1)) > 0;
      if (!require(
          good,
          "timeout",
          "`" + value + "` is no time",
          "write a number and ms, s or m: `timeout = \"10s\"`")) {
        return Optional.empty();
      }
      long number = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
          });
    }

    private ToolHints hints(JsonNode own) {
      boolean pure =
          texts(own, "network").isEmpty() && !own.path("memory").asText().equals("write");
      boolean readOnly = flag(own, "read-only", pure);
      boolean openWorld = flag(own, "open-world", !texts(own, "network").isEmpty());
      return new ToolHints(
          readOnly, flag(own, "destructive", false), flag(own, "idempotent", readOnly), openWorld);
    }

    private Optional<String> text(JsonNode table, String key) {
      JsonNode value = table.path(key);
      if (value.isMissingNode()
          || !require(
              value.isTextual(), key, "`" + key + "` is no text", "put it in double quotes")) {
        return Optional.empty();
      }
      return Optional.of(value.textValue());
    }

    private List<String> texts(JsonNode table, String key) {
      JsonNode value = table.path(key);
      List<String> found = new ArrayList<>();
      boolean good = value.isMissingNode() || value.isArray();
      for (JsonNode item : value) {
        good &= item.isTextual();
        found.add(item.asText());
      }
      require(
          good, key, "`" + key + "` is no list of texts", "write `" + key + " = [\"a\", \"b\"]`");
      return found;
    }

    private boolean flag(JsonNode table, String key, boolean otherwise) {
      JsonNode value = table.path(key);
      if (value.isMissingNode()) {
        return otherwise;
      }
      require(value.isBoolean(), key, "`" + key + "` is neither true nor false", "write one");
      return value.asBoolean(otherwise);
    }

    private boolean require(boolean good, String key, String message, String fix) {
      if (!good) {
        wrong(key, message, fix);
      }
      return good;
    }

    private void wrong(String key, String message, String fix) {
      ToolProblem problem = ToolProblem.of(file, block.lineOf(key), message, fix);
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
  }

  private static String firstLine(String text) {
    return text.lines().limit(1).collect(Collectors.joining());
  }
}
