"""The words by which automatic mail gives itself away, in many languages; weak evidence, used after the headers."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

from casework.forwards.blocks import any_of

SURE_SUBJECT = any_of(
    r"""
    automatic (?:reply|response)|auto[- ]?(?:reply|response|responder|antwort|matische reply)|autoreply
    out of (?:the )?office(?: auto| reply|:|$)|out-of-office|ooo\b|vacation (?:reply|response|auto)
    automatische (?:antwort|beantwortung)|abwesenheits|automatisch(?:e)? (?:antwoord|beantwoord|afwezig)
    réponse automatique|absence du bureau|risposta automatica|respuesta autom[áa]tica|resposta autom[áa]tica
    autosvar|automatisk(?:t)? svar|automaattinen vastaus|poissaolo|automatische antwort|odpowiedź automatyczna
    autoodpowiedź|automatick[áa] odpov[eě]ď|automatikus válasz|automatska (?:odgovor|odgovora)|automatski odgovor
    samodejni odgovor|răspuns automat|автоматич(?:еский ответ|на відповідь|ен отговор)|автоответ|автоматски одговор
    αυτόματη απάντηση|otomatik (?:yanıt|cevap)|automaatvastus|automātiska atbilde|automatinis atsakymas
    sjálfvirkt svar|ymateb awtomatig|自动回复|自動応答|자동 회신|رد تلقائي|מענה אוטומטי
    (?:read|not read|gelesen|lu|gelezen|letto|leído|lida|läst|læst|lest|luettu|przeczytano|přečteno|прочитано)\s?:\s
    (?:read|return|delivery) receipt|lesebestätigung|accusé de (?:lecture|réception)
    (?:delivered|relayed|delayed|expanded|deleted|message recall|recall)\s?:\s
    delivery (?:status notification|delayed|report)|message delivery (?:delayed|notification)|recall:\s
    """,
    before=r"^\W{0,3}",
)
"""Subjects that only machines begin with."""

WEAK_SUBJECT = any_of(
    r"""
    out of (?:the )?office|on (?:annual|maternity|sick|parental) leave|\baway\b|holiday|vacation|abwesend
    abwesenheit|absence|fuori (?:sede|ufficio)|fuera de la oficina|ausen|afwezig|fravær|frånvaro|nieobecn|nepřítomn
    távollét|received your|thank(?:s| you) for (?:your|contacting|getting|reaching)|we(?:'ve| have) (?:got|received)
    ticket|case (?:received|created)|acknowledg|confirm(?:ation)?|verif|request received|do not reply|auto
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

MACHINE = any_of(
    r"""
    this is an? (?:automat|auto[- ]?generated|auto[- ]?reply)
    automated (?:response|reply|message|e-?mail|acknowledg)
    automatic(?:ally)? (?:generated|reply|response|acknowledg)|auto[- ]generated
    (?:please )?do not reply (?:directly )?to this|(?:unattended|unmonitored|not monitored)
    we (?:have |'ve )?received your (?:e-?mail|message|enquiry|inquiry|request|correspondence)
    your (?:message|e-?mail|enquiry|request) has been received
    thank you for (?:contacting|e-?mailing|your e-?mail|your message|your enquiry)[^.\n]{0,60}[.\n]
    (?:aim|endeavour|try) to (?:respond|reply|get back)[^.\n]{0,40}within
    will (?:respond|reply|get back to you) (?:as soon|within|when|on my return|upon my)
    diese (?:e-?mail|nachricht) wurde automatisch|message (?:généré )?automatique|messaggio (?:è )?automatico
    mensaje automático|click (?:the link|here|below) to (?:confirm|verify|prove|release)
    prove (?:that )?you(?:'re| are) (?:human|not)|verify (?:your|that you)|sender verification
    to (?:ensure|have) your (?:message|e-?mail) (?:is )?delivered
    """,
)
