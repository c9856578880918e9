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


class Archive:
    """A document's archive."""

    def __init__(self, content: bytes, watch: Watch) -> None:
        """Opens the archive.

        Raises:
            UnreadableDocumentError: It is damaged, or holds more members than any document does.
        """
        self._watch = watch
        # Entities are never expanded and nothing is fetched: a document comes from outside.
        self._parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
        )
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
            # The size in the directory may lie, so no more than the limit is ever unpacked.
            with self._zip.open(info) as part:
                data = part.read(self._watch.limits.part_bytes + 1)
        except _DAMAGED as error:
            raise self._watch.refuse(f"it is damaged; {_SAVE_ANEW}") from error
        if len(data) > self._watch.limits.part_bytes:
            raise self._watch.refuse_size("a part of it is too large when unpacked")
        return data

    def parse(self, name: str) -> etree._Element:
        """Unpacks and parses one part.

        Raises:
            UnreadableDocumentError: As for read, or the part is no XML.
        """
        try:
            return etree.fromstring(self.read(name), self._parser)
        except etree.XMLSyntaxError as error:
            raise self._watch.refuse(f"it is damaged; {_SAVE_ANEW}") from error
