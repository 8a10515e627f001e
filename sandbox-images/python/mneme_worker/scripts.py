"""How a script runs, alone or among what earlier ones left; the same in every back end."""

import sys

Module = type(sys)
_AST_ONLY = 0x400
_MAX_SCRIPTS = 100
_session = None
_scripts = 0


def new_module(name, file):
    module = Module(name)
    module.__file__ = file
    sys.modules[name] = module
    return module


def run_in(module, name, source):
    """Runs all statements; the value of the last expression if the script ends with one, else None."""
    import _ast

    tree = compile(source, name, "exec", _AST_ONLY, dont_inherit=True)
    last = None
    if tree.body and isinstance(tree.body[-1], _ast.Expr):
        last = compile(_ast.Expression(tree.body.pop().value), name, "eval", dont_inherit=True)
    exec(compile(tree, name, "exec", dont_inherit=True), module.__dict__)
    return None if last is None else eval(last, module.__dict__)


def run_in_session(name, source, files):
    """As above, among what earlier scripts left. Each has a file name of its own, for tracebacks."""
    global _session, _scripts
    if _session is None:
        _session = Module("__main__")
    _scripts += 1
    if _scripts > 1:
        name = name.replace(".py", "-" + str(_scripts) + ".py")
    if len(files) > _MAX_SCRIPTS:
        del files[next(iter(files))]
    files[name] = source
    sys.modules["__main__"] = _session
    return run_in(_session, name, source)
