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
    не удалось доставить|недоставимо|αδύνατη η παράδοση|blocked:|rejected:|failed mail|mail failed|mail error
    e?-?mail (?:not delivered|could not be delivered|delivery failure)|permanent delivery|processing error
    delivery status notification: error|automatically rejected|e?-?mail bounce|bounce notification|rejected mail
    message (?:rejected|blocked|refused)|退信|系统退信|投递失败|郵件傳遞失敗|配信不能|メール配信|не доставлено
    """,
    before=r"^(?:re: ?|\[[^\]]{1,40}\] ?)?",
)

DELAY = any_of(
    r"""
    delay|still being retried|will (?:continue|keep|be retried|try)|temporar|postponed|not yet been delivered
    (?:attempts|retries) will|no action is required|verzögert|différ|retardad|in attesa di consegna
    """,
)
"""The system has not given up."""

BOUNCE_WORDING = any_of(
    r"""
    could ?n[o']t be delivered|could not deliver|unable to deliver|not been delivered|wasn'?t delivered
    delivery (?:has )?(?:failed|to the following)|permanent(?: fatal)? error
    (?:user|recipient|mailbox|address)(?: is)? (?:unknown|unavailable|not found|disabled|full|rejected)|no such user
    does not exist|address(?:es)? (?:failed|had permanent)|undeliverable|returned to (?:the )?sender|550[ -]5\.\d
    5\.\d\.\d{1,3}\b|konnte nicht zugestellt|n'a pas pu être (?:remis|délivré)|non è stato recapitato
    no se (?:pudo|ha podido) entregar|无法送达|无法发送|配信できませんでした
    """,
)

BOUNCE_HINTS = any_of(
    r"""
    failed recipients?|non-?deliver(?:y|able)
    (?:could ?n[o']t|can ?n[o']t|unable to|failed to|did ?n[o']t|was ?n[o']t|has not been) [^.\n]{0,40}\b<arrived>\b
    (?:was|been) (?:automatically )?rejected|(?:message|mail|e-?mail) (?:has been |was )?(?:returned|refused|blocked)
    (?:invalid|no valid|not a valid) (?:user|recipient|address)|unknown (?:user|host|address)
    (?:smtp|error)[^\n]{0,30}\b55\d\b|\b55\d[ -](?:requested|user|no such|mailbox|unknown|recipient|sorry|invalid)
    n'a pas pu [eê]tre
    """,
    fragments={"arrived": "deliver(?:ed)?|reach(?:ed)?|received?|sent"},
)
"""Words that say so where a mail system, or a subject of its kind, speaks; people on leave use them too."""
