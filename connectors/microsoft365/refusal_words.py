"""Codes of Microsoft's that have a remedy of their own, as data; all in lower case, since spellings vary."""

from __future__ import annotations

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    CursorExpiredError,
    NotPermittedError,
    NotThereError,
    PermanentConnectorError,
)

_CURSOR = "The change token is no longer valid{shown}. Everything is read once more."
_CHANGED = "Somebody changed {what} meanwhile{shown}. Read it again and merge."
_ALREADY = "There is such a thing already, in {what}{shown}."
_NOT_THERE = "Microsoft 365 has no such thing (any more), in {what}{shown}."
_FULL = "There is no room left for {what}{shown}. Make room, or have the administrator raise the limit."
_TOO_BIG = "What was sent is too big for {what}{shown}. Make the files smaller, or put them into a library."
_NO_MAILBOX = (
    "An address in the settings has no mailbox in Exchange Online{shown}. "
    "Give it a licence or make it a shared mailbox, or correct the address."
)
_BAD_ADDRESS = (
    "Exchange does not accept an address of the mail{shown}. "
    "Correct the address in the list or in the settings."
)
_NOT_PERMITTED = (
    "Casework may not use {what}{shown}. Grant the permission that casework setup names, "
    "then run casework doctor."
)

Refusal = tuple[type[PermanentConnectorError], str]

BY_CODE: dict[str, Refusal] = {
    "syncstatenotfound": (CursorExpiredError, _CURSOR),
    "syncstateinvalid": (CursorExpiredError, _CURSOR),
    "resyncrequired": (CursorExpiredError, _CURSOR),
    "resyncchangesapplydifferences": (CursorExpiredError, _CURSOR),
    "resyncchangesuploaddifferences": (CursorExpiredError, _CURSOR),
    "errorirresolvableconflict": (ChangedMeanwhileError, _CHANGED),
    "resourcemodified": (ChangedMeanwhileError, _CHANGED),
    "namealreadyexists": (AlreadyThereError, _ALREADY),
    "errorfolderexists": (AlreadyThereError, _ALREADY),
    "spduplicatevaluesfoundexception": (AlreadyThereError, _ALREADY),
    "erroritemnotfound": (NotThereError, _NOT_THERE),
    "itemnotfound": (NotThereError, _NOT_THERE),
    "errorinvalididmalformed": (NotThereError, _NOT_THERE),
    "mailboxnotenabledforrestapi": (NotThereError, _NO_MAILBOX),
    "errorinvaliduser": (NotThereError, _NO_MAILBOX),
    "errorinvalidrecipients": (PermanentConnectorError, _BAD_ADDRESS),
    "errorsendasdenied": (NotPermittedError, _NOT_PERMITTED),
    "errorquotaexceeded": (PermanentConnectorError, _FULL),
    "quotalimitreached": (PermanentConnectorError, _FULL),
    "errormessagesizeexceeded": (PermanentConnectorError, _TOO_BIG),
    "errorattachmentsizelimitexceeded": (PermanentConnectorError, _TOO_BIG),
}

BY_STATUS: dict[int, Refusal] = {
    403: (NotPermittedError, _NOT_PERMITTED),
    404: (NotThereError, _NOT_THERE),
    409: (AlreadyThereError, _ALREADY),
    410: (CursorExpiredError, _CURSOR),
    412: (ChangedMeanwhileError, _CHANGED),
    413: (PermanentConnectorError, _TOO_BIG),
    507: (PermanentConnectorError, _FULL),
}
