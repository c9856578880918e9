"""Journey 3: a policy is overdue for review, its owner is reminded, and a newer document ends it."""

from urllib.parse import quote, urlencode

from practice_tenant.page.graph import Json
from practice_tenant.page.guide.facts import Facts, author
from practice_tenant.page.guide.steps import Journey, Step

_OVERDUE = "overdue"


def reviewing(facts: Facts) -> Journey:
    overdue = [row for row in facts.policies if row["fields"].get("Status") == _OVERDUE]
    reviewed = [row for row in facts.policies if f"overdue {row['id']}" in facts.seen and row not in overdue]
    deputy = facts.addresses["deputy"]
    return Journey(
        title="Be reminded of a policy review",
        about="Casework reads owner and review date out of the policy documents themselves, and reminds.",
        steps=(
            Step(
                words="See which policies are overdue for review",
                address="/lists/Policies?show=overdue",
                is_done=any(what.startswith(_OVERDUE) for what in facts.seen),
                who="office",
            ),
            Step(
                words="Move the clock on to the next school morning",
                address="/clock",
                is_done=facts.has_moved_a_day,
            ),
            Step(
                words="As the deputy, read the reminder and open the document by its link",
                address=f"/outlook/{deputy}/inbox",
                is_done=any(_is_read_reminder(facts, mail) for mail in facts.deputy_inbox),
                who="deputy",
            ),
            Step(
                words="Change the review date in the document, as if it had been reviewed",
                hint="On the page of the document, under “Change words”: next review in two years' time.",
                address=_document_address(overdue or facts.policies),
                is_done=bool(reviewed),
                who="deputy",
            ),
            Step(
                words="See that the policy is no longer overdue and its reminders have ended",
                address=f"/lists/Policies/{reviewed[0]['id']}" if reviewed else "/lists/Policies",
                is_done=any(f"reviewed {row['id']}" in facts.seen for row in reviewed),
                who="office",
            ),
        ),
    )


def _is_read_reminder(facts: Facts, mail: Json) -> bool:
    titles = [str(row["fields"].get("Title") or "") for row in facts.policies]
    names_policy = any(title and title in mail["subject"] for title in titles)
    return bool(mail["isRead"] and names_policy and author(mail) == facts.addresses["reports"])


def _document_address(policies: list[Json]) -> str:
    """The page of the first of these documents."""
    document = next((row["fields"].get("Document") for row in policies if row["fields"].get("Document")), "")
    query = urlencode({"policy": document}, quote_via=quote)
    return f"/open?{query}" if document else "/lists/Policies"
