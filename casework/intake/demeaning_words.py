"""The words beside a mention of a group that speak for or against its being demeaned: patterns, no verdict."""

# ruff: noqa: E501 - a pattern stands whole on its line

from __future__ import annotations

from casework.forwards.blocks import any_of

SLURS = any_of(
    r"""
    paki(?:s)?|n[i1*]gg\w+|coons?|wogs?|chinks?|ching chong|gooks?|spics?|wetbacks?|beaners?|darkies|half[- ]?caste
    gippos?|pikey?s?|kaffirs?|currymunchers?|savages?|muzz?(?:ie|y|rat)s?|kikes?|yids?|ragheads?|towel ?heads?
    goat ?fuckers?|infidels?|papists?|taigs?|fenian|god[- ]?botherers?|terrorist religion|cripple[sd]?|spastics?
    spaz\w*|spacker|mong(?:s|ol|oloid)?|retard\w*|window licker|flid|downie|trann(?:y|ies)|shemales?|she-males?
    ladyboys?|troons?|lesbos?|fag(?:s|got|gots|gy)?|dykes?|poof(?:s|ters?|y)?|bummers?|batty ?(?:boy|man)
    rug munchers?
    bent as|sodomit\w+|bitch(?:es)?|slags?|sluts?|whores?|tarts?|cunts?|hags?|hoes?|thots?|skanks?|bimbos?
    feminazis?
    femoids?|roasties?|senile|geriatrics?|codgers?|dinosaurs?|old (?:bat|hag|fart|git|bag|cow)|past it
    over the hill|oaps?
    up the duff|knocked up|white trash|make me a sandwich|time of the month|on her period|too old|too young
    """,
    before=r"(?<!\w)",
    after=r"(?!\w)",
)
"""Words that demean by themselves, unless somebody speaks up against them."""

AGAINST = any_of(
    r"""
    (?:should ?n'?t|should not|must not|ought not to) (?:\w+ )?(?:have|get|be given)|stain|blight|menace|eyesore
    (?:below|under) (?:us|me)
    not welcome|unwelcome|nobody wants|no one wants|not wanted|not one of us|not (?:human|normal|natural|like us)
    (?:do ?n[o']t|wo ?n[o']t|would ?n[o']t|never) (?:want|like|trust|need|let|mix|fit|belong|deserve|integrate|contribute|work)
    (?:should|must|ought) ?(?:n'?t|not)? (?:\w+ )?(?:be |have |get )?(?:<barred>)
    can(?:no|')?t (?:teach|drive|think|be trusted|speak|read|run|even|cope|do|help)|belongs? in|kitchen|typical\w*
    another \u2022|bunch of|bloody|fucking
    too many|all (?:the )?same|are all|all of them|nothing but|only (?:got|here|there|hired|in)|just because
    diversity hire|tick(?:ing)? (?:a )?box
    go (?:back|home)|send(?:ing)? (?:them|him|her)|where (?:you|they|he|she) (?:came|come)|get rid|kick(?:ed)? out
    deport\w*|ban(?:ned|ning)?|keep out
    tak(?:e|es|ing) (?:over|our|all|up)|our (?:own|country|jobs|children|kids|taxes|streets|culture)|handed
    freebies|benefits|spong\w+|scroung\w+|leech\w*
    parasit\w*|vermin|rats?|cockroach\w*|plague|disease\w*|infest\w*|swarm\w*|flood\w*|invad\w*|overrun|animals?
    apes?|monkeys?|subhuman|pigs?|dogs?
    filth\w*|dirty|smell\w*|stink\w*|stench|lazy|idle|greedy|tight|sly|sneaky|thick|stupid|primitive|backward\w*
    uncivili[sz]ed|inferior|weak|useless|mad
    unnatural|abnormal|abominat\w*|sin(?:ful|ners?)?|perver\w*|freaks?|weird\w*|creepy|confused|deviant\w*|sick
    mental|wrong|degenerate\w*|unfit
    danger\w*|groom\w*|paedo\w*|pedo\w*|terroris\w*|rapists?|criminals?|thieves|thieving|violent|predators?|bombs?
    bombers?|steal\w*|liars?
    make me (?:sick|ill|puke|vomit|angry)|(?:stop|quit) letting|no (?:place|business|right) (?:in|here|to|being)
    beneath (?:us|me|contempt)|(?:before|till|until|since|once) (?:the )?•
    never (?:leave|let|trust|send|have|hire|employ|marry)|turn(?:ed|ing)? up|trust • to
    cause(?:s|ing)? (?:a )?(?:scene|trouble|bother)|second[- ]class|not fit
    ruin\w*|destroy\w*|spoil\w*|drag\w* down|waste|burden|drain|problems?|trouble\w*|fault|blame|threat|curse
    cancer|joke|embarrass\w*|disgrace\w*
    hat(?:e|es|ed|ing)|despis\w*|loath\w*|detest\w*|can(?:no|')?t stand|sick of|fed up|tired of|disgust\w*|vile
    scum|trash|rubbish|worthless|worst|stay away
    why (?:do|are|is|does|should)|what do you expect|no wonder|shov\w* down|ramm\w*|agenda|indoctrinat\w*
    brainwash\w*|attention seek\w*|snowflakes?
    keep (?:\w+|•|\w+ •) (?:out|away|apart|separate)|get (?:these|those|them|rid|all|the) (?:\w+ ){0,2}?• out
    • out\b|(?:less|lower|worse) than (?:us|ours?|we|the rest|dirt|animals)|always •|bother
    avoid|keep (?:your|my|our) (?:kids|children) away|(?:sat|sit|sitting|seated) next to|waste of|cost(?:s|ing)? us
    hop(?:e|ing) (?:they|she|he)|idiots?|morons?
    """,
    before=r"(?<!\w)",
    after=r"(?!\w)",
    fragments={
        "barred": "allowed|banned|deported|kept|sent|sacked|removed|locked|sterili[sz]ed|let|near|teaching|a right|rights|stay"
    },
)
"""What speaks against a group or somebody of it, beside a mention."""

DEFENCE = any_of(
    r"""
    (?:<said>)\b[^.!?\n]{0,80}\b(?:<objected>)
    (?:nobody|no one|no child|no parent|none of our \w+) (?:should|deserves?|ought to|must)(?: ever)? (?:to )?(?:be|feel|have|suffer|face|get)\b
    (?:stop|quit) (?:posting|saying|calling|making|telling|sharing|using|blaming|picking|spreading)
    (?:can(?:no|')?t|do ?n[o']t|should ?n[o']t|must ?n[o']t|never) (?:just )?(?:say|call|joke|talk|write|speak|treat|generali[sz]e|judge|tar)\b
    (?:angry|upset|sad|shocked|appalled|furious|sick|cross) (?:to (?:read|see|hear)|that (?:some(?:one|body)|people))
    who(?:ever)? (?:wrote|said|posted|says|thinks|claims)\b[^.!?\n]{0,60}\b(?:ashamed|wrong|apologi[sz]e)
    (?:do|will|would|wo|should) ?(?:not|n't) (?:tolerate|accept|allow|put up with)|take down|insult\w*
    i (?:have )?reported|hate (?:speech|crime)
    it(?:'s| is| was) (?:racist|sexist|homophobic|transphobic|hateful|wrong|unfair|bigoted)
    pick(?:s|ing)? on|slag(?:s|ging)? off|bad[- ]mouth\w*|(?:is|are) (?:a )?(?:coward|bull(?:y|ies|ying))|cowards?
    why should \w+(?: \w+)? (?:put up|have to|suffer)
    hating|telling\b[^.!?\n]{0,60}\b(?:not (?:acceptable|ok|okay|on|right)|unacceptable|wrong)
    not all|(?:do ?n[o']t|do not|never) (?:hate|dislike|mind)|stand(?:ing)? (?:with|up for)|support(?:s|ing|ed)?
    in solidarity|defend\w*|protect\w*
    rac(?:ism|ist)|sexism|homophobia|transphobia|islamophobi\w+|anti-?semiti\w+|bigotry|discriminat\w+|equality
    prejudice|bullied|against (?:hate|abuse)
    """,
    before=r"(?<!\w)",
    fragments={
        "said": "saying|to say|says|calling|to call|claiming|claims|joking|jokes?|comments?|words?|posts?|slurs?|remarks?"
        "|language|abuse|name[- ]calling",
        "objected": "disgusting|wrong|hateful|racist|sexist|homophobic|transphobic|ableist|ageist|unacceptable|speak up|stand up"
        "|not (?:ok|okay|funny|on|right|acceptable)|reported?|ignorant|banter|bigot|prejudice|discriminat"
        "|hurtful|awful|cruel"
        "|upset|offensive|removed|challenge",
    },
)
"""What speaks up for a group, or quotes what was said about it in order to object."""
