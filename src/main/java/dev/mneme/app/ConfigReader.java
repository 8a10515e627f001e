package dev.mneme.app;

import dev.mneme.secret.SecretMask;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks settings up and turns them into their types. It gathers the mistakes, so that all are
 * reported at once by {@link #finish()}; until then a wrong setting has its default.
 */
final class ConfigReader {
  private final ConfigSources sources;
  private final ConfigReport report = new ConfigReport();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> known = new LinkedHashSet<>();

  ConfigReader(Map<String, String> flags, Map<String, String> environment, ConfigFile file) {
    this.sources = new ConfigSources(flags, environment, file, problems::add);
  }

  String text(String key, String fallback, Pattern form, String allowed) {
    return read(
        key,
        fallback,
        "\"" + fallback + '"',
        allowed,
        raw -> raw.text().filter(text -> form.matcher(text).matches()));
  }

  Optional<String> text(String key) {
    return optional(
        key, "", "a text that is not empty", raw -> raw.text().filter(t -> !t.isBlank()));
  }

  int integer(String key, int fallback, int min, int max) {
    return read(
        key,
        fallback,
        Integer.toString(fallback),
        "a whole number from " + min + " to " + max,
        raw ->
            raw.number()
                .filter(n -> (n instanceof Long || n instanceof Integer) && n.longValue() >= min)
                .filter(n -> n.longValue() <= max)
                .map(Number::intValue));
  }

  double decimal(String key, double fallback, double min, double max) {
    return read(
        key,
        fallback,
        Double.toString(fallback),
        "a number from " + min + " to " + max,
        raw -> raw.number().map(Number::doubleValue).filter(n -> n >= min && n <= max));
  }

  Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return read(
        key,
        fallback,
        '"' + ConfigUnits.show(fallback) + '"',
        "a duration from "
            + ConfigUnits.show(min)
            + " to "
            + ConfigUnits.show(max)
            + " such as \"500ms\", \"30s\", \"5m\" or \"1h\"",
        raw ->
            raw.text()
                .flatMap(ConfigUnits::duration)
                .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0));
  }

  long bytes(String key, long fallback, long min, long max) {
    return read(
        key,
        fallback,
        '"' + ConfigUnits.show(fallback) + '"',
        "a size from "
            + ConfigUnits.show(min)
            + " to "
            + ConfigUnits.show(max)
            + " such as \"512KB\" or \"4MB\"",
        raw ->
            raw.text()
                .flatMap(ConfigUnits::bytes)
                .or(() -> raw.number().map(Number::longValue))
                .filter(n -> n >= min && n <= max));
  }

  <E extends Enum<E>> E choice(String key, E fallback) {
    Map<String, E> choices =
        Stream.of(fallback.getDeclaringClass().getEnumConstants())
            .collect(
                Collectors.toMap(
                    c -> c.name().toLowerCase(Locale.ROOT),
                    c -> c,
                    (a, _) -> a,
                    java.util.LinkedHashMap::new));
    return read(
        key,
        fallback,
        '"' + fallback.name().toLowerCase(Locale.ROOT) + '"',
        "one of "
            + choices.keySet().stream().map(c -> '"' + c + '"').collect(Collectors.joining(", ")),
        raw -> raw.text().flatMap(text -> Optional.ofNullable(choices.get(text))));
  }

  List<String> list(String key, Pattern form, String allowed) {
    return read(
        key,
        List.of(),
        "[]",
        "a list of " + allowed,
        raw -> raw.list().filter(items -> items.stream().allMatch(i -> form.matcher(i).matches())));
  }

  Optional<URI> url(String key, String... aliases) {
    return optional(
        key,
        "",
        "a URL that begins with http:// or https:// and holds no user name",
        raw -> raw.text().flatMap(ConfigUnits::url),
        aliases);
  }

  Optional<SecretText> secret(String key, String... aliases) {
    if (sources.flags().containsKey(key)) {
      problems.add(
          key
              + " cannot be given on the command line, where every user of this machine can see it;"
              + " use the environment or the file.");
    }
    known.add(key);
    Optional<ConfigValue> found = sources.find(key, true, aliases);
    if (found.isEmpty()) {
      report.add(key, "", "default");
    }
    return found.flatMap(raw -> taken(key, raw));
  }

  /** Several secrets of one form; the file holds a list, the environment one text with commas. */
  List<SecretText> secrets(String key, Pattern form, String allowed) {
    known.add(key);
    check(
        !sources.flags().containsKey(key),
        key + " cannot be given on the command line, where every user of this machine can see it.");
    Optional<ConfigValue> found = sources.find(key, true);
    if (found.isEmpty()) {
      report.add(key, "[]", "default");
      return List.of();
    }
    List<String> items = found.get().list().orElse(List.of());
    items.forEach(item -> report.secret(new SecretText(item)));
    check(
        !items.isEmpty() && items.stream().allMatch(item -> form.matcher(item).matches()),
        found.get().where() + ": " + key + " must be a list of " + allowed + '.');
    report.add(key, "[" + items.size() + " keys]", found.get().origin());
    return items.stream().map(SecretText::new).toList();
  }

  /** The names of the tables that the file has under a key, in its order. */
  Set<String> tables(String key) {
    Set<String> names = new LinkedHashSet<>();
    for (String each : sources.file().keys()) {
      if (each.startsWith(key + '.')) {
        names.add(each.substring(key.length() + 1).replaceFirst("\\..*", ""));
      }
    }
    return names;
  }

  /** A secret that no file and no flag may hold. */
  Optional<SecretText> environmentSecret(String key, String variable) {
    known.add(key);
    if (sources.file().value(key).isPresent() || sources.flags().containsKey(key)) {
      problems.add(key + " can be given in the environment only, as " + variable + '.');
    }
    String value = sources.environment().getOrDefault(variable, "");
    if (value.isEmpty()) {
      report.add(key, "", "default");
      return Optional.empty();
    }
    return taken(key, new ConfigValue(value, "", variable, variable, true));
  }

  /** A setting that was found before there was a file, which therefore cannot set it. */
  void outside(String key, String value, String variable) {
    known.add(key);
    if (sources.file().value(key).isPresent()) {
      problems.add(
          sources.file().path()
              + ": "
              + key
              + " cannot be set in the file, which lies inside of it; use --"
              + key
              + " or "
              + variable
              + '.');
    }
    String origin =
        sources.environment().getOrDefault(variable, "").isBlank() ? "default" : variable;
    report.add(key, '"' + value + '"', sources.flags().containsKey(key) ? "command line" : origin);
  }

  void require(boolean there, String key, String because) {
    check(there, key + " is missing; " + because + " needs it.");
  }

  void check(boolean right, String otherwise) {
    if (!right) {
      problems.add(otherwise);
    }
  }

  ConfigReport report() {
    return report;
  }

  /** Reports what was wrong, and what was given but is no setting. */
  void finish() {
    ConfigNames names = new ConfigNames(known);
    for (String key : sources.file().keys()) {
      if (!known.contains(key)) {
        problems.add(sources.file().path() + ": " + names.unknown(key));
      }
    }
    for (String key : sources.flags().keySet()) {
      if (!known.contains(key)) {
        problems.add("command line: " + names.unknown(key));
      }
    }
    names.suspicious(sources.environment().keySet()).forEach(report::warn);
    if (!problems.isEmpty()) {
      throw ConfigFile.invalid(SecretMask.of(report.secrets()).mask(String.join("\n", problems)));
    }
  }

  private Optional<SecretText> taken(String key, ConfigValue raw) {
    Optional<SecretText> secret = raw.text().filter(t -> !t.isBlank()).map(SecretText::new);
    if (secret.isEmpty()) {
      problems.add(raw.where() + ": " + key + " must be a text that is not empty.");
      return secret;
    }
    report.secret(secret.get());
    report.add(key, '"' + secret.get().toString() + '"', raw.origin());
    return secret;
  }

  private <T> T read(
      String key,
      T fallback,
      String fallbackShown,
      String allowed,
      Function<ConfigValue, Optional<T>> parse) {
    return optional(key, fallbackShown, allowed, parse).orElse(fallback);
  }

  private <T> Optional<T> optional(
      String key,
      String fallbackShown,
      String allowed,
      Function<ConfigValue, Optional<T>> parse,
      String... aliases) {
    known.add(key);
    Optional<ConfigValue> found = sources.find(key, false, aliases);
    if (found.isEmpty()) {
      report.add(key, fallbackShown, "default");
      return Optional.empty();
    }
    ConfigValue raw = found.get();
    String shown = ConfigSources.SHAPES.mask(raw.shown());
    Optional<T> parsed = parse.apply(raw);
    if (parsed.isPresent()) {
      report.add(key, shown, raw.origin());
    } else {
      problems.add(raw.where() + ": " + key + " = " + shown + ": must be " + allowed + '.');
    }
    return parsed;
  }
}
