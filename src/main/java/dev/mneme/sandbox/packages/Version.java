package dev.mneme.sandbox.packages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version as Python's packages have it (PEP 440).
 *
 * @param release its numbers, without zeros at the end
 * @param suffix where it stands among those of the same numbers: pre-releases and so on
 * @param local what stands after {@code +}; empty where nothing does
 */
record Version(int epoch, List<Integer> release, List<Integer> suffix, String local)
    implements Comparable<Version> {
  private static final Pattern FORM =
      Pattern.compile(
          "v?(?:(\\d{1,6})!)?(\\d{1,9}(?:\\.\\d{1,9}){0,20})"
              + "(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\\d{0,9}))?"
              + "(?:(?:[-_.]?(?:post|rev|r)[-_.]?(\\d{0,9}))|-(\\d{1,9}))?"
              + "(?:[-_.]?dev[-_.]?(\\d{0,9}))?"
              + "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  private static final int LAST = Integer.MAX_VALUE;
  private static final Comparator<List<Integer>> BY_NUMBERS = Version::compare;
  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::epoch)
          .thenComparing(Version::release, BY_NUMBERS)
          .thenComparing(Version::suffix, BY_NUMBERS)
          .thenComparing(Version::local);

  Version {
    release = List.copyOf(release);
    suffix = List.copyOf(suffix);
  }

  /** Absent when the text is no version. */
  static Optional<Version> of(String text) {
    Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    List<Integer> release =
        new ArrayList<>(Stream.of(parts.group(2).split("\\.", -1)).map(Integer::valueOf).toList());
    while (release.size() > 1 && release.getLast() == 0) {
      release.removeLast();
    }
    String local = parts.group(8) == null ? "" : parts.group(8);
    return Optional.of(
        new Version(number(parts.group(1)), release, suffix(parts), local.replace('-', '.')));
  }

  /** Whether it is none that people get without asking for it. */
  boolean isPreRelease() {
    return suffix.getFirst() < PHASE_FINAL || suffix.get(3) < LAST;
  }

  Version withoutLocal() {
    return new Version(epoch, release, suffix, "");
  }

  /** Whether its numbers begin with those, zeros at the end counting as there. */
  boolean startsWith(int otherEpoch, List<Integer> numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      if ((i < release.size() ? release.get(i) : 0) != numbers.get(i)) {
        return false;
      }
    }
    return epoch == otherEpoch;
  }

  boolean sameRelease(Version other) {
    return epoch == other.epoch && release.equals(other.release);
  }

  boolean isPost() {
    return suffix.get(2) >= 0;
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  private static final int PHASE_FINAL = 4;

  /** Phase (dev alone, a, b, rc, final), its number, the post-release, the development release. */
  private static List<Integer> suffix(Matcher parts) {
    boolean pre = parts.group(3) != null;
    boolean post = parts.group(5) != null || parts.group(6) != null;
    boolean dev = parts.group(7) != null;
    int phase =
        pre
            ? switch (parts.group(3)) {
              case "a", "alpha" -> 1;
              case "b", "beta" -> 2;
              default -> 3;
            }
            : dev && !post ? 0 : PHASE_FINAL;
    int postNumber = post ? number(parts.group(5) == null ? parts.group(6) : parts.group(5)) : -1;
    return List.of(
        phase, pre ? number(parts.group(4)) : 0, postNumber, dev ? number(parts.group(7)) : LAST);
  }

  private static int number(@Nullable String text) {
    return text == null || text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int difference =
          Integer.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
