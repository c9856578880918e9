"""Headers as a mail program folds them: an identifier keeps its letters, however long it is."""

import re
from email.headerregistry import BaseHeader
from email.policy import EmailPolicy
from functools import lru_cache

# Python writes a word that is longer than a line as an encoded one, which no program would know as an identifier.
_IDENTIFIERS = frozenset(
    {"message-id", "in-reply-to", "references", "thread-index", "x-ms-exchange-parent-message-id"}
)


# Nothing in it that a grammar could read in another way.
_PLAIN_IDENTIFIER = re.compile(r"(?:<[-\w.+$%!]+@[-\w.]+>|[A-Za-z0-9+/]+={0,2})", re.ASCII)

# Most headers of a school's mails are the same few; Python takes the whole grammar to each of them, slowly.
_SHORT = 200
_FOLDED = "folded_by_the_tenant"


class MailPolicy(EmailPolicy):
    """The policy of every mail that the tenant writes."""

    def header_store_parse(self, name: str, value: object) -> tuple[str, BaseHeader]:
        """A header read by its grammar; a plain short one is read once for all mails."""
        if type(value) is str and name.lower() in _IDENTIFIERS and _PLAIN_IDENTIFIER.fullmatch(value):
            return name, value  # type: ignore[return-value]  # folded as it is, so no grammar is needed
        if type(value) is str and len(value) <= _SHORT:
            return _read_header(name, value)
        return super().header_store_parse(name, value)

    def header_max_count(self, name: str) -> int | None:
        """How often a mail may have a header: Python would build a class to look it up, each time."""
        return _most(name.lower())

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as bytes, with its line end."""
        if name.lower() not in _IDENTIFIERS:
            return self._folded(name, value)
        words = "\r\n ".join(str(value).split()).encode("ascii", "replace")
        return name.encode() + b": " + words + b"\r\n"

    def _folded(self, name: str, value: str) -> bytes:
        """A header that was read once for all mails is also folded once: the bytes stay with it."""
        if not isinstance(value, BaseHeader):
            return super().fold_binary(name, value)
        known = vars(value).get(_FOLDED)
        if known is None or known[0] != name:
            known = (name, super().fold_binary(name, value))
            setattr(value, _FOLDED, known)
        folded: bytes = known[1]
        return folded


@lru_cache(maxsize=256)
def _most(name: str) -> int | None:
    return EmailPolicy.header_max_count(MAIL, name)


@lru_cache(maxsize=512)
def _read_header(name: str, value: str) -> tuple[str, BaseHeader]:
    return EmailPolicy.header_store_parse(MAIL, name, value)


MAIL = MailPolicy(linesep="\r\n")
