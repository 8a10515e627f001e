package dev.mneme.sandbox.packages;

import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Picks the newest wheels that fit all that is asked, directly or by other packages. It takes no
 * choice back to try an older one instead: where two packages cannot agree, the error names both
 * and the operator pins one.
 */
public final class Resolver {
  private static final int MAX_ROUNDS = 100;
  private static final int MAX_PACKAGES = 200;

  private final WheelFolder folder;
  private final TargetPython target;
  private final Map<Wheel, Wheel.Metadata> metadata = new HashMap<>();

  public Resolver(WheelFolder folder, TargetPython target) {
    this.folder = folder;
    this.target = target;
  }

  /** A requirement and who has it. */
  private record Need(Requirement requirement, String by) {}

  /**
   * The wheels of a set, by name.
   *
   * @param asked requirements, such as {@code tabulate>=0.9}
   * @throws MnemeException {@code invalid_package}, {@code package_missing} or {@code
   *     packages_conflict}, with the names
   */
  public WheelSet resolve(List<String> asked) {
    SortedMap<String, Wheel> chosen = new TreeMap<>();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      SortedMap<String, Wheel> next = new TreeMap<>();
      needs(asked, chosen).forEach((name, needs) -> next.put(name, best(name, needs)));
      if (next.equals(chosen)) {
        return new WheelSet(List.copyOf(chosen.values()));
      }
      chosen = next;
    }
    throw MnemeException.conflict(
        "packages_conflict",
        "No choice of versions stays for " + String.join(", ", asked) + ": pin some of them.");
  }

  /** What is needed once these are chosen, by name. */
  private Map<String, List<Need>> needs(List<String> asked, Map<String, Wheel> chosen) {
    Map<String, List<Need>> needs = new LinkedHashMap<>();
    List<Need> open = new ArrayList<>();
    asked.forEach(text -> open.add(new Need(Requirement.of(text), "the tool")));
    Map<String, List<String>> done = new HashMap<>();
    while (!open.isEmpty()) {
      Need need = open.removeFirst();
      Requirement requirement = need.requirement();
      if (!Condition.isMet(requirement.condition(), target.facts())) {
        continue;
      }
      needs.computeIfAbsent(requirement.name(), _ -> new ArrayList<>()).add(need);
      List<String> extras = new ArrayList<>(List.of(""));
      extras.addAll(requirement.extras());
      extras.removeAll(done.getOrDefault(requirement.name(), List.of()));
      done.computeIfAbsent(requirement.name(), _ -> new ArrayList<>()).addAll(extras);
      Wheel wheel = chosen.get(requirement.name());
      if (wheel != null) {
        extras.forEach(extra -> open.addAll(ofWheel(wheel, extra)));
      }
      if (needs.size() > MAX_PACKAGES) {
        throw MnemeException.limit(
            "too_many_packages", "More than " + MAX_PACKAGES + " packages are needed.");
      }
    }
    return needs;
  }

  /** What a wheel needs by itself, or for one of its extras besides. */
  private List<Need> ofWheel(Wheel wheel, String extra) {
    Map<String, String> facts = target.facts();
    Map<String, String> with = new HashMap<>(facts);
    with.put("extra", extra);
    return metadata(wheel).needs().stream()
        .filter(need -> Condition.isMet(need.condition(), with))
        .filter(need -> extra.isEmpty() || !Condition.isMet(need.condition(), facts))
        .map(need ->
            new Need(
                new Requirement(need.name(), need.extras(), need.versions(), ""), wheel.toString()))
        .toList();
  }

  private Wheel best(String name, List<Need> needs) {
    List<Wheel> fitting =
        folder.of(name).stream()
            .filter(wheel -> wheel.fit(target) > 0)
            .filter(wheel -> target.admits(metadata(wheel).python()))
            .toList();
    List<Wheel> admitted =
        fitting.stream()
            .filter(wheel ->
                needs.stream()
                    .allMatch(need -> need.requirement().versions().admit(wheel.version())))
            .toList();
    boolean early = needs.stream().anyMatch(need -> need.requirement().versions().namePreRelease());
    Comparator<Wheel> order =
        Comparator.<Wheel>comparingInt(wheel -> early || !wheel.version().isPreRelease() ? 1 : 0)
            .thenComparing(Wheel::version)
            .thenComparingInt(wheel -> wheel.fit(target))
            .thenComparing(wheel -> wheel.file().toString());
    Optional<Wheel> best = admitted.stream().max(order);
    return best.orElseThrow(
        () -> fitting.isEmpty() ? missing(name, needs) : conflict(name, needs, fitting));
  }

  private MnemeException missing(String name, List<Need> needs) {
    String why =
        folder.of(name).isEmpty()
            ? "there is no wheel of it"
            : "none of its wheels is for Python " + target.full() + " on " + target.machine();
    return MnemeException.notFound(
        "package_missing",
        "The package "
            + name
            + ", which "
            + needs.getFirst().by()
            + " needs, cannot be had: "
            + why
            + " in "
            + folder.folder()
            + ".");
  }

  private static MnemeException conflict(String name, List<Need> needs, List<Wheel> there) {
    String wanted =
        needs.stream()
            .map(need -> need.by() + " needs " + need.requirement())
            .distinct()
            .collect(Collectors.joining(", "));
    String versions =
        there.stream().map(Wheel::shown).distinct().sorted().collect(Collectors.joining(", "));
    return MnemeException.conflict(
        "packages_conflict",
        "No version of " + name + " fits: " + wanted + "; there is " + versions + ".");
  }

  private Wheel.Metadata metadata(Wheel wheel) {
    return metadata.computeIfAbsent(wheel, Wheel::metadata);
  }
}
