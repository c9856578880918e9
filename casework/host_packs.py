"""How a person complains to the host of a post: where, who may, in which words, with what, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.assessment import Assessment, Audience, Author


@dataclass(frozen=True, kw_only=True, slots=True)
class HostPack:
    """What templates/platforms.toml says of complaining to one platform; nothing of it is done by Casework.

    Attributes:
        who: who can report a post there; in_groups: who can if it is in a closed group.
        minimum_age: from which it takes users; 0 where that is not known.
        under_age: how a younger child's account is reported; empty where that is not known.
        reasons: for each category of a case, the platform's reason that comes nearest.
        next_steps: what to do after which time.
        helpers: who else helps a person whom a post is about.
        checked: when somebody last looked whether it is still so; source: where it was read.
    """

    routes: tuple[str, ...]
    who: str
    bring: tuple[str, ...]
    next_steps: tuple[str, ...]
    checked: date
    in_groups: str = ""
    minimum_age: int = 0
    under_age: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    helpers: tuple[str, ...] = ()
    source: str = ""

    def who_may(self, assessment: Assessment) -> str:
        """Who may report this post: of a closed group only those who belong to it."""
        in_group = assessment.audience is Audience.GROUP or bool(assessment.group_name)
        return self.in_groups if in_group and self.in_groups else self.who

    def reasons_for(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """The reasons to choose, each once; that of "other" where no category is set."""
        named = [self.reasons[name] for name in categories if name in self.reasons]
        return tuple(
            dict.fromkeys(named or [reason for name, reason in self.reasons.items() if name == "other"])
        )

    def under_age_route(self, assessment: Assessment) -> str:
        """How to report the account where a child posted; empty otherwise."""
        return self.under_age if assessment.author is Author.CHILD else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HostPacks:
    """The packs by platform, and the one for a platform that nobody has described."""

    general: HostPack
    known: Mapping[str, HostPack] = field(default_factory=dict)

    def of(self, platform: str) -> HostPack:
        return self.known.get(platform, self.general)
