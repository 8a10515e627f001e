"""Runs tools, scripts and test files inside one Python context and turns the outcome into text.

The worker evaluates this file once in each context, as one text after values.py, tracebacks.py
and scripts.py, which the container's fork server uses too; their names are names here. It answers with plain
strings only, so that no Python object ever crosses into Java.
"""

import builtins as _builtins
import json
import sys

_loads = json.loads
_to_text = json.dumps


def _write_json(value, default=None):
    return _to_text(value, ensure_ascii=False, allow_nan=False, default=default)


use(_write_json)
# In the order in which tools are likely to need them; imported while nobody waits.
_usual = [
    "math", "re", "datetime", "collections", "typing", "dataclasses", "decimal", "itertools",
    "functools", "string", "random", "statistics", "textwrap", "csv", "io",
]
_codes = {}
_modules = {}
_MAX_CODES = 256


def _failed(error):
    if type(error).__name__ == "ForeignException":
        raise error
    if isinstance(error, SystemExit):
        return ("error", "The code called sys.exit(" + repr(error.code)[:100] + "); return a value instead.", traceback_of(error))
    if isinstance(error, MemoryError):
        return ("memory", text_of(error), traceback_of(error))
    return ("error", text_of(error), traceback_of(error))


# --- files ------------------------------------------------------------------------------------

_opened = []
_MANY = 64
_open = open


def _opening(*arguments, **named):
    """open, but as in CPython, where what a file was given is there when nobody holds it any more:
    what was written is there for the next one who opens a file, and at the end of the call."""
    _flush()
    if len(_opened) >= _MANY:
        _opened[:] = [file for file in _opened if not file.closed]
    file = _open(*arguments, **named)
    _opened.append(file)
    return file


def _flush():
    for file in _opened:
        try:
            if not file.closed:
                file.flush()
        except Exception:
            pass


def _close():
    for file in _opened:
        try:
            file.close()
        except Exception:
            pass
    _opened.clear()


_opening.__name__ = _opening.__qualname__ = "open"
_opening.__module__ = "io"
_builtins.open = _opening


# --- running ----------------------------------------------------------------------------------


def _compiled(name, source, sha256):
    key = (name, sha256)
    code = _codes.get(key)
    if code is None:
        code = compile(source, name, "exec", dont_inherit=True)
        if len(_codes) >= _MAX_CODES:
            _codes.clear()
        _codes[key] = code
    return code


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


def _result(value):
    return to_json(_finished(value))


def _tool_module(name, source, sha256):
    """The module of a tool and what it holds when fresh: made once and kept as long as no call
    rebinds its names, because making it costs far more than most calls."""
    kept = _modules.pop((name, sha256), None)
    if kept is not None:
        sys.modules["__tool__"] = kept[0]
        return kept
    module = new_module("__tool__", name)
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
        return _result(target(**_loads(arguments)))
    finally:
        _keep(name, sha256, module, fresh)


def _run_tests(name, source, sha256, modules):
    loaded = []
    try:
        for module_name, module_file, module_source, module_sha in modules:
            files[module_file] = module_source
            module = new_module(module_name, module_file)
            loaded.append(module_name)
            exec(_compiled(module_file, module_source, module_sha), module.__dict__)
        module = new_module("__tests__", name)
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
    if kind != "session":
        files.clear()
        files[name] = source
    try:
        if kind == "function":
            answer = ("ok", _call_function(name, source, sha256, function, arguments), "")
        elif kind == "script":
            answer = ("ok", _result(run_in(new_module("__main__", name), name, source)), "")
        elif kind == "session":
            answer = ("ok", _result(run_in_session(name, source, files)), "")
        else:
            modules = [(m["module"], m["name"], m["source"], m["sha256"]) for m in _loads(arguments)]
            answer = ("ok", _run_tests(name, source, sha256, modules), "")
    except Unserializable as problem:
        answer = ("error", "The result cannot be written as JSON: " + str(problem), "")
    except BaseException as error:
        answer = _failed(error)
    _flush()
    for stream in (sys.stdout, sys.stderr, _stdout, _stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    return answer


# --- the module a tool can import to talk to the host -------------------------------------------


def install(ask, make):
    sys.modules["mneme"] = make(Module("mneme"), ask, to_json, _loads)


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
        if type(module) is Module:
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
    files.clear()
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
