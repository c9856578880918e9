"""Opens the zip archive that a .docx or .odt file is, and unpacks the parts asked for, within limits."""

import io
import struct
import zipfile
import zlib

from lxml import etree

from connectors.documents.policies.limits import Watch

# What the standard library raises on archives whose directory or data are spoiled.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError),
    *(IndexError, KeyError, OverflowError),
)
_SAVE_ANEW = "open it in Word, save it anew and upload it again"
# The local header of a member: its mark, what the directory says better, and the lengths of its name and extra field.
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MARK = b"PK\x03\x04"
# Entities are never expanded and nothing is fetched: a document comes from outside.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)


class Archive:
    """A document's archive."""

    def __init__(self, content: bytes, watch: Watch) -> None:
        """Opens the archive.

        Raises:
            UnreadableDocumentError: It is damaged, or holds more members than any document does.
        """
        self._watch = watch
        self._content = content
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            raise watch.refuse(f"it is damaged; {_SAVE_ANEW}") from error
        self._names = {info.filename: info for info in self._zip.infolist()}
        if len(self._names) > watch.limits.members:
            raise watch.refuse("it holds too many parts for a document")

    @property
    def names(self) -> list[str]:
        return list(self._names)

    def has(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """Unpacks one part.

        Raises:
            UnreadableDocumentError: The part is missing, damaged, encrypted or too large.
        """
        self._watch.check()
        info = self._names.get(name)
        if info is None:
            raise self._watch.refuse(f"a part of it is missing; {_SAVE_ANEW}")
        if info.flag_bits & 0x1:
            raise self._watch.refuse("it is protected by a password; save it without one")
        try:
            data = self._unpacked(info)
        except _DAMAGED as error:
            raise self._watch.refuse(f"it is damaged; {_SAVE_ANEW}") from error
        if len(data) > self._watch.limits.part_bytes:
            raise self._watch.refuse_size("a part of it is too large when unpacked")
        return data

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """Unpacks no more than the limit, for the size in the directory may lie."""
        most = self._watch.limits.part_bytes + 1
        packed = _packed(self._content, info) if info.compress_type == zipfile.ZIP_DEFLATED else None
        if packed is None:
            with self._zip.open(info) as part:
                return part.read(most)
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
        if len(data) < most and zlib.crc32(data) != info.CRC:
            raise zipfile.BadZipFile("a part is not what it was when it was packed")
        return data

    def parse(self, name: str) -> etree._Element:
        """Unpacks and parses one part.

        Raises:
            UnreadableDocumentError: As for read, or the part is no XML.
        """
        try:
            return etree.fromstring(self.read(name), _PARSER)
        except etree.XMLSyntaxError as error:
            raise self._watch.refuse(f"it is damaged; {_SAVE_ANEW}") from error


def _packed(content: bytes, info: zipfile.ZipInfo) -> memoryview | None:
    """Gives a member as it is packed, without the library's ten steps a member; None where it has to find it."""
    start = info.header_offset
    if start < 0 or start + _LOCAL_HEADER.size > len(content):
        return None
    mark, name, extra = _LOCAL_HEADER.unpack_from(content, start)
    start += _LOCAL_HEADER.size + name + extra
    if mark != _LOCAL_MARK or start + info.compress_size > len(content):
        return None
    return memoryview(content)[start : start + info.compress_size]
