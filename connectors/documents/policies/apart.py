"""Reads each document apart, in a process that is stopped when a file hangs, crashes or fills the memory."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import IO, Self

from casework.errors import UnreadableDocumentError
from casework.policy_documents import DocumentText
from connectors.documents.policies.frames import from_json, read_frame, write_frame
from connectors.documents.policies.limits import ReadingLimits, TooLargeError
from connectors.documents.policies.reader import PolicyDocumentReader

_MEGABYTE = 1024 * 1024
# What is read by one parser written in C, within a size that bounds its time, need not be read apart: see
# docs/decisions/documents-are-read-apart.md for what was measured.
_PLAIN = frozenset(
    {".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".txt", ".text", ".md", ".markdown", ".html", ".htm"}
)
_SMALL_FILE = 20 * _MEGABYTE
_SMALL_TEXT = 1 * _MEGABYTE
_SMALL_PART = 2 * _MEGABYTE
_START_SECONDS = 60.0
_GRACE_SECONDS = 5.0
_DOCUMENTS_EACH = 500
_CHILD = "connectors.documents.policies.child"
_TOO_LONG = "reading it took too long; save it anew, or as a smaller file"
_CRASHED = "it brought the reader down, so it is damaged; save it anew and upload it again"


class ApartDocumentReader:
    """Reads documents with limits on time, memory and size (the port DocumentReader), from any number of threads."""

    def __init__(self, limits: ReadingLimits | None = None, *, processes: int = 2) -> None:
        """Prepares to read; a process is only started when a document needs one, and reused for those after it.

        Args:
            limits: What one document may take.
            processes: How many documents may be read at once.
        """
        self._limits = limits or ReadingLimits()
        small = replace(self._limits, part_bytes=min(_SMALL_PART, self._limits.part_bytes))
        self._here = PolicyDocumentReader(small)
        self._idle: list[_Child] = []
        self._places = threading.BoundedSemaphore(processes)

    def read(self, content: bytes, *, name: str) -> DocumentText:
        """Reads a document.

        Raises:
            UnreadableDocumentError: As for PolicyDocumentReader, and when it takes too long, takes too much memory,
                or brings down the process that reads it.
        """
        if _is_plain(content, name):
            # What unpacks to more than a small file is read apart.
            with suppress(TooLargeError):
                return self._here.read(content, name=name)
        with self._places:
            return self._read_apart(content, name)

    def close(self) -> None:
        """Stops the processes; they would stop by themselves after a while, and when this one ends."""
        while self._idle:
            self._idle.pop().stop()

    def _read_apart(self, content: bytes, name: str) -> DocumentText:
        child = self._idle.pop() if self._idle else _Child(self._limits)
        try:
            document = child.read(content, name=name)
        except UnreadableDocumentError:
            self._keep(child)
            raise
        except BaseException:
            child.stop()
            raise
        self._keep(child)
        return document

    def _keep(self, child: "_Child") -> None:
        if child.is_usable:
            self._idle.append(child)
        else:
            child.stop()


def _is_plain(content: bytes, name: str) -> bool:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix not in _PLAIN:
        return False
    return len(content) <= (_SMALL_FILE if content.startswith(b"PK") else _SMALL_TEXT)


class _Child:
    """One process that reads documents."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    @property
    def is_usable(self) -> bool:
        running = self._process is not None and self._process.poll() is None
        return running and self._done < _DOCUMENTS_EACH

    def read(self, content: bytes, *, name: str) -> DocumentText:
        self._done += 1
        seconds = self._limits.seconds + _GRACE_SECONDS
        answer, in_time = self._ask(content, name, seconds)
        if not answer and in_time and self._left_idle():
            answer, in_time = self._ask(content, name, seconds)
        if not answer:
            self.stop()
            raise UnreadableDocumentError(name, _CRASHED if in_time else _TOO_LONG)
        kind, data = answer
        if kind != b"read":
            raise UnreadableDocumentError(name, data.decode("utf-8", "replace"))
        return from_json(data, name=name)

    def stop(self) -> None:
        if self._process is None:
            return
        _stop_family(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                # What was still to be written has nobody to read it.
                with suppress(OSError):
                    pipe.close()
        self._process = None

    def _ask(self, content: bytes, name: str, seconds: float) -> tuple[list[bytes], bool]:
        """Gives the answer, empty if the process ended before it, and whether that was within the time."""
        process = self._process or self._started()
        with _Alarm(process, seconds) as alarm:
            try:
                write_frame(_pipe(process.stdin), name.encode("utf-8", "surrogatepass"), content)
                answer = read_frame(_pipe(process.stdout))
            except OSError:
                answer = []
        return answer, not alarm.rang

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", _CHILD, json.dumps(asdict(self._limits))]
        self._process = process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with _Alarm(process, _START_SECONDS):
            read_frame(_pipe(process.stdout))
        return process

    def _left_idle(self) -> bool:
        """Tells whether the process had left because nobody asked for long, in the moment before it was asked."""
        if self._process is None or self._process.wait(_GRACE_SECONDS) != 0:
            return False
        self.stop()
        return True


class _Alarm:
    """Stops a process when its time is up."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self.rang = False
        self._timer = threading.Timer(max(seconds, 0), self._ring)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        _stop_family(self._process)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise OSError("the process has no pipe")
    return stream


def _stop_family(process: subprocess.Popen[bytes]) -> None:
    """Stops a process and what it started, such as LibreOffice."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
