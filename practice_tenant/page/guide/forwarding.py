"""Journey 1: a teacher forwards a report, and a case opens."""

from practice_tenant.page.guide.facts import Facts, author
from practice_tenant.page.guide.steps import Journey, Step


def forwarding(facts: Facts) -> Journey:
    teacher, reports = facts.addresses["teacher"], facts.addresses["reports"]
    opened = facts.new_cases
    thanked = [mail for mail in facts.teacher_inbox if author(mail) == reports]
    return Journey(
        title="Forward a report",
        about="A parent has written to the class teacher about a post. The teacher passes it on.",
        steps=(
            Step(
                words=f"As the teacher, open “Thought you should see this” and forward it to {reports}",
                address=f"/outlook/{teacher}/inbox",
                is_done=facts.forwarded_at < "9999",
                who="teacher",
            ),
            Step(
                words="As the office, open the newest case in the case list",
                hint="It opens within seconds. Every report gets one, and the original is sealed.",
                address=f"/lists/Cases/{opened[-1]['id']}" if opened else "/lists/Cases",
                is_done=any(f"case {row['id']}" in facts.seen for row in opened),
                who="office",
            ),
            Step(
                words="As the teacher, read the acknowledgement in the Inbox",
                address=f"/outlook/{teacher}/inbox",
                is_done=any(
                    mail["isRead"] and mail["sentDateTime"] >= facts.forwarded_at for mail in thanked
                ),
                who="teacher",
            ),
        ),
    )
