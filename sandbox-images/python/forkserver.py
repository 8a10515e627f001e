"""Process 1 of a container in which tools run.

Three processes share the work, forked from one interpreter:

  1  this one. It never sees a call, so what it forks is clean memory each time; the kernel lets no
     process in the container stop or read it. When its standard input ends, the container ends.
  2  the supervisor. It speaks with the host and, when a call is over, kills whatever is left of it and
     empties every folder that can be written in. Calls cannot read it; one that stops it ends the container.
  3  the call's own process, forked by process 1. It waits for the call with its interpreter warm and is
     used once; for a session, for all its calls, and stopped between them.

The first call of a container often waits for its start. So 2 and 3 are there before what tools usually import
is; after that call, or when none comes soon, they make room for others that have it.

The host's side is described in docs/reference/worker-protocol.md.
"""

import _signal
import gc
import marshal
import os
import sys

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_PACKAGE = "mneme_worker"
_MODULES = _FOLDER + "/modules"
_HELLO = '{"type":"hello","protocol":1,"backend":"docker","version":"Python %s","capabilities":"%s"}\n'
_READY = '{"type":"ready","left":0}\n'
_CAPABILITIES = "function script session tests threads subprocess native files"
# What most tools need, imported once. Each further module costs memory in every idle container: subprocess,
# pathlib, hashlib and the like take a few milliseconds in the calls that want them instead.
_USUAL = (
    "math re datetime collections typing dataclasses decimal itertools functools string random statistics "
    "textwrap csv io enum base64 threading fractions urllib.parse"
)


# Not imported in each container, but by many a call.
_COMMON = "argparse asyncio hashlib inspect json logging pathlib shutil subprocess tempfile uuid zipfile"


class _Bundle:
    """Finds the fork server's own modules in one file: to open each is a third of what it takes to import them."""

    def __init__(self, codes):
        self._codes = codes

    def find_spec(self, name, path=None, target=None):
        if name not in self._codes:
            return None
        return type(sys.__spec__)(name, self, is_package=name == _PACKAGE)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self._codes[module.__name__], module.__dict__)


def _bundle():
    """Makes the file; all modules are imported."""
    codes = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == _PACKAGE:
            with open(module.__file__) as file:
                codes[name] = compile(file.read(), module.__file__, "exec", dont_inherit=True)
    with open(_MODULES, "wb") as file:
        marshal.dump(codes, file)


def compile_all():
    """While the image is made: what its containers import is compiled once, here, and not at each start of one."""
    sys.path.insert(0, _FOLDER)
    for name in ("mneme_worker.child mneme_worker.forks mneme_worker.supervisor " + _USUAL + " " + _COMMON).split():
        __import__(name)
    _bundle()
    hook = sys.modules.get("sitecustomize")
    if hook is not None:
        # Debian's, for its crash reports: each start would look for them.
        os.unlink(os.path.realpath(hook.__file__))
        os.unlink(hook.__file__)


def _refuse(why):
    sys.stderr.write("mneme: " + why + "\n")
    raise SystemExit(64)


def _root_is_read_only():
    if os.statvfs("/").f_flag & os.ST_RDONLY:
        return True
    # Where gVisor is the kernel, only this tells it.
    with open("/proc/self/mounts") as mounts:
        roots = [line.split()[3].split(",") for line in mounts if line.split()[1] == "/"]
    return bool(roots) and "ro" in roots[-1]


def _check_place():
    """Cleaning up after a call kills every process there is and empties every folder: not outside a container."""
    if os.getpid() != 1:
        _refuse("this program runs only as process 1 of a container; on any other machine it would kill everything.")
    if os.geteuid() == 0:
        _refuse("this program does not run as root.")
    if not _root_is_read_only():
        _refuse("the container's root file system must be read-only (docker run --read-only --tmpfs /tmp).")


def _say(line):
    os.write(1, line.encode())


def _greet(ready):
    """Without a module for JSON, and ready before it is: the call comes and waits in the pipe while the rest is done."""
    hello = _HELLO % (sys.version.split()[0], _CAPABILITIES)
    _say(hello + _READY if ready else hello)


def _prepare(imports):
    # Some libraries only use a prepared folder when they could write in it.
    source, _, target = os.environ.pop("MNEME_COPY", "").partition(":")
    if source:
        import shutil

        shutil.copytree(source, target)
    # These not later: a first call that needs them would import them beside process 1, at the same time.
    _import(imports)
    os.environ.clear()
    sys.path.remove(_FOLDER)
    sys.argv[:] = [""]
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stderr.reconfigure(line_buffering=True)
    sys.stdin = open(os.devnull)
    # With Python's own handler, any process here could interrupt this one.
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def _import(names):
    for name in names.split():
        __import__(name)


def _warm():
    _import(_USUAL)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _fork(run):
    """A process that runs this, ends with what it answers, and never comes back here."""
    pid = os.fork()
    if pid == 0:
        status = 71
        try:
            status = run()
        except BaseException as problem:
            os.write(2, ("mneme: " + type(problem).__name__ + ": " + str(problem)[:300] + "\n").encode())
        finally:
            os._exit(status)
    return pid


def _fork_supervisor(forks, run):
    """Process 1's line to it, and its process."""
    ours, theirs = forks.pair()

    def supervise():
        ours.close()
        return run(forks.Forker(theirs))

    pid = _fork(supervise)
    theirs.close()
    return ours, pid


def main():
    _check_place()
    imports = os.environ.pop("MNEME_IMPORTS", "")
    _greet(not imports)
    gc.disable()
    with open(_MODULES, "rb") as file:
        sys.meta_path.insert(0, _Bundle(marshal.loads(file.read())))
    from mneme_worker import child, forks, host, kernel, supervisor

    del sys.meta_path[0]
    kernel.hide()
    _prepare(imports)
    # What is here stays: a collection in what is forked would only copy its memory.
    gc.freeze()
    gc.enable()
    # Before the supervisor, so that it is settled when that one has the call.
    pipes, theirs = forks.pipes()
    first = _fork(lambda: child.main(*theirs))
    forks.close(theirs)
    folders, kills = kernel.writable_folders(), kernel.memory_kills()
    line, pid = _fork_supervisor(forks, lambda forker: supervisor.run_first(forker, pipes, folders, kills))
    forks.close(pipes)
    if imports:
        _say(_READY)
    call, status = forks.Zygote(line, pid, child.main).serve(first)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == forks.COLD:
        line.close()
        _warm()
        line, pid = _fork_supervisor(forks, lambda forker: supervisor.run(forker, folders, kills))
        call, status = forks.Zygote(line, pid, child.main).serve()
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == forks.HOST_GONE:
        os._exit(0)
    kernel.kill_all()
    if os.WIFSIGNALED(status) and call:
        text = "The code stopped the process that looked after it."
        host.send_result(call, "error", text, "", ("", ""), 0, "retire")
    os._exit(4)


if __name__ == "__main__":
    main()
