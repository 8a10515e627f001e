package dev.mneme.sandbox.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.tool.HostPattern;
import dev.mneme.tool.MemoryUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one table of the policy file and notes what is wrong with it. */
final class RuleReader {
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m)");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final int MOST = 1_000_000_000;

  private final JsonNode table;
  private final String where;
  private final List<String> problems;

  RuleReader(JsonNode table, String where, List<String> problems) {
    this.table = table;
    this.where = where;
    this.problems = problems;
  }

  Rule rule() {
    return new Rule(
        where,
        flag("allow"),
        word("sandbox", "\"graalpy\" or \"docker\"", RuleReader::sandbox),
        word("timeout", "a time such as \"500ms\", \"10s\" or \"2m\"", RuleReader::time),
        word("cpu", "a time such as \"500ms\", \"10s\" or \"2m\"", RuleReader::time),
        number("output"),
        number("result"),
        words("network", "hosts without https:// and path", HostPattern::isOne),
        words(
            "secrets",
            "names of letters, digits and underscores",
            name -> SECRET.matcher(name).matches()),
        word("memory", "\"none\", \"read\" or \"write\"", MemoryUse::of),
        flag("tools"),
        flag("packages"),
        flag("approval"));
  }

  /** Notes keys that mean nothing here. */
  void only(List<String> known) {
    table
        .fieldNames()
        .forEachRemaining(key -> {
          if (!known.contains(key)) {
            wrong(key, "is no key here; use one of " + String.join(", ", known));
          }
        });
  }

  <T> Optional<T> word(String key, String allowed, Function<String, Optional<T>> parse) {
    JsonNode value = table.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    Optional<T> parsed = value.isTextual() ? parse.apply(value.asText()) : Optional.empty();
    if (parsed.isEmpty()) {
      wrong(key, "must be " + allowed);
    }
    return parsed;
  }

  void wrong(String key, String what) {
    problems.add(where + ", " + key + ": " + what + ".");
  }

  private Optional<Boolean> flag(String key) {
    JsonNode value = table.path(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      wrong(key, "must be true or false");
    }
    return value.isBoolean() ? Optional.of(value.asBoolean()) : Optional.empty();
  }

  private Optional<Integer> number(String key) {
    JsonNode value = table.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.canConvertToInt()
        || !value.isIntegralNumber()
        || value.asInt() < 0
        || value.asInt() > MOST) {
      wrong(key, "must be a whole number from 0 to " + MOST);
      return Optional.empty();
    }
    return Optional.of(value.asInt());
  }

  private List<String> words(String key, String allowed, Function<String, Boolean> fits) {
    JsonNode value = table.path(key);
    List<String> found = new ArrayList<>();
    boolean good = value.isMissingNode() || value.isArray();
    for (JsonNode item : value) {
      good &= item.isTextual() && fits.apply(item.asText());
      found.add(item.asText());
    }
    if (!good) {
      wrong(key, "must be a list of " + allowed);
    }
    return good ? found : List.of();
  }

  private static Optional<String> sandbox(String text) {
    return text.equals("graalpy") || text.equals("docker") ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Duration> time(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(parts.group(1));
    return Optional.of(
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          default -> Duration.ofMinutes(count);
        });
  }
}
