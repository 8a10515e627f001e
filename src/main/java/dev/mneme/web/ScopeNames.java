package dev.mneme.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What scopes are called where tokens are issued.
 *
 * @param theirs what each of the issuer's scopes allows here; empty where they are called the same
 */
public record ScopeNames(Map<String, List<String>> theirs) {
  /** Scopes are called as they are here. */
  public static final ScopeNames SAME = new ScopeNames(Map.of());

  public ScopeNames {
    theirs = Map.copyOf(theirs);
  }

  /** What a token with these scopes of the issuer allows here. */
  public Set<String> ours(Set<String> granted) {
    if (theirs.isEmpty()) {
      return granted;
    }
    Set<String> ours = new TreeSet<>();
    granted.forEach(each -> ours.addAll(theirs.getOrDefault(each, List.of())));
    return ours;
  }

  /** What to ask the issuer for: of those that would do, the ones that allow least. */
  public Set<String> asked(Collection<String> ours) {
    if (theirs.isEmpty()) {
      return new TreeSet<>(ours);
    }
    Set<String> asked = new TreeSet<>();
    ours.forEach(each -> least(each).ifPresent(asked::add));
    return asked;
  }

  private Optional<String> least(String ours) {
    return theirs.entrySet().stream()
        .filter(entry -> entry.getValue().contains(ours))
        .min(
            Comparator.<Map.Entry<String, List<String>>>comparingInt(
                    entry -> entry.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey);
  }
}
