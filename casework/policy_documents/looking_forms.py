"""Wordings of a next review that name none: the board looks at the policy again, or it comes back to a meeting."""

from casework.policy_documents.label_kinds import Kind, LabelForm, Manner, form
from casework.policy_documents.label_words import ADVERBS, DOCUMENT, TO_DATE, WILL

_LOOKING = (
    r"(?:look(?:s|ed|ing)?(?:\s+(?:at|over|through|into))?|consider(?:s|ed|ation|ing)?|reconsider(?:ed|ation)?|discuss(?:es|ed|ion)?"
    r"|examin(?:e|ed|ation)|check(?:ed)?|scrutin(?:y|ised)|present(?:ed|ation)?|brought|bring|return(?:s|ed)?|come[s]?|go(?:es)?"
    r"|tabled|re-?read|read|do\s+(?:so|this|it))"
)
_STEMS = "look|consider|discuss|examin|check|scrutin|present|bring|brought|return|come|go|table|read|do so|do this|do it"
_IT = rf"(?:(?:this|the|our|its)(?:\s+[\w&'-]+){{0,4}}?\s+{DOCUMENT}|it|this)"
_TO_WHOM = (
    r"(?:\s+(?:to|by|before|at)\s+(?:(?:the|our|its)\s+)?(?:(?:full|local|governing|school|trust)\s+)*"
    r"(?:governors?|trustees?|directors?|board|body|committee|council|fgb|lgb)\b(?:\s+of\s+(?:governors|trustees|directors))?)?"
)
_FOR_WHAT = (
    r"(?:\s+for\s+(?:(?:re-?)?approval|review|ratification|discussion|consideration|agreement|adoption))?"
)

LOOKING_FORMS: tuple[LabelForm, ...] = (
    form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        r"\bnext\s+(?:(?:full|formal|annual|planned|scheduled|policy)\s+)*"
        rf"(?:look|consideration|check|discussion|examination|reading|revisiting|rewrite)\b{TO_DATE}",
        needs="next",
        also=_STEMS + "|revisit|rewrit",
    ),
    form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\bnext\s+(?:(?:to\s+)?be\s+)?{ADVERBS}{_LOOKING}(?:\s+{_IT})?{_TO_WHOM}{_FOR_WHAT}{TO_DATE}",
        needs="next",
        also=_STEMS,
    ),
    form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\b(?:{WILL}\s+|is\s+|are\s+)?{ADVERBS}(?:be\s+)?{ADVERBS}{_LOOKING}(?:\s+{_IT})?\s+(?:again|afresh|once\s+more|back)\b",
        rf"{_TO_WHOM}{_FOR_WHAT}{TO_DATE}",
        needs="again|afresh|once more|back",
        also=_STEMS,
    ),
    form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\b(?:(?:comes?|goes|returns?)(?:\s+back)?|back)\s+to\s+(?:(?:the|our|its)\s+)?(?:(?:full|local|governing|school|trust)\s+)*"
        rf"(?:governors|trustees|directors|board|body|committee|council|fgb|lgb)\b{_FOR_WHAT}{TO_DATE}",
        needs="come|goes|return|back",
        also="governo|trustee|director|board|body|committee|council|fgb|lgb",
    ),
    form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\bnext\s+(?:review|revisit|revise|renew|update)s?\s+{_IT}{TO_DATE}",
        needs="next",
        also="review|visit|revis|renew|updat",
    ),
)
