package dev.mneme.memory.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Three-way merge of lists.
 *
 * @param separator what stands between two elements
 * @param mayTouch whether changes of both sides may stand side by side
 * @param finer decides where both sides changed the same elements
 */
record ListMerge(String separator, boolean mayTouch, Finer finer) {
  /** Merges a piece that both sides changed; empty: a conflict. */
  interface Finer {
    Optional<String> merge(String base, String ours, String theirs);
  }

  Optional<List<String>> merge(List<String> base, List<String> ours, List<String> theirs) {
    Side left = new Side(ours, ListDiff.between(base, ours));
    Side right = new Side(theirs, ListDiff.between(base, theirs));
    List<String> result = new ArrayList<>();
    int at = 0;
    while (left.hasNext() || right.hasNext()) {
      Hull hull = new Hull(startsFirst(left, right) ? left.peek() : right.peek());
      left.open(hull);
      right.open(hull);
      boolean grew = true;
      while (grew) {
        grew = left.takeInto(hull, mayTouch) || right.takeInto(hull, mayTouch);
      }
      result.addAll(base.subList(at, hull.start));
      List<String> mine = left.finish(hull);
      List<String> other = right.finish(hull);
      if (!right.took || mine.equals(other)) {
        result.addAll(mine);
      } else if (!left.took) {
        result.addAll(other);
      } else {
        Optional<String> piece =
            mine.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : finer.merge(
                    String.join(separator, base.subList(hull.start, hull.end)),
                    String.join(separator, mine),
                    String.join(separator, other));
        if (piece.isEmpty()) {
          return Optional.empty();
        }
        result.add(piece.get());
      }
      at = hull.end;
    }
    result.addAll(base.subList(at, base.size()));
    return Optional.of(result);
  }

  private static boolean startsFirst(Side left, Side right) {
    if (!left.hasNext() || !right.hasNext()) {
      return left.hasNext();
    }
    Region mine = left.peek();
    Region other = right.peek();
    return mine.start() != other.start() ? mine.start() < other.start() : mine.isInsertion();
  }

  /** The part of the base that a group of clashing changes covers. */
  private static final class Hull {
    final int start;
    int end;
    boolean empty;
    boolean fresh = true;

    Hull(Region first) {
      this.start = first.start();
      this.end = first.end();
      this.empty = first.isInsertion();
    }

    boolean clashes(Region region, boolean mayTouch) {
      if (fresh && region.start() == start && region.end() == end) {
        return true;
      }
      if (!mayTouch) {
        return region.start() <= end;
      }
      return empty ? region.isInsertion() && region.start() == start : region.start() < end;
    }

    void add(Region region) {
      end = Math.max(end, region.end());
      empty = empty && region.isInsertion();
      fresh = false;
    }
  }

  /** One side's changes, consumed in order. */
  private static final class Side {
    private final List<String> elements;
    private final List<Region> regions;
    private int next;
    private int fromEnd;
    private int toEnd;
    private int toStart;
    boolean took;

    Side(List<String> elements, List<Region> regions) {
      this.elements = elements;
      this.regions = regions;
    }

    boolean hasNext() {
      return next < regions.size();
    }

    Region peek() {
      return regions.get(next);
    }

    void open(Hull hull) {
      took = false;
      toStart = toEnd + hull.start - fromEnd;
    }

    boolean takeInto(Hull hull, boolean mayTouch) {
      boolean any = false;
      while (hasNext() && hull.clashes(peek(), mayTouch)) {
        Region region = regions.get(next++);
        hull.add(region);
        fromEnd = region.end();
        toEnd = region.toEnd();
        took = true;
        any = true;
      }
      return any;
    }

    List<String> finish(Hull hull) {
      return elements.subList(toStart, toEnd + hull.end - fromEnd);
    }
  }
}
