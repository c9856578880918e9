"""The words by which automatic mail gives itself away, in many languages; weak evidence, used after the headers."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

from casework.forwards.blocks import any_of

SURE_SUBJECT = any_of(
    r"""
    automatic (?:reply|response)|auto[- ]?(?:reply|response|responder|antwort|matische reply)|autoreply
    out of (?:the )?office(?: auto| reply|:|$)|out-of-office|ooo\b|vacation (?:reply|response|auto)
    automatische (?:antwort|beantwortung)|abwesenheits(?:notiz|nachricht|assistent|meldung:)
    automatisch(?:e)? (?:antwoord|beantwoord|afwezig)
    auto: .{0,60}out of the office
    [^\n:?!]{2,60} is (?:currently )?out of (?:the|her|his|their) office(?: \([^()]{1,60}\))?\.?$
    réponse automatique|absence du bureau|risposta automatica|respuesta autom[áa]tica|resposta autom[áa]tica
    autosvar|automatisk(?:t)? svar|automaattinen vastaus|poissaoloilmoitus|poissaoloviesti|odpowiedź automatyczna
    autoodpowiedź|automatick[áa] odpov[eě]ď|automatikus válasz|automatska (?:odgovor|odgovora)|automatski odgovor
    samodejni odgovor|răspuns automat|автоматич(?:еский ответ|на відповідь|ен отговор)|автоответ|автоматски одговор
    αυτόματη απάντηση|otomatik (?:yanıt|cevap)|automaatvastus|automātiska atbilde|automatinis atsakymas
    sjálfvirkt svar|ymateb awtomatig|自动回复|自動応答|자동 회신|رد تلقائي|מענה אוטומטי
    delivery (?:status notification|delayed|report:)|message delivery (?:delayed|notification)|message recall
    (?:read|return|delivery) receipt|lesebestätigung|accusé de (?:lecture|réception)|leveringsstatus
    """,
    before=r"^\W{0,3}",
)
"""Subjects that only machines begin with."""

MARKED_SUBJECT = any_of(
    r"""
    auto(?:matic|mated|matisch\w*|matisk\w*)?[- ]?(?:reply|response|responder|antwort\w*|svar)|out of (?:the )?office
    automatyczna odpowied[zź]|réponse automatique|respuesta autom[aá]tica|risposta automatica|автоответ
    """,
    before=r"[\[(<{]\s?",
    after=r"\s?[\])>}]",
)
"""Such a mark in brackets may stand anywhere in a subject."""

RECEIPT_SUBJECT = any_of(
    r"""
    (?:read|not read|gelesen|lu|gelezen|letto|leído|lida|läst|læst|lest|luettu|przeczytano|přečteno|прочитано)\s?:\s
    (?:ungelesen|nicht gelesen|non lu|niet gelezen|non letto|no leído|não lida)\s?:\s
    (?:delivered|relayed|delayed|expanded|deleted|recall|zugestellt|remis|geleverd|entregado)\s?:\s
    """,
    before=r"^\W{0,3}",
)
RECEIPT_TEXT = any_of(
    r"""
    your message\W|(?:was|is) (?:read|deleted|displayed|delivered|opened) (?:on|without|at)|has been (?:delivered|read)
    would like to recall|this is a (?:read|return|delivery) receipt|ihre nachricht|wurde gelesen|votre message|a été lu
    uw bericht|il (?:tuo|suo) messaggio|è stat[oa] lett[oa]|su mensaje|se (?:ha )?leyó|foi lida|^\s*$
    """,
)
"""A person may begin a subject with "Read:"; the receipt's own sentence, or no text at all, proves the machine."""

ABOUT_A_POST = any_of(
    r"""
    \b(?:<site>)\b[^\n]{0,80}\b(?:post|comment|group|page|said|wrote)|\bscreen ?shots?\b
    \b(?:see (?:the )?attached|has (?:posted|written|put)|posted (?:about|on|this)|wrote (?:about|on|this))\b
    """,
    fragments={"site": "facebook|instagram|whatsapp|tik ?tok|snapchat|twitter|youtube|mumsnet"},
)
"""What a report is about, and no notice of absence."""

WEAK_SUBJECT = any_of(
    r"""
    out of (?:the )?office|on (?:annual|maternity|sick|parental) leave|\baway\b|holiday|vacation|abwesend
    abwesenheit|absence|fuori (?:sede|ufficio)|fuera de la oficina|ausen|afwezig|fravær|frånvaro|nieobecn|nepřítomn
    távollét|received your|thank(?:s| you) for (?:your|contacting|getting|reaching)|we(?:'ve| have) (?:got|received)
    ticket|case (?:received|created)|acknowledg|please confirm|confirm your|verification|request received|do not reply
    \bauto\b|autoreply|auto-?repl
    """,
)
AWAY = any_of(
    r"""
    \b<we_are>\b[^.\n]{0,40}\b(?:out of (?:the )?office|away (?:from|until|on)|on holiday|on vacation)
    \b<we_are>\b[^.\n]{0,40}\b(?:on (?:annual |maternity |sick |parental )?leave|not (?:in|working))
    out of the office (?:until|from|on|returning|and)|limited access to (?:my )?e-?mail
    (?:school|office) is (?:now )?closed (?:until|for)|no longer (?:work|employed|with)|has left the
    ich bin (?:[^.\n]{0,40})(?:nicht im|abwesend|im urlaub|außer haus)
    je suis (?:[^.\n]{0,30})(?:absent|en congé|en vacances)|sono (?:[^.\n]{0,30})(?:assente|fuori|in ferie)
    estoy (?:[^.\n]{0,30})(?:fuera|ausente|de vacaciones)|estou (?:[^.\n]{0,30})(?:ausente|fora|de férias)
    ik ben (?:[^.\n]{0,40})(?:afwezig|niet aanwezig|met vakantie|op vakantie)
    jag är (?:[^.\n]{0,40})(?:inte på|ledig|semester|frånvarande|borta)
    jeg er (?:[^.\n]{0,40})(?:ikke på|ferie|bortreist|fravær)|olen (?:[^.\n]{0,30})(?:lomalla|poissa)
    jestem (?:[^.\n]{0,30})(?:nieobecn|na urlopie|poza biurem)|nebudu
    jsem (?:[^.\n]{0,30})(?:mimo|nepřítom|na dovolené)
    """,
    fragments={"we_are": "i am|i'm|i’m|i will be|we are|currently|am"},
)
"""What people write into the notice that answers while they are away."""

STATEMENT = any_of(
    r"""
    this is an? (?:automat|auto[- ]?generated|auto[- ]?reply)
    (?:an? )?automat(?:ed|ic) (?:response|reply|message|e-?mail|acknowledg)
    automatic(?:ally)? (?:generated|reply|response|acknowledg)|auto[- ]generated
    (?:please )?do not (?:reply|respond) (?:directly )?to this|(?:unattended|unmonitored|not monitored)
    (?:e-?mail|nachricht|mail) wurde automatisch|automatisch (?:erstellt|generiert|erzeugt)
    message (?:généré )?automatique|généré automatiquement|messaggio (?:è )?automatico|mensaje (?:es )?automático
    automatisch gegenereerd|dette er en automatisk|detta är ett automatiskt|tämä on automaattinen
    wiadomość (?:została )?wygenerowana automatycznie|automatick[áy] (?:zpráva|odpověď|správa)
    """,
)
"""A machine says what it is."""

RECEIVED = any_of(
    r"""
    we (?:have |'ve )?received your (?:e-?mail|message|enquiry|inquiry|request|correspondence)
    your (?:message|e-?mail|enquiry|request) has been received|has been received (?:and|by)
    thank you for (?:contacting|e-?mailing|your (?:recent )?<mail>)[^.\n]{0,60}[.\n!]
    (?:vielen dank|danke) für ihre (?:e-?mail|nachricht|anfrage)|nous avons bien reçu
    merci (?:de|pour) votre (?:message|mail)
    bedankt voor uw (?:e-?mail|bericht)|hemos recibido su|gracias por (?:contactar|su mensaje|escribir)|grazie per averci
    """,
    fragments={"mail": "(?:e-?mail|message|enquiry|correspondence)"},
)

PROMISE = any_of(
    r"""
    (?:aim|endeavour|try) to (?:respond|reply|get back)[^.\n]{0,40}within
    (?:will|shall|'ll) (?:respond|reply|get back to you|be in touch|deal with|read|answer)[^.\n]{0,30}<when>
    (?:on|upon|until|after) my return|limited (?:or no )?access to (?:my )?(?:e-?mails?|messages|the internet)
    (?:if (?:it|your \w+|this|the matter) is |for (?:all )?|anything )(?:\w+ )?urgent[^.\n]{0,60}<reach>
    in my absence|(?:e-?mails?|messages) (?:will|are) not (?:be )?(?:read|monitored|checked|forwarded)
    in dringenden (?:fällen|angelegenheiten)|en cas d'urgence|per urgenze|en caso de urgencia|em caso de urgência
    bij (?:dringende|spoed)|i presserende|vid brådskande|kiireellisissä|w pilnych sprawach|v nutných případech
    (?:nicht|keine)[^.\n]{0,30}weitergeleitet|nach meiner rückkehr|à mon retour|al mio (?:ritorno|rientro)|a mi regreso
    """,
    fragments={
        "when": "as soon|within|when i|once i|on my return|upon my|after my|next week|in due course|on my",
        "reach": "contact|call|e-?mail|ring|phone|speak",
    },
)
"""What a notice promises, or whom it names instead."""

CHALLENGE = any_of(
    r"""
    (?:account|address|mailbox|inbox) is protected by|prove (?:that )?you(?:'re| are) (?:human|a (?:real )?person|not)
    click (?:the link|here|below|on the (?:following )?link)[^.\n]{0,60}(?:<proof>)
    (?:following|below) link to have your address|allowed (?:senders?|list)|approved senders?|white ?list
    to (?:ensure|have) (?:your|the|this) (?:message|e-?mail|delivery)|ensure delivery|sender verification
    verify (?:your|that you)|(?:held|waiting|quarantined) (?:for|until|pending) (?:your )?(?:verif|confirm|approv)
    challenge[- ]response|one[- ]time (?:verification|confirmation)|spam ?arrest|boxbe|bluebottle|tmda
    """,
    fragments={"proof": "confirm|verify|prove|release|deliver|added|approve"},
)
"""Two of these together ask a sender to prove that a person wrote."""
