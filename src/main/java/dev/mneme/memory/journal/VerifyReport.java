package dev.mneme.memory.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a verification found.
 *
 * @param entries how many journal rows were checked
 * @param contents how many stored contents
 * @param rows how many present rows
 * @param found how many problems
 * @param problems the first of them
 */
public record VerifyReport(
    long entries, long contents, long rows, long found, List<Problem> problems) {
  static final int SHOWN = 50;

  public VerifyReport {
    problems = List.copyOf(problems);
  }

  public boolean ok() {
    return found == 0;
  }

  /**
   * One thing that is not as it was written.
   *
   * @param where the container or subject
   * @param sequence the journal row; 0 where none is meant
   * @param code stable, for programs
   */
  public record Problem(String where, long sequence, String code, String message) {}

  VerifyReport plus(VerifyReport other) {
    List<Problem> all = new ArrayList<>(problems);
    other.problems.stream().limit(SHOWN - all.size()).forEach(all::add);
    return new VerifyReport(
        entries + other.entries,
        contents + other.contents,
        rows + other.rows,
        found + other.found,
        all);
  }
}
