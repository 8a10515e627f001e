"""The line between the supervisor and process 1, which forks for it.

What a call works with goes over as open descriptors, made anew for each: nothing of one call's pipes is there
for the next.
"""

import _signal
import _socket
import os
import struct

# How a supervisor ends.
HOST_GONE = 10
COLD = 11

_FORK = b"F"
_CALL = b"C"
_ENDED = b"E"
_REAP = b"R"
_LONGEST = 1024
_PLACES = struct.Struct("4i")
_STATUS = struct.Struct("i")


def pair():
    """(end of process 1, end of the supervisor)"""
    return _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)


def pipes():
    """The supervisor's ends of what a call works with, and its process's ends: stdout, stderr, messages, answers."""
    stdout, stderr, messages, answers = os.pipe(), os.pipe(), os.pipe(), os.pipe()
    return (stdout[0], stderr[0], messages[0], answers[1]), (stdout[1], stderr[1], messages[1], answers[0])


def close(descriptors):
    for descriptor in descriptors:
        os.close(descriptor)


class Forker:
    """The supervisor's end."""

    def __init__(self, line):
        self._line = line
        self.fileno = line.fileno
        # How the call's process ended; None while it lives.
        self.ended = None

    def fork(self):
        """Has a new process made, and answers our ends of its pipes."""
        self.ended = None
        ours, theirs = pipes()
        rights = _PLACES.pack(*theirs)
        self._line.sendmsg([_FORK], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights)])
        close(theirs)
        return ours

    def name(self, call):
        """Whose result is missing if this process is stopped."""
        self._line.send(_CALL + call.encode())

    def hear(self):
        message = self._line.recv(_LONGEST)
        if message[:1] == _ENDED:
            self.ended = _STATUS.unpack(message[1:])[0]

    def kill_all(self):
        """Kills every process but the two, and returns when all are gone."""
        while self._kill():
            if self.ended is not None:
                self._line.send(_REAP)
            self.hear()
        # It may have been gone already, and the word of its end still be on its way.
        while self.ended is None:
            self.hear()

    @staticmethod
    def _kill():
        """Whether there was anything to kill; what has ended counts until it is reaped."""
        try:
            os.kill(-1, _signal.SIGKILL)
            return True
        except ProcessLookupError:
            return False


class Zygote:
    """The end of process 1: it learns of a call nothing but its id."""

    def __init__(self, line, supervisor, run):
        self._line = line
        self._supervisor = supervisor
        self._run = run
        self._call = ""

    def serve(self, first=None):
        """Forks and reaps until the supervisor has ended: the id of the call it had, and its status.

        first: the process that was forked before there was a supervisor.
        """
        status = None if first is None else self._wait(first)
        while status is None:
            message, rights = self._hear()
            kind = message[:1]
            if kind == _FORK:
                self._call = ""
                status = self._wait(self._fork(_PLACES.unpack(rights[0][2])))
            elif kind == _REAP:
                status = self._reap()
            elif kind == _CALL:
                self._call = message[1:].decode()
                continue
            else:
                status = self._wait(self._supervisor)
        return self._last_call(), status

    def _hear(self):
        """The next message and the descriptors with it; nothing when the supervisor has ended."""
        try:
            return self._line.recvmsg(_LONGEST, _socket.CMSG_SPACE(_PLACES.size))[:2]
        except ConnectionResetError:
            return b"", ()

    def _fork(self, descriptors):
        pid = os.fork()
        if pid == 0:
            self._run(*descriptors)
        close(descriptors)
        return pid

    def _wait(self, pid):
        """Reaps until this process has ended; the supervisor's status if it has."""
        while True:
            found, status = os.waitpid(-1, 0)
            if found == self._supervisor:
                return status
            if found == pid:
                return self._tell(_ENDED + _STATUS.pack(status))

    def _reap(self):
        while True:
            found, status = os.waitpid(-1, os.WNOHANG)
            if found == self._supervisor:
                return status
            if found == 0:
                return self._tell(_REAP)

    def _tell(self, message):
        try:
            self._line.send(message)
        except OSError:
            pass  # It has ended, which the next look at the line shows.

    def _last_call(self):
        self._line.setblocking(False)
        try:
            while message := self._line.recv(_LONGEST):
                self._call = message[1:].decode() if message[:1] == _CALL else ""
        except OSError:
            pass
        return self._call
