"""Turns what a tool returns into JSON, or says which part of it cannot be."""

import sys

_MAX_DEPTH = 150

# Taken before any tool can put another in its place.
_dumps = None


def use(dumps):
    """What writes JSON: called with a value and with what is to be done with one it does not know."""
    global _dumps
    _dumps = dumps


class Unserializable(Exception):
    pass


def _plain(value):
    """Called by json for a value it does not know."""
    kind = type(value)
    name = kind.__name__
    module = kind.__module__
    if module == "decimal" and name == "Decimal":
        return str(value)
    if module == "datetime" and name in ("datetime", "date", "time"):
        return value.isoformat()
    if module == "datetime" and name == "timedelta":
        return value.total_seconds()
    if isinstance(value, (set, frozenset)):
        try:
            return sorted(value)
        except TypeError:
            return list(value)
    if isinstance(value, range) or (module == "collections" and name == "deque"):
        return list(value)
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields is not None:
        return {field: getattr(value, field) for field in fields}
    enum = sys.modules.get("enum")
    if enum is not None and isinstance(value, enum.Enum):
        return value.value
    uuid = sys.modules.get("uuid")
    if uuid is not None and isinstance(value, uuid.UUID):
        return str(value)
    dump = getattr(kind, "model_dump", None)
    if dump is not None:
        return dump(value)
    fractions = sys.modules.get("fractions")
    if fractions is not None and isinstance(value, fractions.Fraction):
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise Unserializable("bytes; decode them to text, or encode them with base64")
    raise Unserializable("a value of type " + name + "; return text, numbers, lists or dicts")


def _reject(value, path, depth):
    """Finds the first part of a value that JSON cannot hold and names it."""
    if value is None or isinstance(value, (str, bool, int)):
        return
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise Unserializable(path + " is " + repr(value) + ", which JSON does not have; return None or text")
        return
    if depth > _MAX_DEPTH:
        raise Unserializable(path[:60] + "... is nested too deeply, or contains itself")
    if isinstance(value, dict):
        for key, item in value.items():
            if not (key is None or isinstance(key, (str, int, float, bool))):
                raise Unserializable(path + " has a key of type " + type(key).__name__ + "; keys must be text")
            _reject(item, path + "." + str(key), depth + 1)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _reject(item, path + "[" + str(index) + "]", depth + 1)
    else:
        try:
            plain = _plain(value)
        except Unserializable as problem:
            raise Unserializable(path + " is " + str(problem)) from None
        _reject(plain, path, depth + 1)


def to_json(value):
    try:
        return _dumps(value, _plain)
    except (ValueError, TypeError, RecursionError, Unserializable) as problem:
        _reject(value, "result", 0)
        raise Unserializable(str(problem)) from None
