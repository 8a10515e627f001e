"""Statistics over a table given as CSV text."""

from __future__ import annotations

import csv
import io
import re
import statistics
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

MAX_TEXT = 2_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_GROUPS = 1_000
FUNCTIONS = ("count", "sum", "mean", "median", "min", "max", "stdev", "distinct", "first", "last")
AGGREGATE = re.compile(r"\s*(\w+)\s*\(\s*(.*?)\s*\)\s*")
CONDITION = re.compile(r"\s*(.+?)\s*(<=|>=|!=|==|=|<|>|\bcontains\b|\bis empty\b|\bis not empty\b)\s*(.*?)\s*", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?")

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import Literal, TypedDict

    class Column(TypedDict):
        """What one column holds.

        Attributes:
            name: the column's name
            type: number, date, boolean, text or empty
            filled: rows in which it has a value
            empty: rows in which it has none
            distinct: different values
            smallest: the least value as text, or null
            largest: the greatest value as text, or null
            mean: of a number column, or null
        """

        name: str
        type: str
        filled: int
        empty: int
        distinct: int
        smallest: str | None
        largest: str | None
        mean: float | None

    class Result(TypedDict):
        """The answer.

        Attributes:
            rows: rows in the table
            matching: rows that pass the filters
            columns: the columns of the matching rows
            groups: one object a group: the group's values by column and the aggregates by their text
            truncated: whether there are more groups than `limit` allowed
        """

        rows: int
        matching: int
        columns: list[Column]
        groups: list[dict]
        truncated: bool


def _number(text):
    plain = text.strip().replace(",", "") if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text.strip()) else text.strip()
    if not NUMBER.fullmatch(plain) or len(plain) > 60:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _json_number(value):
    return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else float(value)


def _type(values):
    if not values:
        return "empty"
    if all(_number(v) is not None for v in values):
        return "number"
    if all(DATE.fullmatch(v) for v in values):
        return "date"
    if all(v.lower() in ("true", "false", "yes", "no") for v in values):
        return "boolean"
    return "text"


def _read(text, delimiter):
    if len(text) > MAX_TEXT:
        raise ValueError(f"the table has more than {MAX_TEXT} characters; send a part of it")
    text = text.lstrip("\ufeff").strip("\r\n")
    if not text.strip():
        raise ValueError("the table is empty; give CSV text with a header line")
    if not delimiter:
        header = text.splitlines()[0]
        delimiter = max(",;\t|", key=header.count)
    if len(delimiter) != 1:
        raise ValueError("the delimiter must be one character")
    csv.field_size_limit(MAX_TEXT)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ValueError(f"the text is no CSV: {error}") from None
    names = [name.strip() for name in rows[0]]
    if len(set(names)) != len(names) or "" in names or len(names) > MAX_COLUMNS:
        raise ValueError(f"the first line must name every column once, at most {MAX_COLUMNS}; it has {names[:20]}")
    body = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    if len(body) > MAX_ROWS:
        raise ValueError(f"the table has more than {MAX_ROWS} rows; send a part of it")
    for number, row in enumerate(body, 1):
        if len(row) > len(names):
            raise ValueError(f"row {number} has {len(row)} values for {len(names)} columns; quote values that contain `{delimiter}`")
    return names, [{n: (row[i].strip() if i < len(row) else "") for i, n in enumerate(names)} for row in body]


def _column(name, names):
    wanted = name.strip().strip("`\"")
    for known in names:
        if known.lower() == wanted.lower():
            return known
    raise ValueError(f"there is no column `{wanted}`; there are {', '.join(names)}")


def _condition(text, names):
    match = CONDITION.fullmatch(text)
    if not match:
        raise ValueError(
            f"`{text}` is no condition; write `price >= 10`, `city = Berlin`, `name contains ann`, `note is empty`")
    column, operator = _column(match.group(1), names), match.group(2).lower()
    wanted = match.group(3).strip("\"'")
    number = _number(wanted)

    def holds(row):
        value = row[column]
        if operator == "is empty":
            return value == ""
        if operator == "is not empty":
            return value != ""
        if operator == "contains":
            return wanted.lower() in value.lower()
        left, right = _number(value), number
        if left is None or right is None:
            left, right = value.lower(), wanted.lower()
        if operator in ("=", "=="):
            return left == right
        if operator == "!=":
            return left != right
        if value == "":
            return False
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]

    return holds


def _describe(name, rows):
    values = [row[name] for row in rows if row[name] != ""]
    kind = _type(values)
    ordered = [(_number(v), v) for v in values] if kind == "number" else [(v, v) for v in values]
    return {
        "name": name,
        "type": kind,
        "filled": len(values),
        "empty": len(rows) - len(values),
        "distinct": len(set(values)),
        "smallest": min(ordered)[1][:200] if ordered else None,
        "largest": max(ordered)[1][:200] if ordered else None,
        "mean": float(sum(n for n, _ in ordered) / len(ordered)) if kind == "number" else None,
    }


def _aggregates(texts, names):
    found = []
    for text in texts:
        match = AGGREGATE.fullmatch(text)
        if not match or match.group(1).lower() not in FUNCTIONS:
            raise ValueError(f"`{text}` is no aggregate; write FUNCTION(column) with one of {', '.join(FUNCTIONS)}")
        function, column = match.group(1).lower(), match.group(2)
        if column in ("", "*"):
            if function != "count":
                raise ValueError(f"`{text}` needs a column")
            column = None
        else:
            column = _column(column, names)
        found.append((text.strip(), function, column))
    return found


def _compute(text, function, column, rows):
    if column is None:
        return len(rows)
    values = [row[column] for row in rows if row[column] != ""]
    if function == "count":
        return len(values)
    if function == "distinct":
        return len(set(values))
    if not values:
        return None
    if function in ("first", "last"):
        return values[0 if function == "first" else -1]
    numbers = [_number(v) for v in values]
    if None in numbers:
        if function in ("min", "max"):
            return min(values) if function == "min" else max(values)
        bad = values[numbers.index(None)]
        raise ValueError(f"`{text}`: `{bad[:60]}` is no number; filter such rows or count them")
    if function == "stdev":
        return statistics.stdev(map(float, numbers)) if len(numbers) > 1 else None
    result = {"sum": sum, "min": min, "max": max, "median": statistics.median}.get(function, lambda n: sum(n) / len(n))(numbers)
    return _json_number(result)


def _sort_key(value):
    if value is None:
        return (2, 0, "")
    if isinstance(value, (int, float)):
        return (0, value, "")
    number = _number(value)
    return (0, number, "") if number is not None else (1, 0, value)


def table_stats(
    table: str,
    where: list[str] | None = None,
    group_by: list[str] | None = None,
    aggregates: list[str] | None = None,
    sort_by: str = "",
    order: Literal["ascending", "descending"] = "ascending",
    limit: int = 50,
    delimiter: str = "",
) -> Result:
    """Describes, filters, groups and aggregates a table given as CSV text.

    The first line names the columns. Each column's type is found by itself; numbers may have
    thousands separators (1,234.50) and are added exactly. Without `group_by` the aggregates cover all
    rows that pass `where`.

    Args:
        table: the CSV text with its header line, up to 2 MB and 50000 rows
        where: conditions a row must all meet: `price >= 10`, `city = Berlin`, `city != Berlin`,
            `name contains ann`, `note is empty`, `note is not empty`; text compares without case
        group_by: columns whose equal values form a group
        aggregates: what to compute for each group, such as `sum(price)`, `mean(price)`, `count(*)`;
            functions: count, sum, mean, median, min, max, stdev, distinct, first, last
        sort_by: a column of `group_by` or an aggregate to sort the groups by
        order: the direction of `sort_by`
        limit: the most groups to return, 1 to 1000
        delimiter: the separator; empty: found by itself among , ; tab |

    Returns:
        Row counts, a description of each column, and the groups.

    Examples:
        table_stats("city,price\\nBonn,3\\nBonn,5", group_by=["city"], aggregates=["sum(price)"])
    """
    if not 1 <= limit <= MAX_GROUPS:
        raise ValueError(f"limit must be from 1 to {MAX_GROUPS}")
    names, rows = _read(table, delimiter)
    conditions = [_condition(text, names) for text in where or []]
    matching = [row for row in rows if all(holds(row) for holds in conditions)]
    keys = [_column(name, names) for name in group_by or []]
    wanted = _aggregates(aggregates or (["count(*)"] if keys else []), names)
    members = {}
    for row in matching:
        members.setdefault(tuple(row[key] for key in keys), []).append(row)
    groups = []
    if wanted:
        for values, group in members.items():
            computed = {text: _compute(text, function, column, group) for text, function, column in wanted}
            groups.append({**dict(zip(keys, values)), **computed})
    if sort_by:
        known = keys + [text for text, _, _ in wanted]
        chosen = next((name for name in known if name.lower() == sort_by.strip().lower()), None)
        if chosen is None:
            raise ValueError(f"sort_by must be one of {', '.join(known) or 'the aggregates'}")
        groups.sort(key=lambda group: _sort_key(group[chosen]), reverse=order == "descending")
    return {
        "rows": len(rows),
        "matching": len(matching),
        "columns": [_describe(name, matching) for name in names],
        "groups": groups[:limit],
        "truncated": len(groups) > limit,
    }
