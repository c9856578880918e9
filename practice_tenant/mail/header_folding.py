"""Headers as a mail program folds them: an identifier keeps its letters, however long it is."""

from email.policy import EmailPolicy

# Python writes a word that is longer than a line as an encoded one, which no program would know as an identifier.
_IDENTIFIERS = frozenset(
    {"message-id", "in-reply-to", "references", "thread-index", "x-ms-exchange-parent-message-id"}
)


class MailPolicy(EmailPolicy):
    """The policy of every mail that the tenant writes."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as bytes, with its line end."""
        if name.lower() not in _IDENTIFIERS:
            return super().fold_binary(name, value)
        words = "\r\n ".join(str(value).split()).encode("ascii", "replace")
        return name.encode() + b": " + words + b"\r\n"


MAIL = MailPolicy(linesep="\r\n")
