"""The media type of a file by its name: one table, the same on every machine."""

from mimetypes import MimeTypes

# Without files: the operating system's own tables differ from machine to machine.
_TABLE = MimeTypes(filenames=())
_OFFICE = "application/vnd.openxmlformats-officedocument"
_FURTHER = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".dotx": f"{_OFFICE}.wordprocessingml.template",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".msg": "application/vnd.ms-outlook",
    ".eml": "message/rfc822",
    ".heic": "image/heic",
    ".webp": "image/webp",
}
for _ending, _type in _FURTHER.items():
    _TABLE.add_type(_type, _ending)


def media_type_of(name: str) -> str:
    return _TABLE.guess_type(name)[0] or "application/octet-stream"
