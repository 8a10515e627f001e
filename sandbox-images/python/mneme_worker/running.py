"""Runs a tool's function, a script or a test file and says how it ended."""

import sys

from mneme_worker import lean, scripts, tracebacks, values


def _write_json(value, default=None):
    return lean.dumps(value, default, nan=False)


values.use(_write_json)


def run(kind, name, source, sha256, function, arguments):
    """Answers (status, text, traceback): ok with the result as JSON, or what went wrong."""
    if kind != "session":
        tracebacks.files[name] = source
        sys.modules["__main__"] = scripts.Module("__main__")
    try:
        if kind == "function":
            answer = ("ok", _call_function(name, source, function, arguments), "")
        elif kind == "script":
            answer = ("ok", _result(scripts.run_in(scripts.new_module("__main__", name), name, source)), "")
        elif kind == "session":
            answer = ("ok", _result(scripts.run_in_session(name, source, tracebacks.files)), "")
        elif kind == "tests":
            answer = ("ok", _run_tests(name, source, lean.loads(arguments)), "")
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


def _load(name, file, source):
    module = scripts.new_module(name, file)
    exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
    return module


def _finished(value):
    """The result of a coroutine; any other value as it is."""
    if type(value) is dict or not (hasattr(value, "send") and hasattr(value, "cr_frame")):
        return value
    import asyncio

    return asyncio.run(value)


def _result(value):
    return values.to_json(_finished(value))


def _call_function(name, source, function, arguments):
    target = _load("__tool__", name, source).__dict__.get(function)
    if not callable(target):
        raise NameError(name + " has no function named " + function)
    return _result(target(**lean.loads(arguments)))


def _run_tests(name, source, modules):
    for module in modules:
        tracebacks.files[module["name"]] = module["source"]
        _load(module["module"], module["name"], module["source"])
    tests = _load("__tests__", name, source)
    report = []
    for test, function in list(tests.__dict__.items()):
        if test.startswith("test") and callable(function):
            report.append(_run_test(test, function))
    return lean.dumps({"tests": report})


def _run_test(test, function):
    try:
        _finished(function())
    except BaseException as error:
        _, message, trace = _failed(error)
        return {"name": test, "ok": False, "message": message, "traceback": trace}
    return {"name": test, "ok": True}
