"""Who may do what: consents in Entra, and grants per mailbox, site, list and file beside them.

A consent stands in the token (its roles claim) and reaches the whole tenant; a grant is kept where the resource is.
Microsoft adds them up: a consent to Mail.ReadWrite opens every mailbox, whatever Exchange's roles are scoped to.
"""

from dataclasses import dataclass

from practice_tenant.database import Database
from practice_tenant.directory import User
from practice_tenant.errors import access_denied
from practice_tenant.principals import Principal

SCHEMA = """
CREATE TABLE IF NOT EXISTS permission (
    holder TEXT NOT NULL, kind TEXT NOT NULL, resource TEXT NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (holder, kind, resource, role));
"""

EVERYTHING = "everything"
CONSENT = "entra"
KINDS = (CONSENT, "mailbox", "site", "list", "item", "drive", "directory", EVERYTHING)
# What a holder of the first may also do: writing includes reading.
_INCLUDES = {
    "Mail.ReadWrite": ("Mail.Read",),
    # the delegated ".Shared" ones reach the person's own mailbox and those shared with them
    "Mail.ReadWrite.Shared": ("Mail.ReadWrite", "Mail.Read"),
    "Mail.Read.Shared": ("Mail.Read",),
    "Mail.Send.Shared": ("Mail.Send",),
    "MailboxSettings.ReadWrite": ("MailboxSettings.Read",),
    "Calendars.ReadWrite": ("Calendars.Read",),
    "Tasks.ReadWrite": ("Tasks.Read",),
    "User.Read.All": ("User.ReadBasic.All",),
    "Directory.Read.All": ("User.Read.All", "User.ReadBasic.All"),
    "write": ("read",),
    "owner": ("write", "read"),
    "fullcontrol": ("owner", "write", "read"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """One line of the permissions.

    Attributes:
        holder: a client id or a user's id.
        kind: one of KINDS. entra is a consent (resource "*"); mailbox a role that Exchange scopes to a mailbox;
            site, list and item what was given for the Selected consents; everything (all "*") the visitor's.
        resource: the id of a user, site, list, drive or file, or "*".
        role: such as Mail.Send, Sites.Selected, read or write.
    """

    holder: str
    kind: str
    resource: str
    role: str


class Permissions:
    """The grants, kept in the database and changeable while the tenant runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def grant(self, grant: Grant) -> None:
        self._database.execute(
            "INSERT OR IGNORE INTO permission (holder, kind, resource, role) VALUES (?, ?, ?, ?)",
            (grant.holder, grant.kind, grant.resource, grant.role),
        )

    def revoke(self, grant: Grant) -> None:
        self._database.execute(
            "DELETE FROM permission WHERE holder = ? AND kind = ? AND resource = ? AND role = ?",
            (grant.holder, grant.kind, grant.resource, grant.role),
        )

    def all(self) -> list[Grant]:
        rows = self._database.rows("SELECT holder, kind, resource, role FROM permission ORDER BY 1, 2, 3, 4")
        return [
            Grant(holder=row["holder"], kind=row["kind"], resource=row["resource"], role=row["role"])
            for row in rows
        ]

    def roles_on(self, holder: str, kind: str, resource: str) -> tuple[str, ...]:
        """What a holder was given on one resource."""
        return self._rows(holder, kind, resource)

    def consents(self, client_id: str) -> frozenset[str]:
        """The application permissions that an administrator consented to, as new tokens name them."""
        return frozenset(self._rows(client_id, CONSENT, "*"))

    def may_everything(self, principal: Principal) -> bool:
        """Whether an application acts without any narrowing (the visitor's)."""
        if principal.user is not None:
            return False
        return bool(self._rows(principal.application_id, EVERYTHING, "*"))

    def has(self, principal: Principal, kind: str, resource: str, need: str) -> bool:
        """Whether the grants (not a user's own rights) give `need` on a resource."""
        if self.may_everything(principal):
            return True
        held = self._rows(principal.holder, kind, resource)
        return any(need == role or need in _INCLUDES.get(role, ()) for role in held)

    def require_mailbox(self, principal: Principal, mailbox: User, need: str) -> None:
        """Let an application with a grant or a consent, and a user at the own mailbox, pass.

        Raises:
            GraphError: 403 ErrorAccessDenied.
        """
        is_in_token = any(need == word or need in _INCLUDES.get(word, ()) for word in principal.permissions)
        if principal.user is None and is_in_token:
            return
        if principal.user is not None:
            if not is_in_token:
                raise access_denied()
            if principal.user.id == mailbox.id:
                return
        if not self.has(principal, "mailbox", mailbox.id, need):
            raise access_denied()

    def require_directory(self, principal: Principal, need: str) -> None:
        """Let users, and applications with a directory grant, read the directory.

        Raises:
            GraphError: 403 Authorization_RequestDenied.
        """
        is_in_token = need in principal.permissions or any(
            need in _INCLUDES.get(word, ()) for word in principal.permissions
        )
        if principal.user is None and not is_in_token and not self.has(principal, "directory", "*", need):
            raise access_denied(
                "Insufficient privileges to complete the operation.", "Authorization_RequestDenied"
            )

    def _rows(self, holder: str, kind: str, resource: str) -> tuple[str, ...]:
        asked = (holder, kind, resource)
        return self._database.kept("permission", ("permission", *asked), lambda: self._read(asked))

    def _read(self, asked: tuple[str, str, str]) -> tuple[str, ...]:
        rows = self._database.rows(
            "SELECT role FROM permission WHERE holder = ? AND kind = ? AND resource = ?", asked
        )
        return tuple(str(row["role"]) for row in rows)
