"""What is remembered of one policy document: what was read, what people said about it, and what was told to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.policy_documents import PolicyFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyVersion:
    """What a policy said while it stated one update.

    Attributes:
        updated: the update as it stated it.
        since: the first day of that update, or the day of reading where it stated none.
        passages, sentences: as in PolicyRecord.
    """

    updated: str
    since: date
    read_on: date
    passages: tuple[str, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyRecord:
    """One policy document as last read.

    Attributes:
        content_tag: the service's mark of its content; a document that was only moved keeps it.
        changed_at: when content was read that had not been read before.
        problem: why it could not be read; empty if it was.
        sketch: of its words, to know copies by.
        previous_review_to: the last day of the review date that an earlier version stated.
        kept_date: it was updated, as it says itself, and the next review was left as it was.
        extract: the passages that letters quote, word for word.
        sentences: (category, words) of what it calls inappropriate; the words that introduce the list have no category.
        versions: what it said before, for cases about posts of that time; the newest is in the record itself.
        item_id: of its row in the Policies list; None until it stands there.
        written: fingerprint of the Casework columns as last written; shown_review: the day that they showed.
        register_says: the review day that somebody wrote into the list over ours.
        published_checked_on: the day on which a person compared the published copy.
        retired: staff set Retired in the list; retired_on: the day on which a person answered that it is.
        told: the reminders that went out, as "due day/rung".
        reviewed_on, reviewed_by: when somebody answered REVIEWED, and who, in office words.
        calendar: the calendar entry as last asked for; empty if there is none.
        owner_gone: the owner's words for which the directory knows nobody any more.
        not_shared_with: groups that cannot open it, as last looked.
        published_finding: what was wrong with the published copy, as last looked.
        lessons: numbers of the cases that showed a gap in it.
    """

    file_id: str
    path: str
    etag: str
    content_sha256: str
    first_seen_at: datetime
    read_at: datetime
    content_tag: str = ""
    modified_at: datetime | None = None
    changed_at: datetime | None = None
    facts: PolicyFacts | None = None
    problem: str = ""
    sketch: tuple[int, ...] = ()
    item_id: str | None = None
    written: str = ""
    shown_review: date | None = None
    register_says: date | None = None
    owner_override: str = ""
    statutory: bool = False
    published_at: str = ""
    published_checked_on: date | None = None
    retired: bool = False
    retired_on: date | None = None
    notes: str = ""
    web_url: str = ""
    previous_review_to: date | None = None
    kept_date: bool = False
    extract: tuple[str, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()
    versions: tuple[PolicyVersion, ...] = ()
    removed: bool = False
    removed_on: date | None = None
    told: tuple[str, ...] = ()
    reviewed_on: date | None = None
    reviewed_by: str = ""
    calendar: str = ""
    owner_gone: str = ""
    not_shared_with: tuple[str, ...] = ()
    shared_checked_at: datetime | None = None
    published_finding: str = ""
    published_looked_at: datetime | None = None
    lessons: tuple[str, ...] = ()

    @property
    def is_retired(self) -> bool:
        """True once a person said that it is no longer in use."""
        return self.retired or self.retired_on is not None

    @property
    def title(self) -> str:
        """The title inside the document, or the file's name."""
        return self.facts.title if self.facts else self.path.rpartition("/")[2].rpartition(".")[0]
