"""The words with which people approve, refuse and ask for changes, and those that make an approval none."""

# ruff: noqa: E501 - a phrase is read best on a line of its own

from __future__ import annotations

import re


def _any(text: str) -> str:
    """One pattern for the lines of a table; spaces stand for any white space, an apostrophe may be missing."""
    lines = (line.strip() for line in text.strip().splitlines())
    return "|".join(line.replace(" ", r"\s+").replace("'", "'?") for line in lines if line)


_IT = r"(?:this|it|that|them|the letter|the draft|this letter|this one|this version|the wording|the invitation|the request|version \d+|v\d+)"
_WHOSE = r"(?:by|with|for|from) me"
_WAY = r"(?:out|off|away|now|today|on|over|as it is|as is|as it stands|as drafted|as written|please)"

APPROVES = re.compile(
    _any(rf"""
    (?:i |we )?(?:hereby )?(?:am |am very |am quite )?(?:happy to |glad to |pleased to )?approved?
    approved? {_IT}(?: {_WAY})?
    (?:(?:i |we )(?:hereby )?)approved? {_IT}
    {_IT}(?:'s| is| has been)? (?:now )?approved
    approved? (?:{_WHOSE}|as it is|as is|as drafted|as it stands|to send|to go|for sending)
    (?:{_IT} )?approval (?:given|granted)
    (?:yes|yep|yeah|yup|aye)(?: please)?
    (?:i am |i'm |we are |we're |am )?(?:very |quite |really |perfectly |more than |so )?happy (?:with|for) {_IT}(?: to (?:go|be sent|go out))?(?: {_WAY})*
    (?:i am |i'm |am )?(?:very |quite |really )?happy for you to send(?: {_IT})?(?: {_WAY})*
    (?:i am |i'm |am )?(?:very |quite |really )?happy to (?:send|approve|sign|sign off)(?: {_IT})?(?: {_WAY})*
    (?:please )?(?:do )?go ahead(?: and send(?: {_IT})?)?(?: with {_IT})?(?: please)?
    (?:please )?(?:do )?proceed(?: with {_IT})?(?: please)?
    (?:please |do |please do |just |let's |you can |you may |you can now )*send(?: {_IT})?(?: {_WAY})*
    {_IT} (?:can|may) (?:now )?(?:go|be sent|go out)(?: {_WAY})*
    (?:ok|okay|o\.k\.?|okey|good|fine|all good|clear|cleared|ready|ok for {_IT}|okay for {_IT}|fine for {_IT}) to (?:go|send|be sent|go out)(?: {_WAY})*
    (?:{_IT}(?:'s| is) )?(?:ok|okay|fine|good|all good|all fine|all ok) (?:{_WHOSE}|to me|as it is|as is|as it stands)
    (?:{_IT}(?:'s| is)|all) (?:absolutely |perfectly |quite |all |just )?(?:fine|ok|okay|good|perfect|spot on|good to go|ok to go)(?: {_WHOSE}| as it is| to go| to send)*
    (?:absolutely |perfectly |quite )?fine
    (?:{_IT} )?(?:looks?|reads?|sounds?|seems) (?:all |absolutely |perfectly |very |really )?(?:good|fine|great|ok|okay|perfect|right|spot on)(?: to me| to go| to send)?
    lgtm
    (?:i )?agreed?(?: to {_IT}| with {_IT}| to send(?:ing)?(?: {_IT})?)?
    (?:i )?(?:can )?confirm(?:ed)?(?: approved?| approval| {_IT})?
    (?:i )?sign(?:ed)? (?:{_IT} )?off(?: on {_IT})?
    (?:a )?(?:big )?thumbs[ -]?up(?: from me)?(?: emoji)?
    (?:you have|you've got) my (?:approval|go-?ahead|ok|okay)
    (?:it )?gets? my (?:approval|vote)
    (?:i )?authorised?(?: {_IT}| by me)?
    """),
    re.IGNORECASE,
)
"""A whole clause that approves."""

REMARKS = re.compile(
    _any(rf"""
    (?:very |so )?(?:many )?(?:thanks|thank you|thankyou|thx|ta|cheers)(?: (?:so much|very much|again|all|both|everyone|for (?:this|that|it|all this|your help|doing this|drafting (?:this|it)|letting me know|the draft|the letter|sending(?: this| it)?|sorting(?: this| it)?|your work|the reminder|chasing)|to (?:you )?(?:all|both)))*
    (?:that's |that is |it's |it is )?(?:great|perfect|lovely|excellent|super|brilliant|wonderful|good|very good|nice|ideal|spot on|much better|well done|good work|good job|great work|great job|nicely (?:put|written|done)|well (?:put|written|done))
    (?:a )?(?:good|great|lovely|nice|clear|fair|very good|excellent) (?:letter|draft|wording|version)
    (?:it )?reads well
    please
    now
    kind regards|best wishes|regards|best
    no (?:problem|problems|worries|issue|issues|concerns|objections?|comments|queries|further comments|corrections)(?: (?:at all|from me|here|with {_IT}))*
    no (?:further )?changes(?: (?:needed|required|necessary|from me|to {_IT}))*
    nothing to (?:add|change)(?: from me)?
    (?:of )?course
    absolutely|definitely|certainly|indeed|sure
    ok|okay|right|good morning|good afternoon|good evening|morning|afternoon
    (?:all )?from me
    """),
    re.IGNORECASE,
)
"""A whole clause that neither approves nor takes an approval back."""

SEEN = re.compile(
    rf"(?:i |we )?(?:have |'ve )?(?:now )?(?:read|checked|seen|looked at|read through|been through|reviewed)(?: {_IT}| it all| through {_IT})*",
    re.IGNORECASE,
)
"""A whole clause that says no more than that the letter was read; beside a bare "yes" it may be all that is meant."""

GREETS = re.compile(
    r"(?i:hi|hello|hiya|dear|hey|good morning|good afternoon|good evening|morning|afternoon|evening)"
    r"(?:\s+(?:(?i:there|all|both|team|everyone|office)|[A-Z][\w.'-]*)){0,4}",
)
"""A whole clause, as it was written."""

_CHANGES = (
    r"change|amend|edit|alter|correct|revise|reword|rewrite|re-?write|rephrase|redraft|replace|remove|delete|take\s+out"
    r"|take\s+\w+(?:\s+\w+)?\s+out|leave\s+out|cut|drop|add|include|insert|mention|make|move|shorten|soften|tone\s+down|fix|update"
    r"|swap|put|use|say|spell|state|tell\s+them|give\s+them|explain|strike|adjust|tweak|have\s+another\s+look|try\s+again"
)
CHANGE = re.compile(
    rf"^\W*(?:(?:hi|hello|dear|hey)\b[^,\n]{{0,40}}[,\n]\s*)?"
    rf"(?:(?P<word>changes?|changed|amend(?:ments?)?)\b(?:\s*(?:needed|required|please|wanted)\b)?|(?:please|pls|plse|kindly)\s+(?:could\s+you\s+|can\s+you\s+)?(?:just\s+)?(?:{_CHANGES})\b"
    rf"|(?:please\s+)?(?:can|could|would|will)\s+(?:you|we)\s+(?:please\s+|just\s+)*(?:{_CHANGES})\b"
    rf"|(?:{_CHANGES})\s+(?:the|this|that|paragraph|line|sentence|in|it|to|a|an)\b"
    rf"|(?:needs?|i(?:'d|\s+would)\s+like)\s+(?:some\s+|a\s+few\s+|a\s+)?(?:changes?|changing|(?:it\s+|this\s+)?(?:to\s+)?(?:{_CHANGES}))\b)",
    re.IGNORECASE,
)
"""The beginning of an answer that asks for a change."""

REJECT = re.compile(
    r"^\W*(?P<word>rejected|reject|i\s+reject(?:\s+(?:this|it))?|declined?|refused?|disapproved?|not\s+approved|no\s+way|nope|nah|no"
    r"|(?:please\s+)?(?:do\s+not|don.?t)\s+send(?:\s+(?:this|it))?|i\s+(?:do\s+not|don.?t|cannot|can.?t|won.?t|will\s+not)\s+approve(?:\s+(?:this|it))?"
    r"|(?:i\s+am\s+|i.?m\s+)?not\s+happy(?:\s+with\s+(?:this|it|the\s+letter))?)\b",
    re.IGNORECASE,
)
"""The beginning of an answer that rejects."""

LATER = re.compile(
    r"^\W*(?:(?:please\s+)?(?:do\s+not|don.?t)\s+(?:send|approve)\s+(?:(?:this|it|the\s+letter)\s+)?(?:yet|until)|(?:no\W+)?not\s+(?:just\s+)?(?:yet|now|today|at\s+the\s+moment)|hold\s+(?:on|off|fire|it|this)|wait|on\s+hold|please\s+(?:wait|hold)"
    r"|later|in\s+a\s+(?:bit|minute|moment)|will\s+(?:look|read|do)|i(?:'|\u2019)?ll\s+(?:look|read|get\s+back|have\s+a\s+look|come\s+back|do)"
    r"|i\s+will\s+(?:look|read|get\s+back|have\s+a\s+look|come\s+back|do)|let\s+me\s+(?:think|look|read|check)|leave\s+it\s+with\s+me)\b",
    re.IGNORECASE,
)
"""The beginning of an answer that decides nothing yet."""

CONDITION = re.compile(
    r"\?|\b(?:but|if|once|after|until|till|unless|except|excepting|provided|providing|when|assuming|change[sd]?|amend\w*|edit\w*"
    r"|correct(?:ed|ions?)?|remove[sd]?|delete[sd]?|take\s+out|leave\s+out|add(?:ed)?|instead|without|minus|apart\s+from|subject\s+to"
    r"|as\s+long\s+as|so\s+long\s+as|only|in\s+principle|on\s+condition|conditional\w*|not|no|never|nothing|don.?t|can.?t|cannot|won.?t|wait|hold"
    r"|later|tomorrow|pending|almost|nearly|perhaps|maybe|probably|however|although|though|reject\w*|mistake|in\s+error|sorry|stop"
    r"|undo|withdraw|rather|first|before|let\s+me|should|could|would)\b",
    re.IGNORECASE,
)
"""A word that may make an approval depend on something, or take it back."""

REACTION = re.compile(
    r"\b(?:reacted (?:to|via)|liked (?:your|this) message|gefällt ihre nachricht|a réagi)\b", re.IGNORECASE
)
"""What a mail program writes where somebody tapped a reaction instead of answering."""

DISCLAIMER = re.compile(
    r"\b(?:confidential\w*|intended (?:recipient|only|solely|for the)|disclaimer|privileged|views expressed|opinions expressed|virus(?:es)?"
    r"|registered (?:office|charity|company)|data protection|privacy notice|(?:please )?consider the environment|before printing"
    r"|this (?:e-?mail|message) (?:and any|may contain|is (?:intended|private|for the)|has been scanned|was sent))\b",
    re.IGNORECASE,
)

NOT_A_NAME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:today|tonight|tomorrow|soon|next|week|term|remove|change|delete|add|make|use|put|say|tell|call|ring|email|e-mail|mail|phone|ask|check|move"
    r"|replace|see|speak|talk|send|post|print|hand|copy|cc|meet|amend|edit|correct|cut|drop|take|leave|include|mention|date|paragraph|letter|line)\b",
    re.IGNORECASE,
)
"""Words with capitals that are no signature."""

YES_SIGNS = "\U0001f44d\U0001f44c\u2705\u2714\u2611\U0001f197"
"""Thumbs up, the OK hand, ticks, the OK button."""
NO_SIGNS = "\U0001f44e\u274c\u2716\U0001f6ab\U0001f6d1\u26d4"
