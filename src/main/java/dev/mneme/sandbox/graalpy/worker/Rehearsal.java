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

  /**
   * Modules that code uses now and then. Where a compiled form is kept of one, no context has to
   * parse it: GraalPy keeps what it parsed, megabytes of it, after the context is closed.
   */
  private static final String IMPORTS =
      """
      for name in (
          "abc array ast base64 binascii bisect calendar cmath codecs colorsys configparser contextlib"
          " contextvars copy copyreg datetime difflib email.message enum fnmatch fractions glob"
          " graphlib gzip hashlib heapq hmac html html.parser http inspect ipaddress json keyword"
          " linecache locale mimetypes numbers operator os pathlib pickle pprint queue quopri random"
          " reprlib secrets shelve shlex shutil stat string struct tarfile tempfile textwrap threading"
          " time timeit token tokenize traceback types unicodedata unittest urllib.parse uuid warnings"
          " weakref xml.dom.minidom xml.etree.ElementTree zipfile zoneinfo asyncio concurrent.futures"
      ).split():
          try:
              __import__(name)
          except BaseException:
              pass
      """;

  private Rehearsal() {}

  /** A script that imports much; only for a context that may write what it compiles. */
  static Call imports() {
    return new Call("imports", "script", NAME, IMPORTS, "imports", "", "{}", "", "", 1_000, 10_000);
  }

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
        "",
        1_000,
        10_000);
  }
}
