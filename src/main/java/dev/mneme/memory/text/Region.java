package dev.mneme.memory.text;

/**
 * One place where two lists differ: elements {@code [start, end)} of the first became elements
 * {@code [toStart, toEnd)} of the second.
 */
record Region(int start, int end, int toStart, int toEnd) {
  boolean isInsertion() {
    return start == end;
  }
}
