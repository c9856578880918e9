"""Words by which a note names its source: giving, making, telling, asking, and where a thing came from."""

TITLES = "Mrs|Mr|Ms|Miss|Mx|Dr|Prof|Rev"
KIN = (
    "[Mm]um|[Mm]ummy|[Mm]om|[Mm]am|[Dd]ad|[Dd]addy|[Mm]other|[Ff]ather|[Nn]ana?|[Gg]ran|[Gg]ranny|[Gg]randma"
    "|[Gg]randad"
    "|[Gg]randmother|[Gg]randfather|auntie|aunt|uncle|sister|brother|wife|husband|partner|[Pp]arents?|carer"
    "|childminder"
    "|guardian|step-?(?:mum|dad|mother|father)"
)
_ME = "(?:me|us|my \\w+|our \\w+|the (?:school|office)(?! (?:a|an|down|up)\\b)|in)"
_KINDS = (
    "screen ?-?shots?|screengrabs?|pictures?|photos?|posts?|links?|exports?|chats?|cop(?:y|ies)|threads?|pages?"
    "|files?"
    "|videos?|recordings?|print-?outs?|images?|comments?|attached|attachments?|evidence|below"
)
_THING = (
    "(?:this|these|it|that|them|those"
    f"|(?:the|a|an|some|these|those|this|her|his|their|both|two|three|four|several|what)(?: \\w+){{0,2}}?"
    f" (?:{_KINDS})"
    f"|(?:screen ?-?shots?|photos?|pictures?))\\b"
)
_MANY = "(?:sent|forwarded|passed|gave|given|handed|showed|shown|emailed|e-mailed|mailed|texted|messaged|whats ?app'?e?d"
GAVE = (
    f"{_MANY}|airdropped|read|lent|brought|[dp]m'?e?d|dropped|supplied|provided)"
    f"(?: (?:on|in|over|round|to))*(?: {_ME} {_THING}| {_ME}$| {_ME}(?=[.,;!:])| {_THING}(?: (?:on|over|along|in))?"
    f"(?: to {_ME})?| {_ME} (?:on|over|last|yesterday|today|the)\\b)"
)
MADE = (
    f"(?:exported|downloaded|saved|screen ?-?shott?ed|screen ?-?grabbed|captured|photographed|recorded|spotted"
    f"|noticed"
    f"|found|discovered|came across|reported|flagged|raised) {_THING}(?! (?:funny|hard|difficult|offensive|down"
    f"|hilarious))"
    f"|(?:took|taken|printed(?: out)?|copied|collected|made|got|has|had|kept)"
    f" (?:the|a|some|these|those|this|her|his|several|two|three)(?: \\w+)?? (?:screen ?-?shots?|screengrabs?"
    f"|print-?outs?|photos? of it"
    "|cop(?:y|ies)|pictures? of (?:it|this|the post))"
)
_ABOUT = "(?:about|of|that there|with|where|regarding)"
_ONLINE = "(?:post|posts|posted|posting|online|page|group|chat|facebook|instagram|whatsapp|twitter|tiktok)"
TOLD = (
    "(?:told|rang|phoned|called|texted|messaged|emailed|warned|alerted|tipped|contacted|informed|approached"
    "|pointed|directed"
    "|made|stopped|let) (?:me|us|the (?:school|office))(?: know| off| aware| over| see| today| last night|"
    " yesterday"
    f"| this morning| at [\\w-]+| and said| in)*(?: {_ABOUT} |[.,;!]|$| (?:and|because|who)\\b)"
    f"|(?:pointed|directed|alerted) (?:me|us) to {_THING}"
    f"|(?:mentioned|reported|described|disclosed|flagged|said) (?:{_THING} )?to (?:me|us|the (?:school|office))"
    f"|(?:drew|called) (?:my|our) attention|brought {_THING} to (?:my|our|the school's) (?:attention|notice)"
    f"|told (?:me|us)(?: that)? (?!to |off )(?=[^.]*\\b{_ONLINE}\\b)|shared {_THING} with (?:me|us)"
    "|(?:rang|phoned|called|came) (?:in|up|round)? ?(?:to (?:report|tell|say|show)|with (?:this|these|a|the))"
    "|got in touch|(?:came|been)(?: in| round)? to (?:see|tell|show) (?:me|us)|let (?:me|us) (?:know|see)|put"
    " (?:me|us) on ?to"
)
ASKED = (
    "asked (?:me|us|that I|if I)(?: \\w+){0,2}? (?:pass|forward|report|send|let you|tell you|look)"
    "|want(?:s|ed) (?:me|us|you|the school) to (?:know|see|have|report)"
)
TO_MANY = (
    r"(?! ?(?:\w+ ){0,3}?(?:to (?:everyone|everybody|all|the (?:whole|entire|group|class|other|year)|other|half"
    r"|lots"
    r"|hundreds|loads)|(?:a)?round\b|in(?:to)? (?:the|a|our) (?:\w+ ){0,2}(?:group|chat)"
    r"|on (?:facebook|instagram|twitter|x|tiktok)\b))"
)
CAME_FROM = (
    f"(?:got|had|have|received|obtained|heard(?: about)?|learn[et]d?(?: of)?|copied|borrowed|comes?|came|are|is"
    f"|was|were)"
    f"(?: (?:{_THING}|about {_THING}|of {_THING}|straight|directly|originally|all|sent|in|on|through)){{0,3}}"
    f" (?:from|via|off)"
    "|(?:sent|forwarded|passed|shown|given|handed|emailed|exported|taken|screen ?-?shott?ed|saved|printed"
    "|downloaded|supplied"
    "|provided|reported|brought|told|spotted|found|captured|raised|flagged|contacted|approached|alerted|rung|phoned"
    f"|informed|warned|tipped off)(?: {_THING})?(?: (?:on|in|over))?(?: (?:to|with|for) (?:me|us|the school|my"
    f" attention"
    "|our attention))?(?: (?:about|of) (?:this|it|the post))?(?: (?:today|yesterday|this morning|last night))? by"
    f"|(?:send|pass|forward)ing (?:this|it|these)(?: on| in| over)? (?:for|from)"
    f"|(?:words?|messages?|emails?|notes?|texts?|call|calls|{_KINDS})(?: (?:attached|below|here))?(?: from| by|"
    f" courtesy of)"
    "|thanks to|courtesy of|credit to|(?:on )?behalf of|via|per|source|my source (?:is|was)|(?:asked|speaking"
    "|acting) (?:by|for)"
    "|(?:the |our )?(?:person|parent|lady|gentleman|mum|dad|one) who (?:told|sent|showed|rang|gave"
    "|contacted)(?: \\w+){1,3}?"
    " (?:is|was|are|were)"
)
IDENTIFIED = (
    "screen ?-?shots?|screengrabs?|exports?|print-?outs?|phone|mobile|copy|copies|email to me|message to me"
)
OTHER_DOINGS = (
    "posted|posts|posting|wrote|writes|written|commented|threatened|calls|insulted|accused|abused|shared(?!"
    " (?:this|it"
    "|these|them) with)|uploaded|replied|put|deleted|from|by|because|after|when|while|if|about|to|against|is"
    "|are|was|were"
    "|says|said(?! to)|blames|names|admits?|denied|made(?! (?:me|us))|sent(?! (?:me|us|it|this|these|them|in|on"
    "|over|the|a))"
)
_NOT_NAMES = """
i i'm i've i'd we she he they it this that these those someone somebody anyone anybody everyone nobody one another
other others a an the my our your her his their its who which what when where why how as and but or so if because
since then now today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february
march april may june july august september october november december facebook instagram twitter x whatsapp snapchat
tiktok youtube nextdoor mumsnet google outlook gmail messenger telegram signal threads reddit school office
headteacher head teacher governor governors chair deputy class year reception nursery key stage mum mummy dad daddy
mother father nan gran parent parents carer friend neighbour colleague staff pta friends people both all some
several many most two three please hi hello dear good morning afternoon evening thanks thank fyi fwd fw re from to
sent subject date cc see also just only here there yes no not ok okay sorry sadly unfortunately apparently
screenshot screenshots attached below mr mrs ms miss mx dr prof rev english british uk england email mail post posts
page group chat local senco dsl lado police council later earlier last first following after before again still even
you me us them has had have was were is are been being sir madam team admin reporter casework receptionist secretary
per via source passing forwarding sending got hers ours theirs christmas easter half term mums dads tillbrook
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
_COMMON_NOUNS = """
mum mums dad dads parent parents friend friends neighbour neighbours colleague sister brother mother father nan gran
wife husband partner daughter son child children teacher people person someone somebody everyone who which that she
they he you we and but just been have has had was were also then kindly already anonymous another other others lady
man woman guy girl boy cousin auntie aunt uncle office school secretary receptionist governor driver babysitter
childminder carer grandma grandad granny niece nephew mate member group admin cook caretaker cleaner coach
"""
COMMON_NOUNS = frozenset(_COMMON_NOUNS.split())
