"""The mail area's paths."""

from practice_tenant.mail import (
    attachments,
    categories,
    delta,
    folder_handlers,
    mailbox_settings,
    people_settings,
    reading,
    sending,
    uploads,
    writing,
)
from practice_tenant.mail.replies import FORWARD, REPLY, REPLY_ALL, drafts_answer, sends_answer
from practice_tenant.routes import Route, route

_USER = "/users/{user}"
_FOLDERS = f"{_USER}/mailFolders"
_FOLDER = f"{_FOLDERS}/{{folder}}"


def _message_routes(messages: str) -> tuple[Route, ...]:
    """What can be done with a mail, wherever its path begins."""
    message = f"{messages}/{{message}}"
    attachment = f"{message}/attachments/{{attachment}}"
    return (
        route("GET", messages, reading.list_messages),
        route("POST", messages, writing.create_message),
        route("GET", f"{messages}/$count", reading.count_messages),
        route("GET", message, reading.get_message),
        route("PATCH", message, writing.change_message),
        route("DELETE", message, writing.delete_message),
        route("GET", f"{message}/$value", reading.get_mime),
        route("POST", f"{message}/permanentDelete", writing.permanently_delete),
        route("POST", f"{message}/move", writing.move),
        route("POST", f"{message}/copy", writing.copy),
        route("POST", f"{message}/send", sending.send_draft),
        route("POST", f"{message}/createReply", drafts_answer(REPLY)),
        route("POST", f"{message}/createReplyAll", drafts_answer(REPLY_ALL)),
        route("POST", f"{message}/createForward", drafts_answer(FORWARD)),
        route("POST", f"{message}/reply", sends_answer(REPLY)),
        route("POST", f"{message}/replyAll", sends_answer(REPLY_ALL)),
        route("POST", f"{message}/forward", sends_answer(FORWARD)),
        route("GET", f"{message}/attachments", attachments.list_attachments),
        route("POST", f"{message}/attachments", attachments.add_attachment),
        route("POST", f"{message}/attachments/createUploadSession", uploads.create_upload),
        route("GET", attachment, attachments.get_attachment),
        route("GET", f"{attachment}/$value", attachments.get_attachment_content),
        route("DELETE", attachment, attachments.delete_attachment),
    )


def _routes_of_one_folder(folder: str) -> tuple[Route, ...]:
    """What can be done with a folder, reached by itself or through the one above."""
    return (
        route("GET", folder, folder_handlers.get_folder),
        route("PATCH", folder, folder_handlers.change_folder),
        route("DELETE", folder, folder_handlers.delete_folder),
        route("POST", f"{folder}/move", folder_handlers.move),
        route("POST", f"{folder}/copy", folder_handlers.copy),
        route("POST", f"{folder}/permanentDelete", folder_handlers.permanently_delete_folder),
        route("GET", f"{folder}/childFolders", folder_handlers.list_folders),
        route("POST", f"{folder}/childFolders", folder_handlers.add_folder),
        route("GET", f"{folder}/messages/delta", delta.message_delta),
    )


_FOLDER_ROUTES = (
    route("GET", _FOLDERS, folder_handlers.list_folders),
    route("POST", _FOLDERS, folder_handlers.add_folder),
    route("GET", f"{_FOLDERS}/delta", delta.folder_delta),
    *_routes_of_one_folder(_FOLDER),
    *_routes_of_one_folder(f"{_FOLDER}/childFolders/{{child}}"),
    route("GET", f"{_USER}/messages/delta", delta.refuse_whole_mailbox),
)
_CATEGORIES = f"{_USER}/outlook/masterCategories"
_MAILBOX_ROUTES = (
    route("POST", f"{_USER}/sendMail", sending.send_mail),
    route("GET", f"{_USER}/mailboxSettings", mailbox_settings.get_settings),
    route("PATCH", f"{_USER}/mailboxSettings", mailbox_settings.change_settings),
    route("GET", f"{_USER}/mailboxSettings/{{setting}}", mailbox_settings.get_one_setting),
    route("GET", _CATEGORIES, categories.list_categories),
    route("POST", _CATEGORIES, categories.create_category),
    route("GET", f"{_CATEGORIES}/{{category}}", categories.get_category),
    route("PATCH", f"{_CATEGORIES}/{{category}}", categories.change_category),
    route("DELETE", f"{_CATEGORIES}/{{category}}", categories.delete_category),
)
ROUTES: tuple[Route, ...] = (
    *_FOLDER_ROUTES,
    *_MAILBOX_ROUTES,
    *_message_routes(f"{_USER}/messages"),
    *_message_routes(f"{_FOLDER}/messages"),
    *_message_routes(f"{_FOLDER}/childFolders/{{child}}/messages"),
)
TRANSFER_ROUTES: tuple[Route, ...] = (
    route("PUT", "/attachments/{upload}", uploads.receive_part),
    route("GET", "/attachments/{upload}", uploads.upload_status),
    route("DELETE", "/attachments/{upload}", uploads.cancel_upload),
)
PRACTICE_ROUTES: tuple[Route, ...] = (
    route("POST", "/send", sending.practice_send),
    route("GET", "/clients", people_settings.get_clients),
    route("PUT", "/clients", people_settings.set_clients),
)
