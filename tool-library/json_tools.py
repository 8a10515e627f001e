"""Queries and compares JSON documents."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

MAX_TEXT = 2_000_000
MAX_PATH = 500
MAX_FOUND = 10_000
TOKEN = re.compile(
    r"""\.\.(?P<deep>[\w-]+|\*) | \.(?P<name>[\w-]+|\*)(?P<call>\(\))? | \[\s*(?:
        (?P<index>-?\d+) | (?P<star>\*) | (?P<start>-?\d*):(?P<end>-?\d*) | (?P<quoted>"(?:[^"\\]|\\.)*"|'[^']*')
        | \?\s*(?P<filter>[^\[\]]+?) )\s*\]""", re.VERBOSE)
FILTER = re.compile(
    r"""@?\.?(?P<path>[\w.-]*)\s*(?:(?P<operator>==|!=|<=|>=|<|>|=|contains)\s*(?P<value>.+))?""")
CALLS = ("length", "keys", "values", "sum", "min", "max", "mean", "sort", "unique", "flatten", "first", "last", "type")

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import Literal, TypedDict

    class Result(TypedDict):
        """The answer.

        Attributes:
            count: how many values were found, or differences there are
            found: for `query`: objects with `path` and `value`
            changes: for `diff`: objects with `path`, `kind` (added, removed, changed), `before` and `after`
            text: for `format`: the document as indented text with sorted keys, else empty
            truncated: whether there are more than `limit` allowed
        """

        count: int
        found: list[dict]
        changes: list[dict]
        text: str
        truncated: bool


def _parse(text, what):
    if len(text) > MAX_TEXT:
        raise ValueError(f"{what} has more than {MAX_TEXT} characters; send a part of it")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"{what} is no JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ValueError(f"{what} is nested too deeply") from None


def _no_constant(name):
    raise ValueError(f"JSON has no {name}; use null or text")


def _step(path, key):
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if re.fullmatch(r"[\w-]+", key) else f"{path}[{json.dumps(key, ensure_ascii=False)}]"


def _children(path, value):
    if isinstance(value, dict):
        return [(_step(path, key), item) for key, item in value.items()]
    if isinstance(value, list):
        return [(_step(path, index), item) for index, item in enumerate(value)]
    return []


def _deep(path, value, name):
    """All values below that stand under a name, in document order."""
    found, waiting = [], [(path, value)]
    while waiting:
        place, here = waiting.pop()
        if isinstance(here, dict) and name in here:
            found.append((_step(place, name), here[name]))
        below = _children(place, here)
        if name == "*":
            found.extend(below)
        waiting.extend(reversed(below))
        if len(found) > MAX_FOUND:
            raise ValueError(f"`..{name}` finds more than {MAX_FOUND} values; use a narrower path")
    return found


def _same(left, right):
    """Equality as JSON has it: true is not 1."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _filter(text):
    match = FILTER.fullmatch(text.strip())
    if not match:
        raise ValueError(f"`{text}` is no filter; write [?price > 10], [?name == \"x\"] or [?name]")
    path, operator, value = match.group("path"), match.group("operator"), match.group("value")
    wanted = None
    if operator:
        try:
            wanted = json.loads(value.strip())
        except ValueError:
            wanted = value.strip().strip("'")

    def keeps(item):
        for part in filter(None, path.split(".")):
            if not isinstance(item, dict) or part not in item:
                return operator == "!="
            item = item[part]
        if operator is None:
            return item not in (None, False)
        if operator in ("==", "="):
            return _same(item, wanted)
        if operator == "!=":
            return not _same(item, wanted)
        if operator == "contains":
            return wanted in item if isinstance(item, list) else isinstance(item, str) and str(wanted) in item
        if isinstance(item, str) != isinstance(wanted, str) or not isinstance(item, (int, float, str)):
            return False
        if not isinstance(wanted, (int, float, str)):
            return False
        return {"<": item < wanted, "<=": item <= wanted, ">": item > wanted, ">=": item >= wanted}[operator]

    return keeps


def _call(name, path, value):
    if name == "type":
        kinds = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
        return kinds.get(type(value), "number")
    if name == "length":
        if not isinstance(value, (dict, list, str)):
            raise ValueError(f"{path} has no length")
        return len(value)
    if name in ("keys", "values"):
        if not isinstance(value, dict):
            raise ValueError(f"{path} is no object, so it has no {name}")
        return list(value) if name == "keys" else list(value.values())
    if not isinstance(value, list):
        raise ValueError(f"{path} is no list, so there is no {name}() of it")
    if name in ("first", "last"):
        return (value[0] if name == "first" else value[-1]) if value else None
    if name == "flatten":
        return [inner for item in value for inner in (item if isinstance(item, list) else [item])]
    if name == "unique":
        seen = {}
        for item in value:
            seen.setdefault(json.dumps(item, sort_keys=True), item)
        return list(seen.values())
    numbers = all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in value)
    texts = all(isinstance(item, str) for item in value)
    if not numbers and not (texts and name in ("sort", "min", "max")):
        raise ValueError(f"{path} has values that {name}() cannot take; filter or map them first")
    if name == "sort":
        return sorted(value)
    if name == "sum":
        return sum(value)
    if not value:
        return None
    return {"min": min, "max": max, "mean": lambda v: sum(v) / len(v)}[name](value)


def _apply(match, found):
    part = match.groupdict()
    if part["deep"]:
        return [hit for path, value in found for hit in _deep(path, value, part["deep"])]
    if part["star"] or part["name"] == "*":
        return [child for path, value in found for child in _children(path, value)]
    if part["call"]:
        if part["name"] not in CALLS:
            raise ValueError(f"there is no `{part['name']}()`; there are {', '.join(CALLS)}")
        return [(f"{path}.{part['name']}()", _call(part["name"], path, value)) for path, value in found]
    if part["name"] or part["quoted"]:
        quoted = part["quoted"]
        key = part["name"] or (json.loads(quoted) if quoted[0] == '"' else quoted[1:-1])
        return [(_step(p, key), v[key]) for p, v in found if isinstance(v, dict) and key in v]
    if part["index"]:
        at = int(part["index"])
        return [
            (_step(p, at % len(v)), v[at]) for p, v in found if isinstance(v, list) and -len(v) <= at < len(v)]
    if part["filter"]:
        keeps = _filter(part["filter"])
        return [c for p, v in found for c in _children(p, v) if keeps(c[1])]
    chosen = slice(*(int(part[end]) if part[end] else None for end in ("start", "end")))
    return [c for p, v in found if isinstance(v, list) for c in _children(p, v)[chosen]]


def _query(document, path):
    text = path.strip() or "$"
    if len(text) > MAX_PATH:
        raise ValueError(f"the path is longer than {MAX_PATH} characters")
    text = text[1:] if text.startswith("$") else text
    if text and text[0] not in ".[":
        text = "." + text
    found, at = [("$", document)], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError(
                f"the path cannot be read at `{text[at:at + 40]}`; write for example "
                "$.items[0].name, $.items[*].price, $..name or $.items[?price > 10].name")
        found = _apply(match, found)
        if len(found) > MAX_FOUND:
            raise ValueError(f"the path finds more than {MAX_FOUND} values; narrow it")
        at = match.end()
    return found


def _diff(path, before, after, changes):
    if isinstance(before, dict) and isinstance(after, dict):
        for key in list(before) + [k for k in after if k not in before]:
            place = _step(path, key)
            if key not in after:
                changes.append({"path": place, "kind": "removed", "before": before[key], "after": None})
            elif key not in before:
                changes.append({"path": place, "kind": "added", "before": None, "after": after[key]})
            else:
                _diff(place, before[key], after[key], changes)
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            place = _step(path, index)
            if index >= len(after):
                changes.append({"path": place, "kind": "removed", "before": before[index], "after": None})
            elif index >= len(before):
                changes.append({"path": place, "kind": "added", "before": None, "after": after[index]})
            else:
                _diff(place, before[index], after[index], changes)
    elif not _same(before, after):
        changes.append({"path": path, "kind": "changed", "before": before, "after": after})


def json_tools(
    operation: Literal["query", "diff", "format"],
    document: str,
    path: str = "$",
    other: str = "",
    limit: int = 200,
) -> Result:
    """Finds values in a JSON document by a path, compares two documents, or formats one.

    The path language: `$` is the document; `.name` or `["any name"]` a member; `[0]` and `[-1]` an
    element; `[1:3]` a range; `[*]` or `.*` all children; `..name` every `name` at any depth; a filter
    `[?price > 10]`, `[?owner.name == "Ann"]`, `[?tags contains "x"]`, `[?name]` (has it) with the
    operators == != < <= > >= contains. Functions stand at the end of a step: `.length()`, `.keys()`,
    `.values()`, `.sum()`, `.min()`, `.max()`, `.mean()`, `.sort()`, `.unique()`, `.flatten()`, `.first()`,
    `.last()`, `.type()`. A path that fits nothing finds nothing.

    Args:
        operation: `query` with `path`; `diff` from `document` to `other`; `format` with sorted keys
        document: the JSON text, up to 2 MB
        path: what to find, or for diff and format the part to look at
        other: the second JSON text for `diff`; lists are compared by position
        limit: the most values or differences to return, 1 to 2000

    Returns:
        The number of values or differences, and the first of them with their places.

    Examples:
        json_tools("query", '{"items": [{"n": 1}, {"n": 5}]}', "$.items[?n > 2].n") finds 5
        json_tools("diff", '{"a": 1}', other='{"a": 2}')
    """
    if not 1 <= limit <= 2_000:
        raise ValueError("limit must be from 1 to 2000")
    found, changes, text = _query(_parse(document, "document"), path), [], ""
    if operation != "query":
        if len(found) != 1:
            raise ValueError(f"for {operation} the path must find one value; it finds {len(found)}")
        place, value = found[0]
        found = []
        if operation == "format":
            text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
        else:
            if not other.strip():
                raise ValueError("give the second document as `other`")
            there = _query(_parse(other, "other"), path)
            if len(there) != 1:
                raise ValueError("the path finds nothing in `other`")
            try:
                _diff(place, value, there[0][1], changes)
            except RecursionError:
                raise ValueError("the documents are nested too deeply to compare") from None
    return {
        "count": len(found) + len(changes),
        "found": [{"path": place, "value": value} for place, value in found[:limit]],
        "changes": changes[:limit],
        "text": text,
        "truncated": len(found) + len(changes) > limit,
    }
