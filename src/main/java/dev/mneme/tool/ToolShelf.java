package dev.mneme.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tools that are not shown one by one because they are many: what there is in short, and finding
 * among them by the words of a query. Nothing is indexed; a search looks through all. Immutable.
 */
public final class ToolShelf {
  /** The name of the tool by which a model searches. */
  public static final String SEARCH = "search_tools";

  /** The name of the tool by which it calls what it found. */
  public static final String CALL = "call_tool";

  private static final int MAX_GROUPS = 24;
  private static final int NEAR = 5;
  private static final double IN_NAME = 3;
  private static final double IN_ARGUMENTS = 1.5;
  private static final int LEAST_STEM = 3;
  private static final Pattern CAPITAL = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  private record Words(Set<String> name, Set<String> arguments, Set<String> description) {}

  private final SequencedMap<String, ToolCard> cards = new LinkedHashMap<>();

  public ToolShelf(List<ToolCard> tools) {
    tools.forEach(tool -> cards.putIfAbsent(tool.name(), tool));
  }

  public int size() {
    return cards.size();
  }

  public Optional<ToolCard> card(String name) {
    return Optional.ofNullable(cards.get(name));
  }

  /** How many tools there are of what: by the server they are of, else by their first word. */
  public String overview() {
    Map<String, Integer> groups = new LinkedHashMap<>();
    cards.keySet().forEach(name -> groups.merge(group(name), 1, Integer::sum));
    String shown =
        groups.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MAX_GROUPS)
            .map(group ->
                group.getValue() == 1 ? group.getKey() : group.getKey() + " " + group.getValue())
            .collect(Collectors.joining(", "));
    return cards.size()
        + " tools ("
        + shown
        + (groups.size() > MAX_GROUPS ? ", and others" : "")
        + ")";
  }

  /** The tools that fit best; the first ones where nothing is asked for. */
  public List<ToolCard> find(String query, int limit) {
    List<String> wanted = WordMatch.of(CAPITAL.matcher(query).replaceAll(" ")).words();
    if (wanted.isEmpty()) {
      return cards.values().stream().limit(limit).toList();
    }
    Map<ToolCard, Words> words = new LinkedHashMap<>();
    cards.values().forEach(card -> words.put(card, words(card)));
    Map<String, Double> weights = new HashMap<>();
    for (String word : wanted) {
      long having = words.values().stream().filter(one -> weight(one, word) > 0).count();
      weights.put(word, having == 0 ? 0 : Math.log(1 + (double) words.size() / having));
    }
    Map<ToolCard, Double> scores = new LinkedHashMap<>();
    words.forEach((card, own) -> {
      double score =
          weights.entrySet().stream()
              .mapToDouble(w -> w.getValue() * weight(own, w.getKey()))
              .sum();
      if (score > 0) {
        scores.put(card, score);
      }
    });
    return scores.entrySet().stream()
        .sorted(Comparator.comparingDouble(scored -> -scored.getValue()))
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What a model that named no tool may have meant. */
  public String near(String name) {
    List<String> names = find(name, NEAR).stream().map(ToolCard::name).toList();
    return names.isEmpty()
        ? "There is no tool of that name; " + SEARCH + " finds those there are."
        : "There is no tool of that name; near it are " + String.join(", ", names) + ".";
  }

  private static double weight(Words words, String wanted) {
    if (has(words.name(), wanted)) {
      return IN_NAME;
    }
    return has(words.arguments(), wanted) ? IN_ARGUMENTS : has(words.description(), wanted) ? 1 : 0;
  }

  /** A word fits another that it begins, so that one and many, noun and verb find each other. */
  private static boolean has(Set<String> words, String wanted) {
    if (words.contains(wanted)) {
      return true;
    }
    return words.stream()
        .anyMatch(word ->
            Math.min(word.length(), wanted.length()) >= LEAST_STEM
                && (word.startsWith(wanted) || wanted.startsWith(word)));
  }

  private static Words words(ToolCard card) {
    List<String> arguments = new ArrayList<>();
    card.input().path("properties").fieldNames().forEachRemaining(arguments::add);
    return new Words(
        split(card.name()), split(String.join(" ", arguments)), split(card.description()));
  }

  private static Set<String> split(String text) {
    Set<String> words = new LinkedHashSet<>();
    BETWEEN
        .splitAsStream(CAPITAL.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .forEach(words::add);
    return words;
  }

  private static String group(String name) {
    int server = name.indexOf("__");
    int word = name.indexOf('_', 1);
    return server > 0 ? name.substring(0, server) : word > 0 ? name.substring(0, word) : name;
  }
}
