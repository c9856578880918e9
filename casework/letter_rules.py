"""What the school has laid down for each kind of letter: who gets it, who approves it, how it may travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from casework.letter_kinds import LetterKind


class Receiver(StrEnum):
    """For whom a kind of letter is written."""

    PARENT = "parent"
    ALL_PARENTS = "all parents"
    TARGET = "target"
    POLICE = "police"
    SOLICITOR = "solicitor"
    HOST = "host"
    FILE = "file"


class Way(StrEnum):
    """How a kind of letter may travel.

    OFFICE: a paper in the case's folder, and a draft in the reporting mailbox that a person addresses and sends.
    FILE: a paper in the case's folder and nowhere else.
    """

    MAIL = "mail"
    POST = "post"
    HAND = "hand"
    OFFICE = "office"
    FILE = "file"


class Approval(StrEnum):
    """Who approves: the approver of the case (headteacher or chair), or nobody, because a person sends it."""

    APPROVER = "approver"
    NOBODY = "nobody"


DELIVERED = frozenset({Way.MAIL, Way.POST, Way.HAND})
"""Ways in which Casework takes part once a letter is approved."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterRule:
    """One kind of letter, as templates/letters/<kind>/fields.toml has it in [letter].

    Attributes:
        name: with its article, for mails: "the written request to remove the post".
        ways: in the order of preference; never empty.
        needs: columns of the Cases list that staff must fill before it can be written.
        written_from: columns that it says; another value there means another version.
        days: the setting that gives its deadline ("removal_days", "reply_days"); empty where it sets none.
        cites_policy: it quotes the school's policy, so the approver is warned if that is overdue for review.
        step: the policy's action that it carries out, "a" to "f"; empty for none of them.
        statements: the sentences of the policy that it comes from, such as S47.
    """

    kind: LetterKind
    name: str
    receiver: Receiver
    ways: tuple[Way, ...]
    approval: Approval = Approval.APPROVER
    needs: tuple[str, ...] = ()
    written_from: tuple[str, ...] = ()
    days: str = ""
    cites_policy: bool = False
    step: str = ""
    statements: tuple[str, ...] = ()

    @property
    def goes_to_parent(self) -> bool:
        return self.receiver is Receiver.PARENT

    @property
    def is_delivered(self) -> bool:
        """True for a letter that leaves once it is approved; False for a paper that a person sends or keeps."""
        return bool(DELIVERED & set(self.ways))


LetterRules: TypeAlias = Mapping[LetterKind, LetterRule]


def faults_of_rule(rule: LetterRule) -> tuple[str, ...]:
    """What must not be laid down, each with what to write instead; empty if all is well."""
    faults = []
    if rule.is_delivered and rule.approval is Approval.NOBODY:
        faults.append(
            'approval must be "approver": nothing leaves the school without a named person\'s decision'
        )
    if rule.is_delivered and {Way.OFFICE, Way.FILE} & set(rule.ways):
        faults.append('ways must be either among "mail", "post", "hand" or one of "office" and "file"')
    if rule.is_delivered and rule.receiver is not Receiver.PARENT:
        faults.append('ways must be ["office"] or ["file"]: only letters to a parent go out by Casework')
    return tuple(faults)
