"""The words of a rule as Graph has them (messageRulePredicates, messageRuleActions), and the kind of each."""

TEXTS = "a list of words"
PEOPLE = "a list of recipients"
FLAG = "true or false"
FOLDER = "the id of a mail folder"
RANGE = "an object with minimumSize and maximumSize in kilobytes"

IMPORTANCE = ("low", "normal", "high")
SENSITIVITY = ("normal", "personal", "private", "confidential")
ACTION_FLAGS = (
    "any",
    "call",
    "doNotForward",
    "followUp",
    "fyi",
    "forward",
    "noResponseNecessary",
    "read",
    "reply",
    "replyToAll",
    "review",
)

Kind = str | tuple[str, ...]

PREDICATES: dict[str, Kind] = {
    "bodyContains": TEXTS,
    "bodyOrSubjectContains": TEXTS,
    "categories": TEXTS,
    "fromAddresses": PEOPLE,
    "hasAttachments": FLAG,
    "headerContains": TEXTS,
    "importance": IMPORTANCE,
    "isApprovalRequest": FLAG,
    "isAutomaticForward": FLAG,
    "isAutomaticReply": FLAG,
    "isEncrypted": FLAG,
    "isMeetingRequest": FLAG,
    "isMeetingResponse": FLAG,
    "isNonDeliveryReport": FLAG,
    "isPermissionControlled": FLAG,
    "isReadReceipt": FLAG,
    "isSigned": FLAG,
    "isVoicemail": FLAG,
    "messageActionFlag": ACTION_FLAGS,
    "notSentToMe": FLAG,
    "recipientContains": TEXTS,
    "senderContains": TEXTS,
    "sensitivity": SENSITIVITY,
    "sentCcMe": FLAG,
    "sentOnlyToMe": FLAG,
    "sentToAddresses": PEOPLE,
    "sentToMe": FLAG,
    "sentToOrCcMe": FLAG,
    "subjectContains": TEXTS,
    "withinSizeRange": RANGE,
}
ACTIONS: dict[str, Kind] = {
    "assignCategories": TEXTS,
    "copyToFolder": FOLDER,
    "delete": FLAG,
    "forwardAsAttachmentTo": PEOPLE,
    "forwardTo": PEOPLE,
    "markAsRead": FLAG,
    "markImportance": IMPORTANCE,
    "moveToFolder": FOLDER,
    "permanentDelete": FLAG,
    "redirectTo": PEOPLE,
    "stopProcessingRules": FLAG,
}
