"""Runs tools, scripts and test files inside one Python context and turns the outcome into text.

The worker evaluates this file once in each context. It answers with plain strings only, so that
no Python object ever crosses into Java.
"""

import json
import sys
import _ast

_Module = type(sys)
_dumps = json.dumps
_loads = json.loads
_AST_ONLY = 0x400
# In the order in which tools are likely to need them; imported while nobody waits.
_usual = [
    "math", "re", "datetime", "collections", "typing", "dataclasses", "decimal", "itertools",
    "functools", "string", "random", "statistics", "textwrap", "csv", "io",
]
_codes = {}
_modules = {}
_files = {}
_MAX_CODES = 256
_MAX_FRAMES = 40
_MAX_CHAIN = 5
_MAX_DEPTH = 150


class _Unserializable(Exception):
    pass


# --- values -----------------------------------------------------------------------------------


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
        raise _Unserializable("bytes; decode them to text, or encode them with base64")
    raise _Unserializable("a value of type " + name + "; return text, numbers, lists or dicts")


def _reject(value, path, depth):
    """Finds the first part of a value that JSON cannot hold and names it."""
    if value is None or isinstance(value, (str, bool, int)):
        return
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise _Unserializable(path + " is " + repr(value) + ", which JSON does not have; return None or text")
        return
    if depth > _MAX_DEPTH:
        raise _Unserializable(path[:60] + "... is nested too deeply, or contains itself")
    if isinstance(value, dict):
        for key, item in value.items():
            if not (key is None or isinstance(key, (str, int, float, bool))):
                raise _Unserializable(path + " has a key of type " + type(key).__name__ + "; keys must be text")
            _reject(item, path + "." + str(key), depth + 1)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _reject(item, path + "[" + str(index) + "]", depth + 1)
    else:
        try:
            plain = _plain(value)
        except _Unserializable as problem:
            raise _Unserializable(path + " is " + str(problem)) from None
        _reject(plain, path, depth + 1)


def _to_json(value):
    try:
        return _dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)
    except (ValueError, TypeError, RecursionError, _Unserializable) as problem:
        _reject(value, "result", 0)
        raise _Unserializable(str(problem)) from None


# --- tracebacks -------------------------------------------------------------------------------


def _text_of(error):
    name = type(error).__name__
    try:
        text = str(error)
    except BaseException:
        text = "<its text could not be made>"
    return name + ": " + text if text else name


def _frames(error, lines):
    entry = error.__traceback__
    found = []
    while entry is not None:
        code = entry.tb_frame.f_code
        if code.co_filename in _files:
            found.append((code.co_filename, entry.tb_lineno, code.co_name))
        entry = entry.tb_next
    shown = 0
    index = 0
    while index < len(found):
        file, line, name = frame = found[index]
        same = 1
        while index + same < len(found) and found[index + same] == frame:
            same += 1
        index += same
        shown += 1
        if shown > _MAX_FRAMES:
            lines.append("  ... " + str(len(found) - index + same) + " more ...")
            break
        lines.append('  File "' + file + '", line ' + str(line) + ", in " + name)
        source = _lines(file)
        if line is not None and 0 < line <= len(source):
            lines.append("    " + source[line - 1].strip()[:200])
        if same > 1:
            lines.append("  [Previous line repeated " + str(same - 1) + " more times]")
    return len(found)


def _traceback(error, depth=0):
    lines = []
    if depth < _MAX_CHAIN:
        if error.__cause__ is not None and error.__cause__ is not error:
            lines.append(_traceback(error.__cause__, depth + 1))
            lines.append("The above exception was the direct cause of the following exception:\n")
        elif error.__context__ is not None and not error.__suppress_context__:
            lines.append(_traceback(error.__context__, depth + 1))
            lines.append("During handling of the above exception, another exception occurred:\n")
    lines.append("Traceback (most recent call last):")
    count = _frames(error, lines)
    if isinstance(error, SyntaxError) and error.filename in _files:
        lines.append('  File "' + error.filename + '", line ' + str(error.lineno))
        if error.text:
            lines.append("    " + error.text.strip()[:200])
        count += 1
    if count == 0:
        lines.pop()
    lines.append(_text_of(error))
    return "\n".join(lines) + "\n"


def _failed(error):
    if type(error).__name__ == "ForeignException":
        raise error
    if isinstance(error, SystemExit):
        return ("error", "The code called sys.exit(" + repr(error.code)[:100] + "); return a value instead.", _traceback(error))
    if isinstance(error, MemoryError):
        return ("memory", _text_of(error), _traceback(error))
    return ("error", _text_of(error), _traceback(error))


# --- running ----------------------------------------------------------------------------------


def _lines(file):
    """The lines of a source; split when a traceback needs them, because that takes as long as a call."""
    source = _files[file]
    if type(source) is str:
        source = _files[file] = source.splitlines()
    return source


def _compiled(name, source, sha256):
    key = (name, sha256)
    code = _codes.get(key)
    if code is None:
        code = compile(source, name, "exec", dont_inherit=True)
        if len(_codes) >= _MAX_CODES:
            _codes.clear()
        _codes[key] = code
    return code


def _compiled_script(name, source):
    """A script in two parts: all its statements, then its last expression, if it ends with one."""
    tree = compile(source, name, "exec", _AST_ONLY, dont_inherit=True)
    last = None
    if tree.body and isinstance(tree.body[-1], _ast.Expr):
        last = _ast.Expression(tree.body.pop().value)
        last = compile(last, name, "eval", dont_inherit=True)
    return compile(tree, name, "exec", dont_inherit=True), last


def _module(name, file):
    module = _Module(name)
    module.__file__ = file
    sys.modules[name] = module
    return module


def _finished(value):
    """The result of a coroutine that waits for nothing outside; any other value as it is."""
    if type(value) is dict or not (hasattr(value, "send") and hasattr(value, "cr_frame")):
        return value
    try:
        value.send(None)
    except StopIteration as stop:
        return stop.value
    value.close()
    raise RuntimeError("the async function waits for something that is not available in this sandbox")


def _tool_module(name, source, sha256):
    """The module of a tool and what it holds when fresh: made once and kept as long as no call
    rebinds its names, because making it costs far more than most calls."""
    kept = _modules.pop((name, sha256), None)
    if kept is not None:
        sys.modules["__tool__"] = kept[0]
        return kept
    module = _module("__tool__", name)
    exec(_compiled(name, source, sha256), module.__dict__)
    return module, dict(module.__dict__)


def _keep(name, sha256, module, fresh):
    if not _same(fresh, module.__dict__):
        return
    if len(_modules) >= _MAX_CODES:
        _modules.clear()
    _modules[(name, sha256)] = (module, fresh)


def _call_function(name, source, sha256, function, arguments):
    module, fresh = _tool_module(name, source, sha256)
    target = module.__dict__.get(function)
    if not callable(target):
        raise NameError(name + " has no function named " + function)
    try:
        return _to_json(_finished(target(**_loads(arguments))))
    finally:
        _keep(name, sha256, module, fresh)


def _run_script(name, source):
    module = _module("__main__", name)
    body, last = _compiled_script(name, source)
    exec(body, module.__dict__)
    return _to_json(None if last is None else _finished(eval(last, module.__dict__)))


def _run_tests(name, source, sha256, modules):
    loaded = []
    try:
        for module_name, module_file, module_source, module_sha in modules:
            _files[module_file] = module_source
            module = _module(module_name, module_file)
            loaded.append(module_name)
            exec(_compiled(module_file, module_source, module_sha), module.__dict__)
        module = _module("__tests__", name)
        loaded.append("__tests__")
        exec(_compiled(name, source, sha256), module.__dict__)
        report = []
        for test, function in list(module.__dict__.items()):
            if test.startswith("test") and callable(function):
                report.append(_run_test(test, function))
        return _dumps({"tests": report})
    finally:
        for module_name in loaded:
            sys.modules.pop(module_name, None)


def _run_test(test, function):
    try:
        _finished(function())
    except BaseException as error:
        status, message, trace = _failed(error)
        return {"name": test, "ok": False, "message": message, "traceback": trace}
    return {"name": test, "ok": True}


def run(kind, name, source, sha256, function, arguments):
    """Answers (status, text, traceback): ok with the result as JSON, or what went wrong."""
    _files.clear()
    _files[name] = source
    try:
        if kind == "function":
            answer = ("ok", _call_function(name, source, sha256, function, arguments), "")
        elif kind == "script":
            answer = ("ok", _run_script(name, source), "")
        else:
            modules = [(m["module"], m["name"], m["source"], m["sha256"]) for m in _loads(arguments)]
            answer = ("ok", _run_tests(name, source, sha256, modules), "")
    except _Unserializable as problem:
        answer = ("error", "The result cannot be written as JSON: " + str(problem), "")
    except BaseException as error:
        answer = _failed(error)
    for stream in (sys.stdout, sys.stderr, _stdout, _stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    return answer


# --- the module a tool can import to talk to the host -------------------------------------------


def install(ask, make):
    sys.modules["mneme"] = make(_Module("mneme"), ask, _to_json, _loads)


# --- cleaning up after a call in a context that is kept -----------------------------------------


def _names_in(code, names):
    names.update(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, _Code):
            _names_in(constant, names)


def _same(before, now):
    """Whether nothing was replaced, or only by its equal. Comparing two dicts as a whole is ten times
    as fast here as looking at each name."""
    try:
        return before == now
    except Exception:
        return False


def _changed(name):
    """Whether something this module held when it was first seen is gone or was replaced."""
    module = sys.modules.get(name)
    before = _snapshots.get(name)
    if before is None:
        if type(module) is _Module:
            _snapshots[name] = dict(module.__dict__)
        return False
    if module is None:
        return True
    now = module.__dict__
    if _same(before, now):
        return False
    if name == "builtins" and len(now) != len(before):
        return True
    for key, value in before.items():
        if now.get(key, _GONE) is not value:
            return True
    _snapshots[name] = dict(now)
    return False


def _decimal_settings(context):
    return (
        context.prec, context.rounding, context.Emin, context.Emax, context.capitals, context.clamp,
        dict(context.traps), dict(context.flags))


def _tidy_decimal(decimal):
    """A fresh context costs more than looking whether the one in use is like fresh."""
    global _fresh_decimal
    if _fresh_decimal is None:
        _fresh_decimal = _decimal_settings(decimal.Context())
    if _decimal_settings(decimal.getcontext()) != _fresh_decimal:
        decimal.setcontext(decimal.Context())


def tidy(name, sha256):
    """Puts back what the last call may have changed. Answers the name of a module it cannot trust
    any more, or nothing. Checks builtins and the modules the code names; see sweep for the rest."""
    sys.modules.pop("__tool__", None)
    sys.modules.pop("__main__", None)
    sys.modules["__main__"] = _main
    _files.clear()
    sys.stdout = _stdout
    sys.stderr = _stderr
    sys.setrecursionlimit(_RECURSION)
    if sys.path != _path:
        sys.path[:] = _path
    if "decimal" in sys.modules:
        _tidy_decimal(sys.modules["decimal"])
    if _changed("builtins"):
        return "builtins"
    key = (name, sha256)
    count, names = _names.get(key, (0, ()))
    if count != len(sys.modules):
        code = _codes.get(key)
        if code is None:
            return sweep()
        names = set()
        _names_in(code, names)
        names.intersection_update(sys.modules)
        if len(_names) >= _MAX_CODES:
            _names.clear()
        _names[key] = (len(sys.modules), names)
    for module in names:
        if _changed(module):
            return module
    return ""


def sweep():
    """Like tidy, over every module there is: a few milliseconds, so done when nobody waits."""
    for module in list(sys.modules):
        if module not in _VOLATILE and _changed(module):
            return module
    return ""


def import_next():
    """Imports one more of the usual modules; answers whether there are more."""
    if _usual:
        name = _usual.pop(0)
        try:
            __import__(name)
        except BaseException:
            return bool(_usual)
        _changed(name)
    return bool(_usual)


_GONE = object()
_VOLATILE = {"sys", "__main__", "__tool__", "__tests__"}
_Code = type(tidy.__code__)
_RECURSION = sys.getrecursionlimit()
_path = list(sys.path)
_names = {}
_fresh_decimal = None
_snapshots = {}
_main = sys.modules["__main__"]
_stdout = sys.stdout
_stderr = sys.stderr
_stdout.reconfigure(line_buffering=True)

(run, tidy, sweep, install, import_next)
