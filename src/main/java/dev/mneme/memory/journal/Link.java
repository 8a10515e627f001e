package dev.mneme.memory.journal;

import java.util.Comparator;

/** From one journal row to an earlier one. */
record Link(String relation, long target) implements Comparable<Link> {
  static final String PARENT = "parent";
  static final String UNDOES = "undoes";
  private static final Comparator<Link> ORDER =
      Comparator.comparing(Link::relation).thenComparingLong(Link::target);

  @Override
  public int compareTo(Link other) {
    return ORDER.compare(this, other);
  }
}
