"""The line between the supervisor and process 1, which forks for it.

What a call works with goes over as open descriptors, made anew for each: nothing of one call's pipes is there
for the next.
"""

import _socket
import os
import signal
import struct

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


class Forker:
    """The supervisor's end."""

    def __init__(self, line):
        self._line = line
        self.fileno = line.fileno
        # How the call's process ended; None while it lives.
        self.ended = None

    def fork(self, descriptors):
        """Has a new process made that works with these four descriptors."""
        self.ended = None
        rights = _PLACES.pack(*descriptors)
        self._line.sendmsg([_FORK], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights)])

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
            os.kill(-1, signal.SIGKILL)
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

    def serve(self):
        """Forks and reaps until the supervisor has ended: the id of the call it had, and its status."""
        while True:
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
            if status is not None:
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
        for descriptor in descriptors:
            os.close(descriptor)
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
