package dev.mneme.memory.journal;

/**
 * What one journal row did to one subject.
 *
 * @param before the salted hash of the state before; empty: there was none
 * @param after the salted hash of the state after; empty: there is none
 */
record Version(String kind, String subject, String before, String after) {
  boolean removes() {
    return after.isEmpty();
  }
}
