"""Transfer encodings undone, with every byte that can be saved."""

from __future__ import annotations

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)


def undo_encoding(body: bytes, encoding: str, *, is_text: bool) -> bytes:
    """The content of a part, by the name of its transfer encoding, which may be misspelt."""
    name = re.sub(r"[^a-z0-9]", "", encoding.partition(";")[0].lower())
    if name == "base64":
        return body if is_text and _is_plain_after_all(body) else from_base64(body)
    if name == "quotedprintable":
        return binascii.a2b_qp(body)
    if name in {"xuuencode", "uuencode", "xuue", "uue"}:
        files = uuencoded_files(body)
        return files[0][1] if files else body
    return body


def from_base64(body: bytes) -> bytes:
    """Decode base64 with foreign characters, missing padding, or several padded runs one after another."""
    try:
        if body.find(b"=", 0, max(0, len(body.rstrip()) - 2)) < 0:
            return binascii.a2b_base64(body)
    except binascii.Error:
        pass
    packed = _NOT_BASE64.sub(b"", body)
    return b"".join(_run(run) for run in re.split(rb"=+", packed) if run)


def uuencoded_files(text: bytes) -> list[tuple[str, bytes, int, int]]:
    """Files that stand in a text between "begin 644 name" and "end": name, content, first and last byte."""
    files = []
    at = 0
    while match := _UU_BEGIN.search(text, at):
        end = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE).search(text, match.end())
        if not end:
            break
        content = _uu_lines(text[match.end() : end.start()])
        if content is not None:
            files.append((match[1].decode("utf-8", "replace").strip(), content, match.start(), end.end()))
        at = end.end()
    return files


def _run(run: bytes) -> bytes:
    whole = run[: len(run) - 1] if len(run) % 4 == 1 else run
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _is_plain_after_all(body: bytes) -> bool:
    """A text that claims base64 but has spaces between words is plain text."""
    sample = body[:2_000].strip()
    foreign = len(re.findall(rb"[^A-Za-z0-9+/=\s]|[A-Za-z,.] [A-Za-z]", sample))
    return foreign * 25 > len(sample)


def _uu_lines(lines: bytes) -> bytes | None:
    content = []
    for line in lines.splitlines():
        if not line or line == b"`":
            continue
        try:
            content.append(binascii.a2b_uu(line))
        except binascii.Error:
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                content.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                return None
    return b"".join(content)
