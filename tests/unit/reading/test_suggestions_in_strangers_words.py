"""How much of what strangers may write is suggested, and how much that is harmless is not: rates over many."""

# ruff: noqa: E501 - templates stand whole

from __future__ import annotations

from itertools import product

import pytest

from casework.intake.suggestions import suggest

PEOPLE = ("Mrs Kerr", "the headmaster", "that dinner lady", "her")
GROUPS = (
    "Muslims", "Jews", "gay people", "lesbians", "trans people", "Poles", "Black people", "disabled children", "pensioners",
    "women", "Travellers", "refugees", "pregnant women", "single mothers", "Hindus",
)  # fmt: skip
EXPLICIT = (
    "I'm going to kick {p} to death", "I will burn {p} alive", "I have a knife and I will use it on {p}",
    "we will kill {g} one by one", "I'll run {p} over in the car park", "I want to stab {p} in the neck",
    "Keep talking and I'll put my fist through {p}", "My brother is going to do {p} over", "I swear I will knock {p} out",
    "Wait till I get {p} on my own, won't be so mouthy with a broken jaw", "tell {p} to sleep with the lights on",
)  # fmt: skip
NORMALISED = (
    "{g} should be exterminated", "the only good {g} are dead ones", "I wish somebody would shoot {p}", "hope {p} dies slowly",
    "{p} ought to be hanged from the school gates", "someone needs to give {p} a good hiding", "Wish a lorry would hit {p}",
    "It's only right that {g} get killed", "Whoever smacks {p} gets a pint from me",
)  # fmt: skip
ABUSE = (
    "{p} is a spiteful gossip", "{p} couldn't run a bath", "I hate the way {p} talks to us", "{p} should be fired",
    "{p} is going to regret ignoring us at the tribunal", "{p} shot down every idea we had", "Bin {p}", "Shame on {p}",
    "{p} makes me sick", "We will be reporting {p}", "I can't stand {p}, two faced and lazy", "{p} cut me dead at the gate",
)  # fmt: skip
EVERYDAY = (
    "Please bring a water bottle and a bat for rounders", "Please hang coats on the pegs", "Year 2 will shoot a film",
    "I'll come for {p} after club", "The head will be waiting for the coach", "We are raising money to beat cancer",
    "He fell and hit his head, please ring me", "I will kill the lights before the show", "{p} will knock on doors for the raffle",
)  # fmt: skip
COUNTER = (
    "Saying that {g} should not be here is disgusting", "Stop posting jokes about {g}, it is hateful",
    "We do not tolerate anyone insulting {g}", "Anyone who picks on {g} is a coward", "You can't call {g} vermin",
)  # fmt: skip
NEUTRAL = (
    "The coffee morning for {g} is on Friday", "{g} are welcome at our school", "My aunt works with {g}",
    "Two families of {g} joined in September", "There was an assembly about {g} today",
)  # fmt: skip
HATEFUL = (
    "{g} are ruining this school", "Nobody wants {g} here", "I despise {g}", "Keep {g} out of our school",
    "{g} should not be allowed near children", "No wonder standards drop with so many {g} in class",
)  # fmt: skip


def sentences(templates: tuple[str, ...]) -> list[str]:
    return [
        template.format(p=p, g=g)
        for template, (p, g) in product(templates, zip(PEOPLE * 4, GROUPS, strict=False))
    ]


def share(templates: tuple[str, ...], found: str) -> float:
    """How many of the sentences get a suggestion of that kind."""
    said = [suggest(sentence) for sentence in sentences(templates)]
    hits = {
        "threat": [bool(one.threat) for one in said],
        "mention": [bool(one.characteristics) for one in said],
        "demeaned": ["protected characteristic" in {each.name for each in one.categories} for one in said],
    }[found]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("templates", [EXPLICIT, NORMALISED], ids=["explicit", "normalised"])
def test_most_threats_and_calls_for_violence_are_suggested(templates: tuple[str, ...]) -> None:
    assert share(templates, "threat") >= 0.6


@pytest.mark.parametrize("templates", [ABUSE, EVERYDAY], ids=["abuse", "everyday"])
def test_ordinary_abuse_and_everyday_words_hardly_ever_are(templates: tuple[str, ...]) -> None:
    assert share(templates, "threat") < 0.1


@pytest.mark.parametrize("templates", [COUNTER, NEUTRAL, HATEFUL], ids=["counter", "neutral", "hateful"])
def test_a_group_that_is_plainly_named_is_noticed(templates: tuple[str, ...]) -> None:
    assert share(templates, "mention") >= 0.9


def test_only_words_against_a_group_are_suggested_as_demeaning_it() -> None:
    assert share(COUNTER, "demeaned") < 0.05
    assert share(NEUTRAL, "demeaned") < 0.05
    assert share(HATEFUL, "demeaned") >= 0.9


def test_the_words_of_a_threat_to_a_named_person_are_those_of_the_report() -> None:
    (threat,) = suggest("Honest to God I will knife Miss Roper on Monday.").threat

    assert all(words in "Honest to God I will knife Miss Roper on Monday." for words in threat.words)
    assert "knife Miss Roper" in " ".join(threat.words)
