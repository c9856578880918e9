"""The compression that Outlook puts on rich text ([MS-OXRTFCP])."""

from __future__ import annotations

from connectors.documents.messages.limits import MOST_TEXT

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain"
    b"\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the window holds before the first byte ([MS-OXRTFCP] 2.1.2.1)."""
_WINDOW = 4096
_HEADER = 16


def decompress(data: bytes) -> bytes:
    """The rich text: stored as it is ("MELA"), packed ("LZFu"), or anything else unchanged."""
    kind = data[8:12]
    if kind == b"MELA":
        return data[_HEADER:]
    return bytes(_Unpacking(data).run()) if kind == b"LZFu" else data


class _Unpacking:
    """A window of 4096 bytes; control bytes of eight flags, each for a byte or for a reference into the window."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = _HEADER
        self.window = bytearray(_START.ljust(_WINDOW, b"\x00"))
        self.spot = len(_START)
        self.out = bytearray()

    def run(self) -> bytearray:
        while self.at < len(self.data) and len(self.out) < MOST_TEXT:
            control = self.data[self.at]
            self.at += 1
            for bit in range(8):
                if not self._step(reference=bool(control >> bit & 1)):
                    return self.out
        return self.out

    def _step(self, *, reference: bool) -> bool:
        """One byte or reference; False at the end mark, which refers to the spot itself, or where the data ends."""
        if self.at >= len(self.data):
            return False
        if not reference:
            self._put(self.data[self.at])
            self.at += 1
            return True
        value = int.from_bytes(self.data[self.at : self.at + 2], "big")
        self.at += 2
        start = value >> 4
        if start == self.spot % _WINDOW:
            return False
        for step in range((value & 15) + 2):
            self._put(self.window[(start + step) % _WINDOW])
        return True

    def _put(self, byte: int) -> None:
        self.window[self.spot % _WINDOW] = byte
        self.spot += 1
        self.out.append(byte)
