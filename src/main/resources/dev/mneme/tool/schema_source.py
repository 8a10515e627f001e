"""Derives the JSON schema of a tool from its Python source, which is parsed and never run.

The three files schema_source.py, schema_types.py and schema_deriver.py are joined to one text in
this order and run as one module; `derive` in the last is the entry. It needs only `ast`, `inspect` and `re`, runs on Python 3.11 to 3.14, and
answers the same text with the same schema. docs/reference/tool-files.md has the rules.
"""

import ast
import inspect
import re

MAX_PROBLEMS = 50
MAX_DEPTH = 12
LEFT_OUT = ("self", "agent_state")
SCALARS = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
LISTS = ("list", "List", "Sequence", "Iterable")
DICTS = ("dict", "Dict", "Mapping")
SECTIONS = {
    "args": "args", "arguments": "args", "parameters": "args", "params": "args",
    "attributes": "args", "fields": "args", "example": "examples", "examples": "examples",
    "returns": "other", "return": "other", "yields": "other", "raises": "other", "note": "text",
    "notes": "text", "warning": "text", "warnings": "text", "see also": "other", "todo": "other",
}
ENTRY = re.compile(r"^(\*{0,2}\w+)\s*(?:\([^)]*\))?\s*:\s*(.*)$")
NAME = re.compile(r"^[A-Za-z][A-Za-z0-9_]{0,63}$")
MISSING = object()


class Unsupported(Exception):
    """A type that has no JSON schema: where, what, and what to write instead."""

    def __init__(self, node, message, fix):
        super().__init__(message)
        self.node, self.message, self.fix = node, message, fix


class Doc:
    """A Google-style docstring: its text, its examples, its entries by name with their lines."""

    def __init__(self, node):
        self.text, self.examples, self.entries, self.lines = [], [], {}, {}
        self.present = False
        first = node.body[0] if node.body else None
        if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)):
            return
        raw = first.value.value
        skipped = 0
        for line in raw.splitlines():
            if line.strip():
                break
            skipped += 1
        self.present = bool(raw.strip())
        self._read(inspect.cleandoc(raw).splitlines(), first.lineno + skipped)

    def _read(self, lines, first_line):
        section, entry, indent = "text", None, None
        for number, line in enumerate(lines):
            heading = line.strip()
            if line[:1].strip() and heading.endswith(":") and heading[:-1].lower() in SECTIONS:
                section, entry, indent = SECTIONS[heading[:-1].lower()], None, None
                if section == "text":
                    self.text.append(heading)
            elif section == "args":
                if not heading:
                    continue
                depth = len(line) - len(line.lstrip())
                if depth == 0:
                    section = "text"
                    self.text.append(line)
                    continue
                indent = depth if indent is None else indent
                match = ENTRY.match(heading) if depth <= indent else None
                if match:
                    entry = match.group(1).lstrip("*")
                    self.entries[entry] = match.group(2).strip()
                    self.lines[entry] = first_line + number
                elif entry is not None:
                    self.entries[entry] = (self.entries[entry] + " " + heading).strip()
            elif section == "examples":
                self.examples.append(line)
            elif section == "text":
                self.text.append(line)

    def description(self):
        text = "\n".join(self.text).strip()
        text = re.sub(r"\n{3,}", "\n\n", text)
        examples = inspect.cleandoc("\n" + "\n".join(self.examples)).strip() if self.examples else ""
        return text + ("\n\nExamples:\n" + examples if examples else "")


class Module:
    """What the top level of the file defines and imports."""

    def __init__(self, tree):
        self.functions, self.classes, self.aliases, self.imports = [], {}, {}, {}
        self.modules = set()
        for node in self._top_level(tree.body):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.append(node)
            elif isinstance(node, ast.ClassDef):
                self.classes[node.name] = node
            elif isinstance(node, ast.ImportFrom):
                for name in node.names:
                    self.imports[name.asname or name.name] = name.name
            elif isinstance(node, ast.Import):
                for name in node.names:
                    self.modules.add(name.asname or name.name.split(".")[0])
            elif isinstance(node, ast.Assign) and len(node.targets) == 1:
                if isinstance(node.targets[0], ast.Name):
                    self.aliases[node.targets[0].id] = node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                if node.value is not None:
                    self.aliases[node.target.id] = node.value
            elif type(node).__name__ == "TypeAlias":
                self.aliases[node.name.id] = node.value

    @staticmethod
    def _top_level(body):
        """Statements of the module, those under `if TYPE_CHECKING:` too."""
        for node in body:
            if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
                yield from node.body
            else:
                yield node

    def name_of(self, node):
        """The plain name behind `List`, `typing.List` or `t.List`; empty when it is none."""
        if isinstance(node, ast.Name):
            return self.imports.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            root = node.value
            while isinstance(root, ast.Attribute):
                root = root.value
            if isinstance(root, ast.Name) and root.id in self.modules:
                return node.attr
        return ""

    def kind_of(self, node, seen=()):
        """What a class is to JSON: dataclass, typeddict, model, or nothing."""
        for decorator in node.decorator_list:
            target = decorator.func if isinstance(decorator, ast.Call) else decorator
            if self.name_of(target) == "dataclass":
                return "dataclass"
        for base in node.bases:
            name = self.name_of(base)
            if name in ("TypedDict", "BaseModel"):
                return "typeddict" if name == "TypedDict" else "model"
            if name in self.classes and name not in seen:
                kind = self.kind_of(self.classes[name], seen + (node.name,))
                if kind:
                    return kind
        return ""


class Problems:
    def __init__(self):
        self.found = []

    def add(self, node, message, fix):
        line = getattr(node, "lineno", 0) if node is not None else 0
        column = getattr(node, "col_offset", -1) + 1 if line else 0
        self.at(line, column, message, fix)

    def at(self, line, column, message, fix):
        self.found.append({"line": line or 0, "column": column or 0, "message": message, "fix": fix})

    def listed(self):
        unique = {tuple(p.values()): p for p in self.found}.values()
        return sorted(unique, key=lambda p: (p["line"], p["column"]))[:MAX_PROBLEMS]


KNOWN = (
    "use str, int, float, bool, list[T], dict, Literal[...], tuple[A, B], T | None, "
    "a dataclass, a TypedDict or a BaseModel")


def fix_for(name):
    if name in ("Any", "object"):
        return "write the one type it takes; use `str` with JSON text when it may be anything"
    if name in ("date", "datetime", "time", "timedelta", "Decimal", "Fraction", "UUID", "Path"):
        return "take a `str` and parse it in the function"
    if name in ("set", "Set", "frozenset"):
        return "write `list[T]` and make it a set in the function"
    if name in ("Enum", "StrEnum", "IntEnum"):
        return 'write `Literal["a", "b"]`'
    if name in ("Callable", "bytes"):
        return "only what JSON can carry may be a parameter: take a `str`"
    return KNOWN


def elements(node):
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def flatten(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return flatten(node.left) + flatten(node.right)
    return [node]


def is_none(node):
    return isinstance(node, ast.Constant) and node.value is None


def unwrap(module, node):
    while isinstance(node, ast.Subscript) and module.name_of(node.value) in ("Required", "NotRequired"):
        node = node.slice
    return node


def literal(node, parts):
    values = [literal_value(part) for part in parts]
    kinds = {type(value) for value in values}
    if kinds == {str}:
        return {"type": "string", "enum": values}
    if kinds == {int}:
        return {"type": "integer", "enum": values}
    raise Unsupported(node, f"`{ast.unparse(node)}` mixes kinds of values", "use strings only")


def literal_value(node):
    """The JSON value of a literal expression, or MISSING."""
    if node is None:
        return MISSING
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return MISSING
    return plain(value)


def plain(value):
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else MISSING
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else MISSING
    if isinstance(value, (list, tuple)):
        items = [plain(item) for item in value]
        return MISSING if any(item is MISSING for item in items) else items
    if isinstance(value, dict):
        items = {key: plain(item) for key, item in value.items()}
        bad = any(v is MISSING or not isinstance(k, str) for k, v in items.items())
        return MISSING if bad else items
    return MISSING


def constant_keyword(call, name):
    if isinstance(call, ast.Call):
        for keyword in call.keywords:
            if keyword.arg == name and isinstance(keyword.value, ast.Constant):
                return keyword.value.value
    return None


