"""One conversation of POP3 (RFC 1939): who asks, which mails are theirs, and what they take away."""

import hmac
from collections.abc import Callable

from practice_tenant.tenant import Tenant
from practice_tenant.transport.smtp_sign_in import PASSWORD

SCHEMA = """
CREATE TABLE IF NOT EXISTS fetched_mail (
    account TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (account, key));
"""
_BEFORE_SIGN_IN = frozenset({"USER", "PASS", "QUIT", "CAPA", "NOOP"})


class Pop3Session:
    """Answers one line after another.

    The account is an address of the world; its mails are those of the outbox that went to it. What it deletes is gone
    for that account and stays in GET /practice/outbox.
    """

    def __init__(self, tenant: Tenant, settle: Callable[[Tenant], None]) -> None:
        self.is_over = False
        self._tenant = tenant
        self._settle = settle
        self._account = ""
        self._is_signed_in = False
        self._mails: list[tuple[int, bytes]] = []
        self._deleted: set[int] = set()
        self._commands: dict[str, Callable[[list[str]], bytes]] = {
            "USER": self._user,
            "PASS": self._password,
            "STAT": lambda _: _ok(f"{len(self._kept())} {sum(len(raw) for _, raw in self._kept().values())}"),
            "LIST": lambda words: self._listed(words, lambda mail: str(len(mail[1]))),
            "UIDL": lambda words: self._listed(words, lambda mail: f"practice-{mail[0]}"),
            "RETR": lambda words: _ok("message follows") + _dotted(self._mail(words[0])[1]),
            "TOP": lambda words: _ok("top follows") + _dotted(_top(self._mail(words[0])[1], int(words[1]))),
            "DELE": self._delete,
            "RSET": self._reset,
            "NOOP": lambda _: _ok(),
            "CAPA": lambda _: _ok("capabilities follow") + _dotted(b"USER\r\nTOP\r\nUIDL\r\nUTF8\r\n"),
            "QUIT": self._quit,
        }

    def answer(self, line: str) -> bytes:
        """What is said to one line of the program's."""
        word, *words = line.split(" ") if line else [""]
        command = self._commands.get(word.upper())
        if command is None or (not self._is_signed_in and word.upper() not in _BEFORE_SIGN_IN):
            return b"-ERR Command is not valid in this state.\r\n"
        try:
            return command(words)
        except (KeyError, IndexError, ValueError):
            return b"-ERR There is no such message.\r\n"

    def _user(self, words: list[str]) -> bytes:
        self._account = words[0].strip("<>").lower()
        return _ok()

    def _password(self, words: list[str]) -> bytes:
        given = " ".join(words).encode()
        is_ours = self._tenant.directory.is_ours(self._account)
        if "@" not in self._account or is_ours or not hmac.compare_digest(given, PASSWORD.encode()):
            return b"-ERR Logon failure: unknown user name or bad password.\r\n"
        self._is_signed_in = True
        self._settle(self._tenant)
        rows = self._tenant.database.rows(
            "SELECT key, raw FROM outbox WHERE EXISTS (SELECT 1 FROM json_each(recipients) WHERE lower(value) = ?) "
            "AND key NOT IN (SELECT key FROM fetched_mail WHERE account = ?) ORDER BY key",
            (self._account, self._account),
        )
        self._mails = [(row["key"], bytes(row["raw"])) for row in rows]
        return _ok(f"{len(self._mails)} messages")

    def _kept(self) -> dict[int, tuple[int, bytes]]:
        return {n: mail for n, mail in enumerate(self._mails, 1) if n not in self._deleted}

    def _mail(self, number: str) -> tuple[int, bytes]:
        return self._kept()[int(number)]

    def _listed(self, words: list[str], shown: Callable[[tuple[int, bytes]], str]) -> bytes:
        if words:
            return _ok(f"{int(words[0])} {shown(self._mail(words[0]))}")
        lines = "".join(f"{number} {shown(mail)}\r\n" for number, mail in self._kept().items())
        return _ok(f"{len(self._kept())} messages") + _dotted(lines.encode())

    def _delete(self, words: list[str]) -> bytes:
        self._mail(words[0])
        self._deleted.add(int(words[0]))
        return _ok("deleted")

    def _reset(self, _words: list[str]) -> bytes:
        self._deleted.clear()
        return _ok()

    def _quit(self, _words: list[str]) -> bytes:
        """Only now what was deleted is gone."""
        with self._tenant.database.transaction():
            for number in self._deleted:
                self._tenant.database.execute(
                    "INSERT OR IGNORE INTO fetched_mail (account, key) VALUES (?, ?)",
                    (self._account, self._mails[number - 1][0]),
                )
        self.is_over = True
        return _ok("bye")


def _ok(words: str = "") -> bytes:
    return f"+OK {words}".rstrip().encode() + b"\r\n"


def _dotted(content: bytes) -> bytes:
    """Several lines: a dot before a line that begins with one, and a line with a dot alone at the end."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    lines = lines[:-1] if lines[-1] == b"" else lines
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines) + b".\r\n"


def _top(raw: bytes, number: int) -> bytes:
    """The headers and so many lines of the body."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    return head + b"\n\n" + b"".join(line + b"\n" for line in body.split(b"\n")[:number])
