package dev.mneme.memory.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.algorithm.myers.MyersDiff;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * Differences between two lists, at a bounded cost: where they differ in too many places, the whole
 * middle counts as one difference.
 */
final class ListDiff {
  /** Myers needs time and memory by the square of the number of differences. */
  private static final int MAX_DIFFERENCES = 600;

  private ListDiff() {}

  static List<Region> between(List<String> from, List<String> to) {
    int head = 0;
    int shorter = Math.min(from.size(), to.size());
    while (head < shorter && from.get(head).equals(to.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
      tail++;
    }
    int fromEnd = from.size() - tail;
    int toEnd = to.size() - tail;
    if (head == fromEnd && head == toEnd) {
      return List.of();
    }
    if (head == fromEnd || head == toEnd) {
      return List.of(new Region(head, fromEnd, head, toEnd));
    }
    return middle(from.subList(head, fromEnd), to.subList(head, toEnd), head);
  }

  private static List<Region> middle(List<String> from, List<String> to, int offset) {
    List<Region> regions = new ArrayList<>();
    try {
      for (AbstractDelta<String> delta :
          DiffUtils.diff(from, to, new MyersDiff<>(), new Budget()).getDeltas()) {
        int start = offset + delta.getSource().getPosition();
        int toStart = offset + delta.getTarget().getPosition();
        regions.add(
            new Region(
                start,
                start + delta.getSource().size(),
                toStart,
                toStart + delta.getTarget().size()));
      }
    } catch (TooDifferent _) {
      return List.of(new Region(offset, offset + from.size(), offset, offset + to.size()));
    }
    return regions;
  }

  private static final class TooDifferent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDifferent() {
      super(null, null, false, false);
    }
  }

  private static final class Budget implements DiffAlgorithmListener {
    @Override
    public void diffStart() {}

    @Override
    public void diffStep(int value, int max) {
      if (value > MAX_DIFFERENCES) {
        throw new TooDifferent();
      }
    }

    @Override
    public void diffEnd() {}
  }
}
