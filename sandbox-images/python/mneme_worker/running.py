"""Runs a tool's function, a script or a test file and says how it ended."""

import _ast
import json
import sys

from mneme_worker import tracebacks, values

_Module = type(sys)
_AST_ONLY = 0x400


def run(kind, name, source, sha256, function, arguments):
    """Answers (status, text, traceback): ok with the result as JSON, or what went wrong."""
    if kind != "session":
        tracebacks.files[name] = source
        sys.modules["__main__"] = _Module("__main__")
    try:
        if kind == "function":
            answer = ("ok", _call_function(name, source, function, arguments), "")
        elif kind == "script":
            answer = ("ok", _run_script(name, source), "")
        elif kind == "session":
            answer = ("ok", _run_session(name, source), "")
        elif kind == "tests":
            answer = ("ok", _run_tests(name, source, json.loads(arguments)), "")
        else:
            answer = ("error", "This sandbox cannot run a call of the kind " + str(kind), "")
    except values.Unserializable as problem:
        answer = ("error", "The result cannot be written as JSON: " + str(problem), "")
    except BaseException as error:
        answer = _failed(error)
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        try:
            stream.flush()
        except BaseException:
            pass
    return answer


def _failed(error):
    trace = tracebacks.traceback_of(error)
    if isinstance(error, SystemExit):
        return ("error", "The code called sys.exit(" + repr(error.code)[:100] + "); return a value instead.", trace)
    if isinstance(error, MemoryError):
        return ("memory", tracebacks.text_of(error), trace)
    return ("error", tracebacks.text_of(error), trace)


def _module(name, file):
    module = _Module(name)
    module.__file__ = file
    sys.modules[name] = module
    return module


def _load(name, file, source):
    module = _module(name, file)
    exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
    return module


def _finished(value):
    """The result of a coroutine; any other value as it is."""
    if type(value) is dict or not (hasattr(value, "send") and hasattr(value, "cr_frame")):
        return value
    import asyncio

    return asyncio.run(value)


def _call_function(name, source, function, arguments):
    target = _load("__tool__", name, source).__dict__.get(function)
    if not callable(target):
        raise NameError(name + " has no function named " + function)
    return values.to_json(_finished(target(**json.loads(arguments))))


_session = None
_scripts = 0
_MAX_SCRIPTS = 100


def _run_session(name, source):
    """A script among what earlier ones left. Each has a file name of its own, for tracebacks."""
    global _session, _scripts
    if _session is None:
        _session = _Module("__main__")
    _scripts += 1
    if _scripts > 1:
        name = name.replace(".py", "-" + str(_scripts) + ".py")
    if len(tracebacks.files) > _MAX_SCRIPTS:
        del tracebacks.files[next(iter(tracebacks.files))]
    tracebacks.files[name] = source
    sys.modules["__main__"] = _session
    return _run_in(_session, name, source)


def _run_script(name, source):
    return _run_in(_module("__main__", name), name, source)


def _run_in(module, name, source):
    tree = compile(source, name, "exec", _AST_ONLY, dont_inherit=True)
    last = None
    if tree.body and isinstance(tree.body[-1], _ast.Expr):
        last = compile(_ast.Expression(tree.body.pop().value), name, "eval", dont_inherit=True)
    exec(compile(tree, name, "exec", dont_inherit=True), module.__dict__)
    return values.to_json(None if last is None else _finished(eval(last, module.__dict__)))


def _run_tests(name, source, modules):
    for module in modules:
        tracebacks.files[module["name"]] = module["source"]
        _load(module["module"], module["name"], module["source"])
    tests = _load("__tests__", name, source)
    report = []
    for test, function in list(tests.__dict__.items()):
        if test.startswith("test") and callable(function):
            report.append(_run_test(test, function))
    return json.dumps({"tests": report})


def _run_test(test, function):
    try:
        _finished(function())
    except BaseException as error:
        _, message, trace = _failed(error)
        return {"name": test, "ok": False, "message": message, "traceback": trace}
    return {"name": test, "ok": True}
