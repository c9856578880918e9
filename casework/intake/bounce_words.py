"""The words by which mail systems say that a mail was not delivered, in many languages."""

from __future__ import annotations

from casework.forwards.blocks import any_of

BOUNCE_SUBJECT = any_of(
    r"""
    undeliver(?:able|ed)|undelivered mail|delivery (?:status notification \(failure\)|failure|has failed|failed)
    mail delivery (?:failed|failure|system|subsystem|error)|delivery notification.{0,20}fail|returned mail
    failure notice|message (?:not delivered|undeliverable)|mail system error|non[- ]?delivery|nondeliverable
    warning: (?:could not|message).{0,30}(?:send|delay)|could not deliver|email could not be delivered|unzustellbar
    nicht zustellbar|zustellung fehlgeschlagen|mail delivery failed|non remis|échec de la remise|non remise|échec
    onbestelbaar|niet te bezorgen|non recapitabile|mancato recapito|recapito non riuscito|no se puede entregar
    no entregado|não entregue|não é possível entregar|impossível entregar|kan ikke leveres|uleverbar
    kan inte levereras|olevererbart|ei voi toimittaa|toimittamaton|niedostarczon|nie można dostarczyć|nedoručitelné
    nedoruči|kézbesíthetetlen|nu se poate livra|nelivrat|teslim edilemedi|недоставлен|не доставлено
    не удалось доставить|недоставимо|αδύνατη η παράδοση|blocked:|rejected:
    """,
    before=r"^(?:re: )?",
)

BOUNCE_WORDING = any_of(
    r"""
    could ?n[o']t be delivered|could not deliver|unable to deliver|not been delivered|wasn'?t delivered
    delivery (?:has )?(?:failed|to the following)|permanent(?: fatal)? error
    (?:user|recipient|mailbox|address)(?: is)? (?:unknown|unavailable|not found|disabled|full|rejected)|no such user
    does not exist|address(?:es)? (?:failed|had permanent)|undeliverable|returned to (?:the )?sender|550[ -]5\.\d
    5\.\d\.\d{1,3}\b|konnte nicht zugestellt|n'a pas pu être (?:remis|délivré)|non è stato recapitato
    no se (?:pudo|ha podido) entregar
    """,
)
