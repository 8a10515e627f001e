"""What a call prints: kept up to a number of characters for both streams together, the rest counted."""

import codecs


class Output:
    def __init__(self):
        self._left = 0
        self.dropped = 0
        decoder = codecs.getincrementaldecoder("utf-8")
        self._decoders = (decoder("replace"), decoder("replace"))
        self._kept = ([], [])

    def limit(self, characters):
        self._left = characters

    def add(self, stream, data, final=False):
        text = self._decoders[stream].decode(data, final)
        kept = text if len(text) <= self._left else text[: self._left]
        self._left -= len(kept)
        if len(kept) < len(text):
            self.dropped += len(text) - len(kept)
            self._left = 0
        if kept:
            self._kept[stream].append(kept)

    def take(self):
        """(stdout, stderr) since the last time."""
        taken = tuple("".join(parts) for parts in self._kept)
        for parts in self._kept:
            parts.clear()
        return taken
