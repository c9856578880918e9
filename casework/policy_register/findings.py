"""What a person should look at in a policy: each finding says what is wrong, where it was seen, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.policy_documents import StatedDate
from casework.policy_documents.dates import find_dates
from casework.policy_register.policies import Policy
from casework.policy_register.record import PolicyRecord
from casework.policy_register.rules import PolicyRules
from casework.policy_register.statutory import StatutoryPolicy, is_too_far_apart, statutory_for

_CENTURY = 1900
NO_REVIEW_STATED = "No review date is stated"
NOT_PUBLISHED = "The statutory list wants it on the school's website, and the list names no address."
_READERS_OWN = "No next review date"
"""How the reader's own finding of a missing date begins; ours says whom to ask."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskWhom:
    """Whom findings send the reader to, in words for a sentence.

    Attributes:
        owner: such as "the headteacher".
        manager: who keeps the policies.
        owner_found: False if no such person could be found, so that the manager is asked instead.
        owner_left: True if the directory no longer knows the owner.
    """

    owner: str
    manager: str
    owner_found: bool = True
    owner_left: bool = False


def findings_of(policy: Policy, *, rules: PolicyRules, ask: AskWhom) -> tuple[str, ...]:
    """Gives the findings about the document that counts, the reader's own first."""
    if policy.is_lost:
        return (_lost(policy, ask),)
    leader = policy.leader
    own = _own(leader) if leader.facts else (_unreadable(leader, ask),)
    entry = statutory_for(policy.title, rules.statutory)
    return tuple(
        dict.fromkeys(
            (
                *own,
                *_missing_dates(policy, ask),
                *_owner(policy, ask),
                *_register(policy, ask),
                *_file_name(policy, ask),
                *_copies(policy, ask),
                *_statutory(policy, entry, ask),
                *_availability(policy, entry, ask),
                *_published(policy, rules, ask),
                *_what_people_said(policy, ask),
            )
        )
    )


def copy_findings(policy: Policy, *, ask: AskWhom) -> tuple[str, ...]:
    """Gives the findings about a document that is only another copy of a policy."""
    counts = f'This is another copy of "{policy.title}"; {_name(policy.leader)} is the one that counts.'
    return (f"{counts} Ask {ask.owner} whether this one can go.",)


def moved_on_findings(policy: Policy) -> tuple[str, ...]:
    """Gives the findings about a document that is gone while its policy lives on in another."""
    return (f"This document is gone; {_name(policy.leader)} took its place. Delete this row.",)


def _lost(policy: Policy, ask: AskWhom) -> str:
    if policy.is_retired:
        return "Retired: the document is no longer in use, and no longer in the library."
    return (
        "The document is no longer in the library. Put it back, or set Retired if the policy is no longer in use. "
        f"Ask {ask.owner}."
    )


def _own(leader: PolicyRecord) -> tuple[str, ...]:
    found = leader.facts.findings if leader.facts else ()
    return tuple(finding for finding in found if not finding.startswith(_READERS_OWN))


def _unreadable(record: PolicyRecord, ask: AskWhom) -> str:
    return f"It could not be read: {record.problem}. Ask {ask.owner} to save it again as a Word document."


def _missing_dates(policy: Policy, ask: AskWhom) -> Iterator[str]:
    facts = policy.facts
    if facts is None:
        return
    if facts.next_review is None or facts.next_review.to is None:
        yield f"{NO_REVIEW_STATED}, so nobody can be reminded. Ask {ask.owner} to write it into the document."
    if facts.last_update is None or facts.last_update.to is None:
        yield f"No date of the last update is stated. Ask {ask.owner} to write it into the document."


def _owner(policy: Policy, ask: AskWhom) -> Iterator[str]:
    written = policy.facts.owner if policy.facts else None
    words = policy.owner_words
    if not words:
        yield f'No owner is named, so {ask.manager} is reminded. Name one in the document, or in "Owner, if another".'
    elif ask.owner_left:
        yield (
            f'The owner, "{words}", is not in the school\'s directory any more, so {ask.manager} is reminded. '
            'Name another in the document, or in "Owner, if another".'
        )
    elif not ask.owner_found:
        yield (
            f'Nobody\'s address is known for the owner "{words}", so {ask.manager} is reminded. '
            'Write an address into "Owner, if another".'
        )
    if written and words.casefold() != written.casefold():
        yield f'The list names "{words}" as the owner, the document "{written}". Ask {ask.manager} which is right.'


def _register(policy: Policy, ask: AskWhom) -> Iterator[str]:
    wrote = policy.leader.register_says
    if wrote is None:
        return
    says = _says(policy.next_review)
    yield (
        f"Somebody wrote {_day(wrote)} into the list as the next review, but the document says {says}. "
        f"The document counts: ask {ask.owner} to change it there."
    )


def _file_name(policy: Policy, ask: AskWhom) -> Iterator[str]:
    facts = policy.facts
    stated = [each for each in (facts.last_update, facts.next_review) if each and each.to] if facts else []
    named = sorted(_years_of_name(policy.leader))
    if not stated or not named:
        return
    spans = [(each.from_.year if each.from_ else each.to.year, each.to.year) for each in stated if each.to]
    if any(first <= year <= last for year in named for first, last in spans):
        return
    inside = " and ".join(f'"{each.text}"' for each in stated)
    yield (
        f"The file's name, {_name(policy.leader)}, says {named[-1]}, but its text says {inside}. "
        f"Ask {ask.owner} which is right."
    )


def _years_of_name(record: PolicyRecord) -> set[int]:
    stem = record.path.rpartition("/")[2].rpartition(".")[0].replace("_", " ")
    found = [found for found in find_dates(stem) if found.to and str(found.to.year)[-2:] in found.text]
    return {found.to.year for found in found if found.to and found.to.year > _CENTURY}


def _copies(policy: Policy, ask: AskWhom) -> Iterator[str]:
    for copy in policy.copies:
        if _says_the_same(policy.leader, copy):
            if _ending(copy) == _ending(policy.leader):
                yield f"There is a second copy, {_name(copy)}. Ask {ask.owner} which one can go."
            continue
        yield (
            f"Another copy, {_name(copy)}, says {_dates_of(copy)}, this one {_dates_of(policy.leader)}. "
            f"This one counts. Ask {ask.owner} whether that is right, and to take the other away."
        )


def _says_the_same(one: PolicyRecord, other: PolicyRecord) -> bool:
    return _dates_of(one) == _dates_of(other)


def _dates_of(record: PolicyRecord) -> str:
    facts = record.facts
    if facts is None:
        return "nothing that could be read"
    following = _says(facts.next_review)
    if facts.last_update is None:
        return f"next review {following}"
    return f'last update "{facts.last_update.text}" and next review {following}'


def _statutory(policy: Policy, entry: StatutoryPolicy | None, ask: AskWhom) -> Iterator[str]:
    if entry is None or not is_too_far_apart(policy.facts, entry):
        return
    demand = "must be reviewed" if entry.binding else "should be reviewed"
    yield (
        f"Last update and next review lie further apart than the statutory list has it: it {demand} "
        f"{entry.how_often.removesuffix(' is advised')} ({entry.source}). Ask {ask.owner} for an earlier review."
    )


def _availability(policy: Policy, entry: StatutoryPolicy | None, ask: AskWhom) -> Iterator[str]:
    leader = policy.leader
    if leader.not_shared_with:
        groups = " and ".join(leader.not_shared_with)
        yield f"It is not shared with {groups}. Ask {ask.manager} to share the document or its folder."
    if entry and entry.publish and not policy.published_at:
        yield f'{NOT_PUBLISHED} Ask {ask.manager} to publish it and to write the address into "Published at".'


def _published(policy: Policy, rules: PolicyRules, ask: AskWhom) -> Iterator[str]:
    """What was found by fetching the published copy; where nothing is fetched, a line of the checklist for a person."""
    leader, address = policy.leader, policy.published_at
    if not address:
        return
    if rules.fetches_published:
        if leader.published_finding:
            yield leader.published_finding
        return
    changed = (leader.changed_at or leader.first_seen_at).date()
    checked = max(
        (each.published_checked_on for each in policy.everything if each.published_checked_on), default=None
    )
    if checked is None or checked < changed:
        yield (
            f"Nobody has compared the published copy at {address} since the document changed. Ask {ask.manager} to "
            'compare it, and to write the day into "Published copy checked on".'
        )


def _what_people_said(policy: Policy, ask: AskWhom) -> Iterator[str]:
    leader = policy.leader
    if leader.reviewed_on:
        yield (
            f"{leader.reviewed_by.capitalize()} answered on {_day(leader.reviewed_on)} that it has been reviewed; "
            f"the document still says {_says(policy.next_review)}. It counts once the document is changed."
        )
    if leader.kept_date:
        yield (
            f"It was updated, but the next review stayed {_says(policy.next_review)}. "
            f"Ask {ask.owner} to write the new review date into it."
        )
    if leader.lessons:
        cases = " and ".join(leader.lessons)
        column = '"What it shows about a policy"'
        yield f"Case {cases} showed a gap: read {column} in the Cases list at the next review. Ask {ask.owner}."


def _says(stated: StatedDate | None) -> str:
    return f'"{stated.text}"' if stated else "nothing"


def _name(record: PolicyRecord) -> str:
    return f'"{record.path.rpartition("/")[2]}"'


def _ending(record: PolicyRecord) -> str:
    return record.path.rpartition(".")[2].casefold()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
