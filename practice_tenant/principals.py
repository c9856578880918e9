"""Who asks: an application by itself, or a signed-in user through one."""

from dataclasses import dataclass, field

from practice_tenant.directory import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Principal:
    """The holder of a token.

    Attributes:
        application_id: the client id of the application.
        application_name: its display name, as createdBy shows it.
        user: the signed-in user, None where the application acts by itself.
        permissions: the token's roles (application) or scopes (user).
    """

    application_id: str
    application_name: str
    user: User | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)

    @property
    def holder(self) -> str:
        """The id that grants are written for: the user's where there is one, else the application's."""
        return self.user.id if self.user else self.application_id

    def identity_set(self) -> dict[str, dict[str, str]]:
        """CreatedBy and lastModifiedBy as Graph shows this principal."""
        application = {"id": self.application_id, "displayName": self.application_name}
        if self.user is None:
            return {"application": application}
        return {"user": self.user.identity(), "application": application}


ANONYMOUS = Principal(application_id="", application_name="")
