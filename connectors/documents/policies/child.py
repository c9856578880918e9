"""The process that reads documents apart from Casework: one file after the other, until nobody asks any more."""

import json
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from casework.errors import UnreadableDocumentError
from connectors.documents.policies.frames import read_frame, to_json, write_frame
from connectors.documents.policies.limits import ReadingLimits
from connectors.documents.policies.memory import limit_memory
from connectors.documents.policies.pdf import read_pdf
from connectors.documents.policies.reader import PolicyDocumentReader

# Loaded before a file's time begins to count: the reader itself would load it with the first PDF.
_LOADED = (read_pdf,)

READ, REFUSED = b"read", b"refused"
TOO_MUCH_MEMORY = "reading it takes too much memory; save it anew, or as a smaller file"
_RECURSION = "it is nested too deeply; save it anew"
_IDLE_SECONDS = 120.0


def main() -> None:
    """Reads the documents that arrive on standard input, each in a frame of name and content."""
    requests, answers = sys.stdin.buffer, _own_output()
    limits = ReadingLimits(**json.loads(sys.argv[1]))
    limit_memory(limits.memory_bytes)
    reader = PolicyDocumentReader(limits)
    write_frame(answers, b"ready")
    while request := _next(requests):
        name, content = request
        write_frame(answers, *_answer(reader, name.decode("utf-8", "surrogatepass"), content))


def _own_output() -> IO[bytes]:
    """Keeps standard output for the answers alone, whatever a library may print."""
    answers = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return answers


def _next(requests: IO[bytes]) -> list[bytes]:
    """Waits for the next document, and ends the process when none comes for a while."""
    idle = threading.Timer(_IDLE_SECONDS, os._exit, (0,))
    idle.daemon = True
    idle.start()
    try:
        return read_frame(requests)
    finally:
        idle.cancel()


def _answer(reader: PolicyDocumentReader, name: str, content: bytes) -> tuple[bytes, bytes]:
    try:
        return READ, to_json(reader.read(content, name=name))
    except UnreadableDocumentError as error:
        return REFUSED, error.reason.encode("utf-8", "replace")
    except MemoryError:
        return REFUSED, TOO_MUCH_MEMORY.encode()
    except RecursionError:
        return REFUSED, _RECURSION.encode()


if __name__ == "__main__":
    # The other end may have been stopped in the middle of an answer.
    with suppress(OSError):
        main()
