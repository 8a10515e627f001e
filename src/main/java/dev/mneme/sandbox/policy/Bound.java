package dev.mneme.sandbox.policy;

/** The lowest of several values, and who said it. */
final class Bound<T extends Comparable<T>> {
  private T value;
  private String from;

  Bound(T value, String from) {
    this.value = value;
    this.from = from;
  }

  void lower(T other, String saidBy) {
    if (other.compareTo(value) < 0) {
      value = other;
      from = saidBy;
    }
  }

  T value() {
    return value;
  }

  String from() {
    return from;
  }
}
