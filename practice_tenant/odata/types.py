"""The types of Graph that a school's programs query, from Microsoft's reference pages."""

from practice_tenant.odata.model import EntityType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEGACY = "singleValueExtendedProperties multiValueExtendedProperties extensions"
_ITEM_TIMES = "createdDateTime lastModifiedDateTime createdBy lastModifiedBy parentReference"

MESSAGE = EntityType(
    name="message",
    truths=_words("hasAttachments isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft"),
    texts=_words(
        "id changeKey subject bodyPreview parentFolderId conversationId internetMessageId webLink importance "
        "inferenceClassification"
    ),
    others=_words(
        "createdDateTime lastModifiedDateTime receivedDateTime sentDateTime categories body uniqueBody sender from "
        "toRecipients ccRecipients bccRecipients replyTo flag conversationIndex internetMessageHeaders"
    ),
    navigations=_words(f"attachments {_LEGACY}"),
    is_outlook=True,
    largest_top=1000,
)
MAIL_FOLDER = EntityType(
    name="mailFolder",
    truths=_words("isHidden"),
    texts=_words("id displayName parentFolderId"),
    others=_words("childFolderCount unreadItemCount totalItemCount sizeInBytes"),
    navigations=_words(f"childFolders messages messageRules {_LEGACY}"),
    is_outlook=True,
    largest_top=1000,
)
ATTACHMENT = EntityType(
    name="attachment",
    truths=_words("isInline"),
    texts=_words("id name contentType"),
    others=_words("size lastModifiedDateTime contentBytes contentId contentLocation item"),
    is_outlook=True,
)
EVENT = EntityType(
    name="event",
    truths=_words(
        "hasAttachments isAllDay isCancelled isOrganizer isReminderOn isOnlineMeeting isDraft hideAttendees "
        "allowNewTimeProposals responseRequested"
    ),
    texts=_words(
        "id changeKey subject bodyPreview importance sensitivity showAs type iCalUId seriesMasterId transactionId "
        "webLink originalStartTimeZone originalEndTimeZone onlineMeetingProvider onlineMeetingUrl"
    ),
    others=_words(
        "createdDateTime lastModifiedDateTime categories body start end location locations attendees organizer "
        "recurrence reminderMinutesBeforeStart responseStatus originalStart onlineMeeting cancelledOccurrences"
    ),
    navigations=_words(f"attachments calendar instances exceptionOccurrences {_LEGACY}"),
    is_outlook=True,
    largest_top=1000,
)
DRIVE_ITEM = EntityType(
    name="driveItem",
    texts=_words("id name eTag cTag webUrl webDavUrl description"),
    others=_words(
        f"{_ITEM_TIMES} size file folder fileSystemInfo root deleted shared sharepointIds specialFolder searchResult "
        "remoteItem package publication photo image audio video location malware bundle content pendingOperations "
        "source createdByUser lastModifiedByUser"
    ),
    navigations=_words(
        "children listItem permissions thumbnails versions subscriptions analytics retentionLabel workbook"
    ),
)
LIST = EntityType(
    name="list",
    texts=_words("id name displayName description eTag webUrl"),
    others=_words(f"{_ITEM_TIMES} list system sharepointIds createdByUser lastModifiedByUser"),
    navigations=_words("columns contentTypes drive items operations subscriptions"),
)
LIST_ITEM = EntityType(
    name="listItem",
    texts=_words("id name eTag webUrl description"),
    others=_words(f"{_ITEM_TIMES} contentType sharepointIds deleted createdByUser lastModifiedByUser"),
    navigations=_words("fields driveItem versions analytics documentSetVersions"),
)
COLUMN = EntityType(
    name="columnDefinition",
    truths=_words("enforceUniqueValues hidden indexed isDeletable isReorderable isSealed readOnly required"),
    texts=_words("id name displayName description columnGroup"),
    others=_words(
        "boolean calculated choice contentApprovalStatus currency dateTime defaultValue geolocation hyperlinkOrPicture "
        "lookup number personOrGroup propagateChanges sourceContentType term text thumbnail type validation"
    ),
    navigations=_words("sourceColumn"),
)
TODO_TASK = EntityType(
    name="todoTask",
    truths=_words("isReminderOn hasAttachments"),
    texts=_words("id title status importance"),
    others=_words(
        "body bodyLastModifiedDateTime categories completedDateTime createdDateTime dueDateTime lastModifiedDateTime "
        "recurrence reminderDateTime startDateTime"
    ),
    navigations=_words("attachments attachmentSessions checklistItems linkedResources extensions"),
)
