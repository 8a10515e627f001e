"""Lines to the host, on the container's standard output."""

from mneme_worker import frames, lean

_STDOUT = 1


def line(kind, **fields):
    return (lean.dumps({"type": kind, **fields}, comma=",", colon=":") + "\n").encode("utf-8", "backslashreplace")


def send(kind, **fields):
    frames.write(_STDOUT, line(kind, **fields))


def send_result(id, status, text, traceback, output, dropped, next):
    """output is what was printed to stdout and to stderr and has not been sent yet."""
    ending = {"value": text} if status == "ok" else {"message": text, "traceback": traceback}
    stdout, stderr = output
    send("result", id=id, status=status, **ending, stdout=stdout, stderr=stderr, dropped=dropped, next=next)
