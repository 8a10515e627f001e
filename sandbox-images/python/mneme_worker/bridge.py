"""The way of the module "mneme" (guest.py, the same file in every back end) to the supervisor."""

import _thread
import sys

from mneme_worker import frames, guest, lean, values

_MAX_TEXT = 4_000


def install(messages, answers):
    link = _Link(messages, answers)
    sys.modules["mneme"] = guest.make(type(sys)("mneme"), link.ask, values.to_json, lean.loads)


class _Link:
    """Requests of several threads take turns."""

    def __init__(self, messages, answers):
        self._messages = messages
        self._answers = answers
        self._turn = _thread.allocate_lock()

    def ask(self, kind, text, more, last):
        if kind == "progress":
            self._tell(frames.PROGRESS, [more, last, text[:_MAX_TEXT]])
        elif kind == "log":
            self._tell(frames.LOG, [more[:_MAX_TEXT], text[:_MAX_TEXT]])
        else:
            return self._request([text[:_MAX_TEXT], more])

    def _tell(self, letter, content):
        data = frames.pack(letter, lean.dumps(content).encode("utf-8", "backslashreplace"))
        with self._turn:
            frames.write(self._messages, data)

    def _request(self, content):
        data = lean.dumps(content).encode("utf-8", "backslashreplace")
        with self._turn:
            frames.write(self._messages, frames.pack(frames.ASK, data))
            kind, answer = frames.read(self._answers)
        return kind == frames.ANSWER, answer.decode("utf-8", "replace")
