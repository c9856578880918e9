"""The people of the invented school, and the mailboxes that belong to nobody in particular."""

from dataclasses import dataclass
from uuid import NAMESPACE_DNS, uuid5

SCHOOL = "Tillbrook Infant School"
DOMAIN = "tillbrook.example"
# By role: local part, display name, job title. All invented.
_PEOPLE = {
    "headteacher": ("head", "Marion Aldwick", "Headteacher"),
    "deputy": ("deputy", "Tobias Renfield", "Deputy headteacher"),
    "office": ("office", "Tillbrook School Office", "School office"),
    "clerk": ("clerk", "Ottilie Brackwell", "Clerk to the governors"),
    "chair": ("chair", "Percival Stanmere", "Chair of governors"),
    "safeguarding_lead": ("safeguarding", "Greta Lindholme", "Designated safeguarding lead"),
    "reports": ("reports", "Social Media Reports", "Shared mailbox"),
    "teacher": ("teacher", "Noor Calloway", "Class teacher"),
}


# By display name: local part, and the roles of its members.
_GROUPS = {
    "Staff": ("staff", ("headteacher", "deputy", "office", "safeguarding_lead", "teacher")),
    "Governors": ("governors", ("headteacher", "clerk", "chair")),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """A person or a shared mailbox of the school; the address is the sign-in name too."""

    id: str
    role: str
    address: str
    display_name: str
    job_title: str

    def as_graph(self) -> dict[str, object]:
        given, _, family = self.display_name.rpartition(" ")
        return {
            "id": self.id,
            "displayName": self.display_name,
            "givenName": given or None,
            "surname": family,
            "jobTitle": self.job_title,
            "mail": self.address,
            "userPrincipalName": self.address,
            "businessPhones": [],
            "mobilePhone": None,
            "officeLocation": None,
            "preferredLanguage": "en-GB",
        }

    def identity(self) -> dict[str, str]:
        """This person as `createdBy` and permissions show them: the address belongs to the emailIdentity kind."""
        return {
            "@odata.type": "#microsoft.graph.emailIdentity",
            "email": self.address,
            "id": self.id,
            "displayName": self.display_name,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group with a mailbox, as far as sharing needs one: whatever it is given, its members have."""

    id: str
    address: str
    display_name: str
    members: frozenset[str]

    def identity(self) -> dict[str, str]:
        """This group as a permission shows it, under `group`."""
        return {
            "@odata.type": "#microsoft.graph.emailIdentity",
            "email": self.address,
            "id": self.id,
            "displayName": self.display_name,
        }


class Directory:
    """Finds a user or a group by id or by address, in any letter case."""

    def __init__(self, users: tuple[User, ...], groups: tuple[Group, ...] = ()) -> None:
        self.users = users
        self.groups = groups
        self._by_word = {word.lower(): user for user in users for word in (user.id, user.address)}

    def find(self, id_or_address: str) -> User | None:
        return self._by_word.get(id_or_address.strip().lower())

    def find_group(self, id_or_address: str) -> Group | None:
        word = id_or_address.strip().lower()
        return next((group for group in self.groups if word in (group.id, group.address)), None)

    def groups_of(self, user: User) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if user.id in group.members)

    def by_role(self, role: str) -> User:
        return next(user for user in self.users if user.role == role)

    def is_ours(self, address: str) -> bool:
        """Whether an address lies in the school's own domain, known mailbox or not."""
        return address.lower().rpartition("@")[2] == DOMAIN


def build_directory() -> Directory:
    """The eight people and two groups of the practice school; ids follow from the address, so they survive a restart."""
    users = tuple(
        User(
            id=_id_of(local),
            role=role,
            address=f"{local}@{DOMAIN}",
            display_name=name,
            job_title=title,
        )
        for role, (local, name, title) in _PEOPLE.items()
    )
    groups = tuple(
        Group(
            id=_id_of(local),
            address=f"{local}@{DOMAIN}",
            display_name=name,
            members=frozenset(user.id for user in users if user.role in roles),
        )
        for name, (local, roles) in _GROUPS.items()
    )
    return Directory(users, groups)


def _id_of(local: str) -> str:
    return str(uuid5(NAMESPACE_DNS, f"{local}@{DOMAIN}"))
