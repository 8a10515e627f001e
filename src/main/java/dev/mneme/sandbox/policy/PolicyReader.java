package dev.mneme.sandbox.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.ToolIdentity.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a policy file; every mistake is told at once, with its table and key. */
final class PolicyReader {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
  private static final List<String> TOP =
      List.of("library", "custom", "script", "upstream", "tool");
  private static final List<String> LIMITS =
      List.of("allow", "approval", "sandbox", "packages", "timeout", "cpu", "output", "result");

  /** What can be said of a tool whose code runs somewhere else. */
  private static final List<String> FAR = List.of("allow", "approval", "timeout", "result");

  private final String file;
  private final List<String> problems = new ArrayList<>();

  private PolicyReader(String file) {
    this.file = file;
  }

  /**
   * The policy of a text.
   *
   * @throws MnemeException {@code invalid_policy}
   */
  static Policy read(String file, String text) {
    return new PolicyReader(file).read(text);
  }

  private Policy read(String text) {
    JsonNode tree;
    try {
      tree = new TomlMapper().readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw invalid(file + ", line " + line + ": not valid TOML; see https://toml.io.");
    }
    new RuleReader(tree, file, problems).only(TOP);
    Map<Source, Rule> bySource = new EnumMap<>(Source.class);
    section(tree, "library", with("memory")).ifPresent(rule -> bySource.put(Source.LIBRARY, rule));
    section(tree, "custom", with("memory")).ifPresent(rule -> bySource.put(Source.CUSTOM, rule));
    section(tree, "script", with("memory", "tools"))
        .ifPresent(rule -> bySource.put(Source.SCRIPT, rule));
    section(tree, "upstream", FAR).ifPresent(rule -> bySource.put(Source.UPSTREAM, rule));
    List<ToolRule> tools = new ArrayList<>();
    JsonNode list = tree.path("tool");
    if (!list.isMissingNode() && !list.isArray()) {
      problems.add(file + ", tool: write [[tool]], with two brackets.");
    }
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      tool(list.get(i), i + 1).ifPresent(tools::add);
    }
    if (!problems.isEmpty()) {
      throw invalid(String.join("\n", problems));
    }
    return new Policy(file, bySource, tools);
  }

  private Optional<Rule> section(JsonNode tree, String name, List<String> known) {
    JsonNode table = tree.path(name);
    if (table.isMissingNode()) {
      return Optional.empty();
    }
    if (!table.isObject()) {
      problems.add(file + ", " + name + ": write a table, [" + name + "].");
      return Optional.empty();
    }
    RuleReader reader = new RuleReader(table, file + " [" + name + "]", problems);
    reader.only(known);
    return Optional.of(reader.rule());
  }

  private Optional<ToolRule> tool(JsonNode table, int number) {
    String where = file + " [[tool]] " + number;
    if (!table.isObject()) {
      problems.add(where + ": write a table.");
      return Optional.empty();
    }
    RuleReader reader = new RuleReader(table, where, problems);
    reader.only(with("source", "owner", "name", "sha256", "network", "secrets", "memory"));
    Optional<Source> source =
        reader.word("source", "\"library\", \"custom\" or \"upstream\"", PolicyReader::source);
    Optional<String> name = reader.word("name", "the name of a tool", text -> matching(NAME, text));
    Optional<String> owner =
        reader.word(
            "owner",
            "an owner's id, user-<uuid4>",
            text -> Ids.isId("user", text) ? Optional.of(text) : Optional.empty());
    Optional<String> hash =
        reader.word("sha256", "64 digits of lower-case hex", text -> matching(HASH, text));
    Rule rule = reader.rule();
    if (source.filter(Source.UPSTREAM::equals).isPresent()) {
      reader.only(List.of("source", "owner", "name", "allow", "approval", "timeout", "result"));
    }
    require(table, "name", where, "which tool is meant");
    require(table, "source", where, "\"library\", \"custom\" or \"upstream\"");
    if (rule.grants() && !table.has("sha256")) {
      reader.wrong(
          "sha256",
          "is missing: what is granted is bound to the code; 'mneme tools explain NAME' prints it");
    }
    if (source.filter(Source.CUSTOM::equals).isPresent() && rule.grants() && !table.has("owner")) {
      reader.wrong("owner", "is missing: anybody may call a tool of their own so");
    }
    return source.isPresent() && name.isPresent()
        ? Optional.of(new ToolRule(source.get(), name.get(), owner, hash, rule))
        : Optional.empty();
  }

  private void require(JsonNode table, String key, String where, String what) {
    if (!table.has(key)) {
      problems.add(where + ", " + key + ": is missing; say " + what + ".");
    }
  }

  private static List<String> with(String... more) {
    List<String> keys = new ArrayList<>(List.of(more));
    keys.addAll(LIMITS);
    return keys;
  }

  private static Optional<Source> source(String text) {
    return switch (text) {
      case "library" -> Optional.of(Source.LIBRARY);
      case "custom" -> Optional.of(Source.CUSTOM);
      case "upstream" -> Optional.of(Source.UPSTREAM);
      default -> Optional.empty();
    };
  }

  private static Optional<String> matching(Pattern form, String text) {
    return form.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }

  private static MnemeException invalid(String message) {
    return MnemeException.invalid("invalid_policy", message);
  }
}
