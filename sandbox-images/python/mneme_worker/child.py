"""The process that runs one call, or those of one session. It is forked before the call is known."""

import _signal
import fcntl
import os
import sys

from mneme_worker import bridge, frames, inputs, kernel, lean, running

_MESSAGES = 3
_ANSWERS = 4
_MAX_TEXT = 20_000
_PACKAGES = "/opt/packages"


def main(stdout, stderr, messages, answers):
    """Never returns."""
    try:
        _take_places(stdout, stderr, messages, answers)
        _settle()
        line = frames.read_line(_ANSWERS)
        if line:
            call = lean.loads(line)
            keeps = call["kind"] == "session"
            _accept(call, keeps)
            _run(call)
            del call
            while keeps and (line := frames.read_line(_ANSWERS)):
                _run(lean.loads(line))
    except BaseException as problem:
        try:
            os.write(2, ("worker: " + type(problem).__name__ + ": " + str(problem)[:200] + "\n").encode())
        except BaseException:
            pass
        os._exit(70)
    os._exit(0)


def _take_places(stdout, stderr, messages, answers):
    null = os.open(os.devnull, os.O_RDWR)
    sources = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 16) for fd in (null, stdout, stderr, messages, answers)]
    for place, source in enumerate(sources):
        os.dup2(source, place, inheritable=place < 3)
    os.closerange(5, 1 << 16)


def _settle():
    _signal.signal(_signal.SIGINT, _signal.default_int_handler)
    os.setsid()
    kernel.expose()
    kernel.die_first()
    os.chdir("/tmp")
    # Last and only here, so that nothing in it stands in for what process 1 imports.
    if os.path.isdir(_PACKAGES):
        sys.path.append(_PACKAGES)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()  # Python's own generator reseeds itself after a fork.
    bridge.install(_MESSAGES, _ANSWERS)


def _accept(call, keeps):
    """From here on the supervisor believes nothing that comes from this process."""
    accepted = {key: call[key] for key in ("id", "output", "result", "cpu")}
    accepted["keeps"] = keeps
    frames.write(_MESSAGES, frames.pack(frames.ACCEPTED, lean.dumps(accepted).encode()))


def _run(call):
    limit = int(call["result"])
    kind, name = call["kind"], call["name"]
    source, sha256 = call["source"], call["sha256"]
    function, arguments = call["function"], call["arguments"]
    files = call["files"]
    call.clear()
    try:
        inputs.place(files)
    except (OSError, ValueError) as error:
        refusal = ["The files for the call do not fit: " + _cut(str(error)), ""]
        frames.write(_MESSAGES, frames.pack(frames.FAILED, lean.dumps(refusal).encode("utf-8", "backslashreplace")))
        return
    status, text, traceback = running.run(kind, name, source, sha256, function, arguments)
    if status == "ok":
        data = text.encode("utf-8", "backslashreplace")  # a JSON escape as well
        frame = frames.pack(frames.RESULT, data) if len(data) <= limit else frames.pack(frames.TOO_LONG, b"")
    else:
        letter = frames.MEMORY if status == "memory" else frames.FAILED
        both = [_cut(text), _cut(traceback)]
        frame = frames.pack(letter, lean.dumps(both).encode("utf-8", "backslashreplace"))
    frames.write(_MESSAGES, frame)


def _cut(text):
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "..."
