"""Forms as browsers send them: plain ones, and those that carry files."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl

from starlette.requests import Request

from practice_tenant.errors import GraphError

_LARGEST = 40 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class SentFile:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What was typed, chosen and attached; line ends are single."""

    pairs: tuple[tuple[str, str], ...] = ()
    files: tuple[SentFile, ...] = ()

    def text(self, name: str) -> str:
        """The last value of a field, "" where it was not sent."""
        return next((value for key, value in reversed(self.pairs) if key == name), "")

    def many(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]


async def read_form(request: Request) -> Form:
    """Read the body of a POST.

    Raises:
        GraphError: 413 where it is larger than the practice tenant takes.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise GraphError(413, "RequestEntityTooLarge", "The files are larger than 40 MB together.")
    kind = request.headers.get("content-type", "")
    if kind.lower().startswith("multipart/form-data"):
        return _parts(kind, bytes(body))
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return Form(pairs=tuple((name, _single_lines(value)) for name, value in pairs))


def _parts(kind: str, body: bytes) -> Form:
    whole = message_from_bytes(
        f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace") + body, policy=HTTP
    )
    pairs: list[tuple[str, str]] = []
    files: list[SentFile] = []
    for part in whole.iter_parts():
        name = str(part.get_param("name", header="content-disposition") or "")
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        file_name = part.get_filename()
        if file_name is None:
            pairs.append((name, _single_lines(content.decode("utf-8", "replace"))))
        elif file_name:
            files.append(SentFile(name=_bare(file_name), media_type=part.get_content_type(), content=content))
    return Form(pairs=tuple(pairs), files=tuple(files))


def _bare(name: str) -> str:
    """The file's name without the folders that some browsers send along."""
    return name.replace("\\", "/").rpartition("/")[2]


def _single_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
