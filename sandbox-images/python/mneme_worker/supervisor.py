"""Looks after calls: passes each to the process that runs it, relays what that one says, ends it and cleans up.

Nothing the call sends is believed: not its lengths, not its kinds, not its order. Whatever it does, the host
gets one result.
"""

import _signal
import os
import select
import time

from mneme_worker import artifacts, frames, host, kernel
from mneme_worker.conversation import Broken, Conversation
from mneme_worker.forks import COLD, HOST_GONE, close
from mneme_worker.output import Output

_STDIN = 0
_CHUNK = 1 << 16
_TICK = 0.1
_SOON = 0.2


def run(forker, folders, kills):
    """Serves calls until the host is gone, and answers how this process is to exit.

    kills: how often the kernel had killed a process for want of memory when the container began.
    """
    while _serve_one(_Call(forker, forker.fork(), folders, kills)):
        pass
    return HOST_GONE


def run_first(forker, pipes, folders, kills):
    """Serves the first call, whose process is there, if somebody waits for it, and makes room for a supervisor of a
    warm process 1."""
    call = _Call(forker, pipes, folders, kills)
    if not select.select((_STDIN,), (), (), _SOON)[0]:
        forker.kill_all()
        return COLD
    return COLD if _serve_one(call) else HOST_GONE


def _serve_one(call):
    """One call, or all of a session; False when the host is gone."""
    if not call.accept() or not call.serve():
        return False
    while call.goes_on:
        if not call.accept_next() or not call.serve():
            return False
    call.close()
    return True


class _Call:
    """Everything that can be made ready before the call is known is made in the constructor."""

    def __init__(self, forker, pipes, folders, kills):
        self._forker = forker
        self._folders = folders
        self._kills = kills
        stdout, stderr, self._messages, self._answers = pipes
        self._streams = {stdout: 0, stderr: 1}
        self._output = Output()
        for fd in self._streams:
            os.set_blocking(fd, False)
        # Whether its process waits for the next call of a session.
        self.goes_on = False
        self._line = forker.fileno()
        self._poll = select.poll()
        for fd in (_STDIN, self._line, self._messages, *self._streams):
            self._poll.register(fd, select.POLLIN)

    def close(self):
        close((self._messages, self._answers, *self._streams))

    def accept(self):
        """Passes the next call on as it comes in, unread; False when the host is gone."""
        last = b""
        while not last.endswith(b"\n"):
            last = os.read(_STDIN, _CHUNK)
            if not last:
                return False
            frames.write(self._answers, last)
        kind, payload = frames.read(self._messages)
        if kind != frames.ACCEPTED:
            raise Broken("the call was not accepted")
        self._conversation = Conversation(payload, self._answers)
        self._output.limit(self._conversation.output)
        self._forker.name(self._conversation.id)
        return True

    def accept_next(self):
        """Takes the next call of a session, whose process runs again from now on; False when the host is gone."""
        line = frames.read_line(_STDIN)
        if not line:
            return False
        self._conversation.next(line)
        self._forker.name(self._conversation.id)
        self._output = Output()
        self._output.limit(self._conversation.output)
        kernel.resume_all()
        self._conversation.write_answer(self._poll)
        return True

    def serve(self):
        """Looks after the call to its end; False when the host is gone."""
        poll = self._poll
        os.set_blocking(self._messages, False)
        os.set_blocking(self._answers, False)
        began = None
        tick = time.monotonic() + _TICK
        conversation = self._conversation
        while conversation.answer is None and self._forker.ended is None:
            for fd, event in poll.poll(max(0, tick - time.monotonic()) * 1000):
                if fd == _STDIN:
                    data = os.read(_STDIN, _CHUNK)
                    if not data:
                        return False
                    conversation.hear_host(data)
                elif fd == self._line:
                    self._forker.hear()
                elif fd == self._messages:
                    self._hear(poll)
                elif fd in self._streams:
                    self._print(fd, poll)
                elif event & (select.POLLERR | select.POLLHUP):
                    conversation.forget_answer()
            conversation.write_answer(poll)
            if time.monotonic() >= tick:
                tick = time.monotonic() + _TICK
                self._send_output()
                used = kernel.processor_time()
                began = used if began is None else began
                if conversation.cpu and (used - began) * 1000 > conversation.cpu:
                    conversation.answer = ("cpu", "The call used up its processor time.", "")
                    break
        self._finish()
        return True

    def _hear(self, poll):
        data = _read(self._messages)
        if not data:
            if data is not None:
                poll.unregister(self._messages)
            return
        self._conversation.hear_call(data)

    def _print(self, fd, poll):
        data = _read(fd)
        if data:
            self._output.add(self._streams[fd], data)
        elif data is not None:
            poll.unregister(fd)

    def _send_output(self):
        stdout, stderr = self._output.take()
        if stdout or stderr:
            host.send("output", id=self._conversation.id, stdout=stdout, stderr=stderr)

    def _send_files(self):
        files, notes = artifacts.collect()
        for name, data in files:
            host.send("artifact", id=self._conversation.id, name=name, data=data)
        for note in notes:
            self._output.add(1, (artifacts.FOLDER + ": " + note + "\n").encode())

    def _finish(self):
        conversation = self._conversation
        if conversation.answer is None:
            self._drain(self._messages, conversation.hear_call)
        next = "ready"
        self.goes_on = (
            self._forker.ended is None
            and conversation.goes_on()
            and conversation.answer is not None
            and conversation.answer[0] in ("ok", "error", "result")
        )
        if self.goes_on:
            self._pause()
            return
        if conversation.keeps():
            next = "retire"
        self._forker.kill_all()
        if conversation.answer is None:
            conversation.answer, then = self._death()
            next = "retire" if then == "retire" else next
        elif conversation.answer[0] == "cpu":
            next = "retire"
        if conversation.answer[0] == "ok":
            self._send_files()
        self._take_rest_of_output()
        for folder in self._folders:
            try:
                kernel.wipe(folder)
            except OSError:
                next = "retire"
        self._send_result(next)

    def _pause(self):
        """Between the calls of a session all that is left of it stands still; only what goes out is taken away."""
        kernel.halt_all()
        if self._conversation.answer[0] == "ok":
            self._send_files()
        self._take_rest_of_output()
        kernel.wipe(os.fsencode(artifacts.FOLDER))
        self._send_result("ready")

    def _take_rest_of_output(self):
        for fd, stream in self._streams.items():
            self._drain(fd, lambda data, stream=stream: self._output.add(stream, data))
            self._output.add(stream, b"", final=True)

    def _send_result(self, next):
        conversation = self._conversation
        status, text, traceback = conversation.answer
        host.send_result(
            conversation.id, status, text, traceback, self._output.take(), self._output.dropped, next
        )

    @staticmethod
    def _drain(fd, take):
        data = _read(fd)
        while data:
            take(data)
            data = _read(fd)

    def _death(self):
        """The answer for a call whose process ended without a result, and what comes next."""
        status = self._forker.ended
        if os.WIFEXITED(status):
            text = "The code ended the interpreter (exit status " + str(os.WEXITSTATUS(status)) + ")."
            return ("error", text, ""), "ready"
        number = os.WTERMSIG(status)
        if number == _signal.SIGKILL and self._memory_was_full():
            return ("memory", "The code used up the memory.", ""), "retire"
        import signal

        try:
            name = signal.Signals(number).name
        except ValueError:
            name = str(number)
        return ("error", "The code's process was ended by the signal " + name + ".", ""), "retire"

    def _memory_was_full(self):
        return self._kills is not None and (kernel.memory_kills() or 0) > self._kills


def _read(fd):
    """What is there: bytes, nothing at the end of the stream, None when there is nothing yet."""
    try:
        return os.read(fd, _CHUNK)
    except BlockingIOError:
        return None
