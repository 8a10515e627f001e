package dev.mneme.memory.journal;

import java.util.ArrayList;
import java.util.List;

/** Collects what a verification finds. */
final class Findings {
  private final List<VerifyReport.Problem> problems = new ArrayList<>();
  private long found;
  private long entries;
  private long contents;
  private long rows;

  void add(String where, long sequence, String code, String message) {
    found++;
    if (problems.size() < VerifyReport.SHOWN) {
      problems.add(new VerifyReport.Problem(where, sequence, code, message));
    }
  }

  void entry() {
    entries++;
  }

  void content() {
    contents++;
  }

  void row() {
    rows++;
  }

  VerifyReport report() {
    return new VerifyReport(entries, contents, rows, found, problems);
  }
}
