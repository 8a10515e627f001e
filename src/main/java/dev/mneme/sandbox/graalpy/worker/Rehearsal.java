package dev.mneme.sandbox.graalpy.worker;

/** A small tool of ours that is run to bring the interpreter up to speed before a user's call. */
final class Rehearsal {
  private static final String NAME = "rehearsal.py";
  private static final String SOURCE =
      """
      import json
      import re
      from dataclasses import dataclass

      WORD = re.compile(r"\\\\w+")


      @dataclass
      class Entry:
          word: str
          count: int


      def rehearse(text: str, times: int = 1) -> list:
          \"""Counts words.\"""
          counts = {}
          for word in WORD.findall(text.lower()):
              counts[word] = counts.get(word, 0) + times
          return [Entry(word, count) for word, count in sorted(counts.items())]
      """;
  private static final String SCRIPT =
      """
      total = sum(number * number for number in range(10))
      print(f"total {total}")
      {"total": total}
      """;

  private Rehearsal() {}

  static Call call(int round) {
    boolean script = round % 10 == 9;
    return new Call(
        "rehearsal",
        script ? "script" : "function",
        NAME,
        script ? SCRIPT : SOURCE,
        script ? "rehearsal-script" : "rehearsal",
        script ? "" : "rehearse",
        script ? "{}" : "{\"text\": \"to be or not to be\", \"times\": " + round + "}",
        "",
        1_000,
        10_000);
  }
}
