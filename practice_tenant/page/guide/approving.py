"""Journey 2: the office names the parent, and the headteacher approves the letter in Outlook."""

from practice_tenant.page.graph import Json
from practice_tenant.page.guide.facts import Facts
from practice_tenant.page.guide.steps import Journey, Step


def approving(facts: Facts) -> Journey:
    head = facts.addresses["headteacher"]
    was_sent = any(str(entry["from"]).lower() == head for entry in facts.left)
    newest = facts.cases[-1] if facts.cases else None
    return Journey(
        title="Approve a letter in Outlook",
        about="Once the office has named the parent, Casework drafts a letter. Nothing leaves before the "
        "headteacher approves it.",
        steps=(
            Step(
                words="As the office, open the newest case and fill in parent, e-mail address and who it is about",
                hint="For example Mr G Lomax, g.lomax@parents.example, about staff. Then press Save.",
                address=f"/lists/Cases/{newest['id']}" if newest else "/lists/Cases",
                is_done=any(_is_named(row["fields"]) for row in facts.cases),
                who="office",
            ),
            Step(
                words="As the headteacher, read the letter that waits in Drafts",
                hint="Casework needs a few seconds to write it.",
                address=f"/outlook/{head}/drafts",
                is_done=was_sent or "draft" in facts.seen,
                who="headteacher",
            ),
            Step(
                words="Press Send on it, or answer the request in the Inbox with APPROVE",
                address=f"/outlook/{head}/drafts",
                is_done=was_sent,
                who="headteacher",
            ),
            Step(
                words="Read the letter as the parent receives it",
                address="/outside",
                is_done=was_sent and "letter that left" in facts.seen,
            ),
        ),
    )


def _is_named(fields: Json) -> bool:
    return bool(fields.get("Parent") and (fields.get("ParentEmail") or fields.get("ParentAddress")))
