"""Compares two texts."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

MAX_TEXT = 500_000
MAX_LINES = 10_000
MAX_WORDS = 8_000
MAX_OUTPUT = 60_000

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import Literal, TypedDict

    class Result(TypedDict):
        """The comparison.

        Attributes:
            equal: whether nothing differs, after what was to be ignored
            similarity: from 0 (nothing in common) to 1 (equal)
            added: lines, or words, that only `after` has
            removed: lines, or words, that only `before` has
            diff: the differences as text; empty when there are none
            truncated: whether `diff` was cut
        """

        equal: bool
        similarity: float
        added: int
        removed: int
        diff: str
        truncated: bool


def _key(text, ignore):
    if "case" in ignore:
        text = text.casefold()
    if "whitespace" in ignore:
        text = re.sub(r"\s+", " ", text).strip()
    return text


def _lines(text, ignore):
    lines = text.splitlines()
    if "blank_lines" in ignore:
        lines = [line for line in lines if line.strip()]
    return lines


def _unified(before, after, blocks, context):
    """Hunks in the form of `diff -u`, with the texts as they are, not as they were compared."""
    output = []
    for group in _groups(blocks, context):
        a1, a2, b1, b2 = group[0][1], group[-1][2], group[0][3], group[-1][4]
        output.append(f"@@ -{_range(a1, a2)} +{_range(b1, b2)} @@")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                output.extend(" " + line for line in before[i1:i2])
            else:
                output.extend("-" + line for line in before[i1:i2])
                output.extend("+" + line for line in after[j1:j2])
    return output


def _groups(blocks, context):
    group = []
    for index, (tag, i1, i2, j1, j2) in enumerate(blocks):
        if tag == "equal":
            first, last = index == 0, index == len(blocks) - 1
            if not first and not last and i2 - i1 <= 2 * context:
                group.append((tag, i1, i2, j1, j2))
                continue
            if not first:
                group.append((tag, i1, min(i2, i1 + context), j1, min(j2, j1 + context)))
                yield group
                group = []
            if not last:
                group.append((tag, max(i1, i2 - context), i2, max(j1, j2 - context), j2))
        else:
            group.append((tag, i1, i2, j1, j2))
    if any(block[0] != "equal" for block in group):
        yield group


def _range(start, end):
    length = end - start
    return str(start + 1) if length == 1 else f"{start + (1 if length else 0)},{length}"


def _inline(before, after, blocks):
    output = []
    for tag, i1, i2, j1, j2 in blocks:
        if tag == "equal":
            output.append("".join(before[i1:i2]))
            continue
        if i1 < i2:
            output.append("[-" + "".join(before[i1:i2]) + "-]")
        if j1 < j2:
            output.append("{+" + "".join(after[j1:j2]) + "+}")
    return "".join(output)


def text_diff(
    before: str,
    after: str,
    mode: Literal["lines", "words"] = "lines",
    context: int = 3,
    ignore: list[Literal["case", "whitespace", "blank_lines"]] | None = None,
) -> Result:
    """Shows what changed between two texts, by lines or by words.

    `lines` gives hunks as `diff -u` does: lines only in `before` start with -, lines only in `after`
    with +. `words` gives the text with [-removed-] and {+added+} parts; it suits prose.

    Args:
        before: the first text, up to 500000 characters and 10000 lines
        after: the second text
        mode: compare by `lines` or by `words` (up to 8000 words)
        context: unchanged lines shown around a change, 0 to 100
        ignore: what makes no difference: `case`, `whitespace` (its amount), `blank_lines`

    Returns:
        Whether the texts are equal, how similar they are, counts and the differences as text.

    Examples:
        text_diff("a\\nb\\n", "a\\nc\\n")
        text_diff("a red car", "a blue car", mode="words") gives "a [-red-]{+blue+} car"
    """
    if max(len(before), len(after)) > MAX_TEXT:
        raise ValueError(f"a text has more than {MAX_TEXT} characters; compare parts of it")
    if not 0 <= context <= 100:
        raise ValueError("context must be from 0 to 100")
    ignored = set(ignore or [])
    if mode == "lines":
        first, second, most = _lines(before, ignored), _lines(after, ignored), MAX_LINES
    else:
        first, second = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
        most = MAX_WORDS
    if max(len(first), len(second)) > most:
        raise ValueError(f"a text has more than {most} {mode}; compare parts of it")
    left, right = ([_key(part, ignored) for part in parts] for parts in (first, second))
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > 2_000)
    blocks = matcher.get_opcodes()
    changes = [block for block in blocks if block[0] != "equal"]
    diff = ""
    if changes and mode == "lines":
        diff = "\n".join(_unified(first, second, blocks, context))
    elif changes:
        diff = _inline(first, second, blocks)
    counted = (lambda part: True) if mode == "lines" else (lambda part: not part.isspace())
    return {
        "equal": not changes,
        "similarity": round(matcher.ratio(), 4),
        "added": sum(counted(part) for _, _, _, j1, j2 in changes for part in second[j1:j2]),
        "removed": sum(counted(part) for _, i1, i2, _, _ in changes for part in first[i1:i2]),
        "diff": diff[:MAX_OUTPUT],
        "truncated": len(diff) > MAX_OUTPUT,
    }
