"""The wordings that name whose policy it is, the plainest first."""

import re

REVIEWER_RANK = 3
"""From this rank on a label ("reviewed by") names an owner only if a person stands beside it, no committee."""

_POLICY = r"(?:(?:this\s+|the\s+|school\s+)?(?:policy|document|policy\s+document|procedure|plan)(?:'s)?\s+)"
_MATTER = (
    r"(?:\s+for\s+(?:the\s+|this\s+)?(?:policy|document|plan|(?:its\s+)?review(?:ing)?|updat\w+|monitoring"
    r"|implementation)\w*)*"
)
_STAFF = (
    r"(?:member\s+of\s+(?:staff|slt|smt|the\s+senior\s+leadership\s+team)|staff\s+member|person|officer|colleague"
    r"|manager|leader|individual|lead|staff)"
)
_SEVERAL = r"(?:s|\(s\))?"

_PLAIN = (
    rf"{_POLICY}(?:owner|manager|holder|custodian|sponsor|officer|lead|leader|co-?ordinator|contact){_SEVERAL}",
    rf"owner{_SEVERAL}(?:\s*/\s*author)?",
    rf"{_STAFF}{_SEVERAL}\s+(?:with\s+)?responsib(?:le|ility){_MATTER}",
)
_RANKS = (
    (
        *_PLAIN,
        rf"(?:manager|holder|custodian|sponsor){_SEVERAL}",
        rf"(?:senior|school|executive)\s+(?:leader|manager|lead)\s+responsible{_MATTER}",
        rf"(?:owner|manager|custodian)\s+of\s+{_POLICY}",
        rf"(?:responsible|accountable)\s+{_STAFF}{_SEVERAL}",
        rf"(?:named|lead|key|designated)\s+(?:member\s+of\s+staff|person|professional|officer|lead){_MATTER}",
        rf"responsible\s+(?:slt|smt|staff|senior)\s+\w+{_MATTER}",
        r"who\s+is\s+responsible(?:\s+for\s+this\s+policy)?\s*\?",
        r"(?:lead|owned\s+by|author\s*/\s*owner)",
    ),
    (
        rf"responsib(?:le|ility){_MATTER}(?:\s+(?:of|lies\s+with))?",
        r"(?:slt|smt|senior|staff|strategic|operational|subject|school)\s+(?:lead|leader|link|owner|responsib\w+)",
        rf"{_POLICY}?(?:maintained|managed|led)\s+by",
        r"(?:headteacher|head\s+of\s+\w+|co-?ordinator|leader)\s+responsible",
    ),
    (
        rf"{_POLICY}?(?:author|originator|writer){_SEVERAL}(?:\s+of\s+(?:policy|document))?(?:\s+name)?",
        rf"{_POLICY}?(?:written|authored|prepared|produced|compiled|drafted|created|devised|completed|developed)\s+by",
    ),
    (rf"{_POLICY}?(?:(?:last\s+)?(?:reviewed|updated|revised|amended)\s+by|reviewer|reviewing\s+officer)",),
)
_START = r"(?:(?<=^)|(?<=[\t\n|;,.(-])|(?<=[\t\n|;,.(-]\s))(?:name\s+of\s+)?"
_BRACKETED = r"(?:\s*\([\w /&-]{2,25}\)(?=\s*[:=\t|]|\s+-\s))?"
_AFTER = rf"{_BRACKETED}(?:(?<=\?)\s+|\s*[:=\t|]+|\s*-\s|\s*$|\n|\s+(?:is|are)\s+(?:the\s+|our\s+)?)"


_AUTHOR_RANK = 2
_BY_LINE = r"(?-i:Written|Authored|Prepared|Drafted|Compiled)\s+by\s+(?:the\s+|our\s+)?(?-i:(?=[A-Z]))"


def _labels(rank: int, forms: tuple[str, ...]) -> re.Pattern[str]:
    by_line = rf"|(?<=^){_BY_LINE}" if rank == _AUTHOR_RANK else ""
    anywhere = rf"|(?<=\w\s)(?:{'|'.join(_PLAIN if rank == 0 else forms)})\s*:"
    return re.compile(rf"{_START}(?:{'|'.join(forms)}){_AFTER}{anywhere}{by_line}", re.IGNORECASE)


OWNER_LABELS = tuple(_labels(rank, forms) for rank, forms in enumerate(_RANKS))
OWNER_SENTENCES = (
    re.compile(
        r"\b(?:the\s+)?(?:policy\s+(?:manager|owner|lead)|(?:owner|manager)\s+of\s+this\s+policy"
        r"|person\s+responsible\s+for\s+(?:this|the)\s+policy)\s+is\s+(?:the\s+|our\s+)?(?P<owner>[^.;\n\t]{3,60})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<owner>(?:The\s+)?[A-Z][\w' /&-]{2,50}?(?:,\s[A-Z][\w' .-]{2,40},)?)\s+(?:is|are)\s+(?:the\s+)?"
        r"(?:responsible\s+for\s+"
        r"(?:maintaining\s+this\s+policy|reviewing\s+this\s+policy|this\s+policy\b)"
        r"|(?:policy\s+)?(?:owner|manager|lead)\s+(?:of|for)\s+this\s+policy)"
    ),
    re.compile(
        r"\b(?:[Oo]verall\s+)?(?:[Rr]esponsibility\s+for\s+(?:this|the)\s+policy\s+(?:lies|rests|sits|is)\s+with"
        r"|[Pp]olicy\s+is\s+the\s+responsibility\s+of)\s+(?:the\s+|our\s+)?"
        r"(?P<owner>[^.;,\n\t]{2,60})"
    ),
    re.compile(
        r"\b[Pp]olicy\s+(?:(?:is|was|has\s+been)\s+)?(?:owned|maintained|managed|led|written|prepared|produced|drafted|compiled)\s+by\s+"
        r"(?:the\s+|our\s+)?(?P<owner>[A-Z][^;,\n\t]{2,60}?)(?=\.?\s*$|\.\s|[;,\n\t(]|\s+(?:and|in|on)\s)"
    ),
)
OWNER_SENTENCE_STEMS = ("responsib", "esponsib", "anage", "wne", "lead", "Lead", " by ")
"""Pieces, one of which every such sentence has."""
OWNER_STEMS = (
    *("owner", "owned", "manage", "holder", "custodian", "sponsor", "lead", "led by", "ordinator", "contact"),
    *(
        "responsib",
        "accountab",
        "link",
        "author",
        "originator",
        " by",
        "reviewe",
        "reviewing",
        "officer",
        "named",
        "key",
        "writer",
    ),
)
"""Pieces of lower-case text, one of which every such wording has."""
