"""What a call and its host say to each other while it runs: checked, capped and thinned out."""

import os
import select
import time

from mneme_worker import frames, host, lean

_MAX_ID = 200
_MAX_LOGS = 200
_MAX_TEXT = 4_000
_PROGRESS_GAP = 0.02
# The host ends a worker that sends more than 20 000 messages in one call.
_MAX_MESSAGES = 15_000
# The host takes lines of 2.5 million bytes, and escaping may double a payload.
_MAX_REQUEST = 1_200_000
_MAX_FAILURE = 400_000
_TOO_LARGE = b"The request is larger than the bridge takes."
_TOO_MANY = b"The call has made too many requests."


class Broken(Exception):
    """A message that is not of the protocol."""


class Conversation:
    def __init__(self, accepted, answers):
        self._answers = answers
        self._unsent = b""
        self._registered = False
        self._from_call = bytearray()
        self._from_host = bytearray()
        self._request = 0
        self._broken = False
        self._begin(lean.loads(accepted))

    def _begin(self, call):
        self.id = str(call["id"])[:_MAX_ID]
        self.output = int(call["output"])
        self.cpu = float(call["cpu"])
        self._result = int(call["result"])
        self._keeps = call.get("keeps") is True
        self._waiting = False
        self._messages = 0
        self._logs = 0
        self._last_progress = 0.0
        # (status, text, traceback) once the call has ended.
        self.answer = None

    def keeps(self):
        """Whether it is a call of a session."""
        return self._keeps

    def goes_on(self):
        """Whether the process of this call can take the next one of its session."""
        return self._keeps and not self._broken and not self._waiting and not self._unsent

    def next(self, line):
        """The next call of the session, as the host sent it: the process there is not asked about it."""
        self._begin({**lean.loads(line), "keeps": True})
        self._unsent = line

    # --- from the call -------------------------------------------------------------------------

    def hear_call(self, data):
        if self.answer is not None:
            return
        self._from_call += data
        try:
            self._take_frames()
        except (Broken, ValueError, TypeError, KeyError, IndexError, RecursionError, MemoryError):
            self.answer = ("error", "The code broke its connection to the host.", "")
            self._broken = True

    def _take_frames(self):
        buffer = self._from_call
        while self.answer is None and len(buffer) >= frames.HEAD:
            kind, length = frames.unpack_head(buffer)
            if kind == frames.RESULT and length > self._result:
                self.answer = ("result", "The result is too long.", "")
                return
            if length > max(_MAX_REQUEST, self._result, _MAX_FAILURE):
                raise Broken("a frame is too long")
            if len(buffer) < frames.HEAD + length:
                return
            payload = bytes(memoryview(buffer)[frames.HEAD : frames.HEAD + length])
            del buffer[: frames.HEAD + length]
            self._take(kind, payload)

    def _take(self, kind, payload):
        if kind == frames.RESULT:
            self.answer = ("ok", payload.decode(), "")
        elif kind == frames.TOO_LONG:
            self.answer = ("result", "The result is too long.", "")
        elif kind in (frames.FAILED, frames.MEMORY):
            text, traceback = _texts(payload, _MAX_FAILURE)
            self.answer = ("error" if kind == frames.FAILED else "memory", text, traceback)
        elif kind == frames.PROGRESS:
            self._progress(*lean.loads(payload))
        elif kind == frames.LOG:
            self._log(*_texts(payload, _MAX_TEXT))
        elif kind == frames.ASK:
            self._ask(payload)
        else:
            raise Broken("a frame is of an unknown kind")

    def _progress(self, done, total, message):
        now = time.monotonic()
        if now - self._last_progress >= _PROGRESS_GAP and self._messages < _MAX_MESSAGES:
            self._last_progress = now
            self._messages += 1
            # JSON has no infinity; the host would end a worker that sends it.
            done, total = (float(n) if abs(float(n)) < 1e300 else 0.0 for n in (done, total))
            host.send("progress", id=self.id, progress=done, total=total, message=str(message)[:_MAX_TEXT])

    def _log(self, level, message):
        self._logs += 1
        if self._logs <= _MAX_LOGS:
            self._messages += 1
            host.send("log", id=self.id, level=level, message=message)

    def _ask(self, payload):
        if self._waiting:
            raise Broken("a request came before the answer to the last one")
        if len(payload) > _MAX_REQUEST:
            self._reply(frames.REFUSAL, _TOO_LARGE)
            return
        operation, question = _texts(payload, _MAX_REQUEST)
        if self._messages >= _MAX_MESSAGES:
            self._reply(frames.REFUSAL, _TOO_MANY)
            return
        self._messages += 1
        self._request += 1
        self._waiting = True
        line = host.line(
            "bridge", id=self.id, request=self._request, operation=operation[:_MAX_TEXT], payload=question
        )
        if len(line) > 2 * _MAX_REQUEST:
            self._waiting = False
            self._reply(frames.REFUSAL, _TOO_LARGE)
            return
        frames.write(1, line)

    # --- from the host -------------------------------------------------------------------------

    def hear_host(self, data):
        self._from_host += data
        if not data.endswith(b"\n"):
            return
        message = lean.loads(bytes(self._from_host))
        self._from_host.clear()
        if message["type"] != "bridge_result" or message["request"] != self._request or not self._waiting:
            raise Broken("the host answered what was not asked")
        self._waiting = False
        ok = message["ok"] is True
        text = message["payload" if ok else "message"]
        self._reply(frames.ANSWER if ok else frames.REFUSAL, text.encode("utf-8", "replace"))

    # --- to the call ---------------------------------------------------------------------------

    def _reply(self, kind, payload):
        self._unsent += frames.pack(kind, payload)

    def write_answer(self, poll):
        """Never waits: a call that does not read its answer only harms itself."""
        if self._unsent:
            try:
                self._unsent = self._unsent[os.write(self._answers, self._unsent) :]
            except BlockingIOError:
                pass
            except BrokenPipeError:
                self._unsent = b""
        if bool(self._unsent) != self._registered:
            self._registered = bool(self._unsent)
            if self._registered:
                poll.register(self._answers, select.POLLOUT)
            else:
                poll.unregister(self._answers)

    def forget_answer(self):
        self._unsent = b""


def _texts(payload, limit):
    texts = lean.loads(payload)
    if not isinstance(texts, list) or len(texts) != 2 or not all(isinstance(text, str) for text in texts):
        raise Broken("a frame holds something else than two texts")
    return [text[:limit] for text in texts]
