# /// script
# requires-python = ">=3.11"
# [tool.mneme]
# title = "Regex extract"
# timeout = "5s"
# ///
"""Finds, checks and replaces text with regular expressions.

Python's engine backtracks: a pattern like (a+)+$ may take exponential time. The time limit of the
call ends it; obvious cases are refused before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

MAX_TEXT = 500_000
MAX_PATTERN = 2_000
MAX_RESULT = 200_000
NESTED = re.compile(r"\((?:\?:|\?P<\w+>)?[^()|]*[+*]\)?(?:\s*)\)[+*]|\((?:\?:)?[^()]*[+*]\)[+*]")
FLAGS = {"ignore_case": re.IGNORECASE, "multiline": re.MULTILINE, "dot_all": re.DOTALL, "verbose": re.VERBOSE, "ascii": re.ASCII}
PRESETS = {
    "email": r"(?<![\w.+-])[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w-])",
    "url": r"\bhttps?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}]",
    "ipv4": r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])",
    "date": r"(?<!\d)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)",
    "time": r"(?<![\d:])(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])",
    "number": r"(?<![\w.])[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w])",
    "uuid": r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b",
    "hex_color": r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b",
    "hashtag": r"(?<!\w)#\w+",
    "phone": r"(?<![\w+])\+?\d(?:[ ()/.-]{0,2}\d){6,14}(?!\w)",
}

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import Literal, TypedDict

    class Match(TypedDict):
        """One match.

        Attributes:
            text: what matched
            start: its position in the text, from 0
            end: the position after it
            line: its line, from 1
            groups: the groups by number
            named: the groups by name
        """

        text: str
        start: int
        end: int
        line: int
        groups: list[str | None]
        named: dict[str, str | None]

    class Result(TypedDict):
        """The answer.

        Attributes:
            count: how many matches there are
            valid: for `validate`: whether the whole text fits; else whether there is any match
            matches: the matches, at most `limit`
            text: for `replace`: the new text, else empty
            parts: for `split`: the parts between the matches, else empty
            truncated: whether there are more matches or parts than shown
        """

        count: int
        valid: bool
        matches: list[Match]
        text: str
        parts: list[str | None]
        truncated: bool


def _compile(pattern, preset, flags):
    if bool(pattern) == bool(preset):
        raise ValueError(f"give either `pattern` or `preset` ({', '.join(PRESETS)})")
    if preset:
        return re.compile(PRESETS[preset])
    if len(pattern) > MAX_PATTERN:
        raise ValueError(f"the pattern is longer than {MAX_PATTERN} characters")
    if NESTED.search(pattern):
        raise ValueError(
            "the pattern repeats a repetition, as (a+)+ does, which can take forever; write a+ instead")
    try:
        return re.compile(pattern, sum(FLAGS[flag] for flag in set(flags)))
    except (re.error, RecursionError, OverflowError) as error:
        place = getattr(error, "pos", None)
        where = f" at position {place}" if place is not None else ""
        raise ValueError(f"the pattern is not valid{where}: {getattr(error, 'msg', error)}") from None


def _match(found, line):
    return {
        "text": found.group(), "start": found.start(), "end": found.end(), "line": line,
        "groups": list(found.groups()), "named": found.groupdict(),
    }


def regex_extract(
    text: str,
    pattern: str = "",
    mode: Literal["extract", "validate", "replace", "split"] = "extract",
    preset: Literal["", "email", "url", "ipv4", "date", "time", "number", "uuid", "hex_color", "hashtag", "phone"] = "",
    replacement: str = "",
    flags: list[Literal["ignore_case", "multiline", "dot_all", "verbose", "ascii"]] | None = None,
    limit: int = 200,
) -> Result:
    """Extracts, validates, replaces or splits text with a regular expression (Python's `re`).

    Give a `pattern` of your own, or a `preset` for what is looked for often. Named groups such as
    (?P<year>\\d{4}) come back by name.

    Args:
        text: the text to look at, up to 500000 characters
        pattern: the regular expression; leave it out when `preset` is given
        mode: `extract` all matches; `validate` that the whole text fits; `replace` every match;
            `split` at every match
        preset: a ready-made pattern
        replacement: for `replace`: the new text, with \\\\1 or \\\\g<name> for groups
        flags: how to match
        limit: the most matches or parts to return, 1 to 2000

    Returns:
        The number of matches, the matches with position and groups, and the new text or parts.

    Examples:
        regex_extract("Mail ann@example.org", preset="email")
        regex_extract("2026-11-22", r"(?P<y>\\d+)-(?P<m>\\d+)-(?P<d>\\d+)", mode="validate")
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"the text has more than {MAX_TEXT} characters; send a part of it")
    if not 1 <= limit <= 2_000 or len(replacement) > 10_000:
        raise ValueError("limit must be from 1 to 2000, and the replacement at most 10000 characters")
    compiled = _compile(pattern, preset, flags or [])
    answer = {"count": 0, "valid": False, "matches": [], "text": "", "parts": [], "truncated": False}
    if mode == "validate":
        found = compiled.fullmatch(text)
        if found:
            answer.update(count=1, valid=True, matches=[_match(found, 1)])
        return answer
    line, at, size = 1, 0, 0
    for found in compiled.finditer(text):
        answer["count"] += 1
        size += len(found.group()) + sum(len(group or "") for group in found.groups())
        if mode == "extract" and len(answer["matches"]) < limit and size <= MAX_RESULT:
            line += text.count("\n", at, found.start())
            at = found.start()
            answer["matches"].append(_match(found, line))
    answer["valid"] = answer["count"] > 0
    answer["truncated"] = mode == "extract" and answer["count"] > len(answer["matches"])
    if mode == "replace":
        answer["text"] = _replaced(compiled, text, replacement)
    elif mode == "split":
        parts = compiled.split(text)
        answer.update(parts=parts[:limit], truncated=len(parts) > limit)
    return answer


def _replaced(compiled, text, replacement):
    try:
        result = compiled.sub(replacement, text)
    except (re.error, IndexError) as error:
        raise ValueError(f"the replacement is not valid: {error}; write \\\\ for a backslash") from None
    if len(result) > MAX_TEXT:
        raise ValueError(f"the new text would have more than {MAX_TEXT} characters")
    return result
