"""The practice school's policy on parents and social media, overdue since the autumn of 2023."""

from practice_tenant.directory import SCHOOL
from practice_tenant.invented_school.word_documents import add_sections, add_table, new_document, saved

TITLE = "Parental use of social media and the internet"
_RECORD = (
    ("Policy owner", "Headteacher"),
    ("Last update", "September 2021"),
    ("Next review", "September 2023"),
)
_SECTIONS = (
    (
        "1. Why we have this policy",
        (
            (
                f"Families and staff of {SCHOOL} talk to each other every day: at the gate, by telephone and by email. "
                "Most of what is said about us on the internet is friendly. Now and then something is posted that "
                "hurts a child, a family or a member of staff. This policy says what we ask of parents and carers and "
                "what we do when a post causes concern."
            ),
            (
                "It applies to parents and carers and to everybody who is close to a child of the school, such as "
                "grandparents, partners and childminders."
            ),
        ),
    ),
    (
        "2. What we ask",
        (
            (
                "We ask families to bring a worry to us first, where it can be put right, and to think before posting "
                "about the school, its children and its staff. We ask them not to post:"
            ),
            "- pictures or names of other people's children without their families' consent,",
            "- accusations against named staff or families,",
            "- insults, ridicule or threats,",
            (
                "- remarks that single people out for their race, faith, disability, sex or another protected "
                "characteristic."
            ),
            (
                "Nothing here takes away anybody's right to complain. The complaints procedure is on our website, and "
                "the office hands out a copy."
            ),
        ),
    ),
    (
        "3. A conversation first",
        (
            (
                "When a post is brought to our attention, a conversation comes first as a rule. A member of the "
                "leadership team invites the parent or carer in, listens to the worry behind the post and says what "
                "the school's own worry is. Most matters end there."
            ),
            "The conversation is noted with its date and with what was agreed.",
        ),
    ),
    (
        "4. Asking for removal",
        (
            (
                "If the post breaks section 2, we ask in that conversation that it be taken down, and that the "
                "matter be settled with us instead."
            ),
        ),
    ),
    (
        "5. If removal is refused and posting goes on",
        (
            (
                "Where somebody has refused to take a post down and the posting goes on, the headteacher writes to "
                "them. The letter sets out what concerns the school, asks for removal by a date and explains how to "
                "complain."
            ),
            (
                "Only after that does the headteacher consider further steps: a report to the service that hosts the "
                "post, advice from the local authority, or, where somebody is threatened or the law may have been "
                "broken, the police."
            ),
        ),
    ),
    (
        "6. Keeping records",
        (
            (
                "Reports, pictures of posts and letters are kept in the case folder, which only the people who deal "
                "with the matter can open. They are deleted as our retention schedule says."
            ),
        ),
    ),
)


def social_media_policy() -> bytes:
    """The Word document, its dates in the table under the title."""
    document = new_document(TITLE, author="Headteacher")
    add_table(document, _RECORD)
    add_sections(document, _SECTIONS)
    return saved(document)
