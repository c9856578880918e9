"""A mail of the store as content again, for sending, answering and showing its MIME."""

import json
import sqlite3

from practice_tenant.mail.store import people_of
from practice_tenant.mail.values import Attachment, MailContent


def stored_content(message: sqlite3.Row, attachments: tuple[Attachment, ...]) -> MailContent:
    author, sender = people_of(message, "author"), people_of(message, "sender")
    return MailContent(
        subject=message["subject"],
        body_type=message["body_type"],
        body=message["body"],
        author=author[0] if author else None,
        sender=sender[0] if sender and sender != author else None,
        recipients=people_of(message, "recipients"),
        copied=people_of(message, "copied"),
        blind_copied=people_of(message, "blind_copied"),
        reply_to=people_of(message, "reply_to"),
        internet_message_id=message["internet_message_id"],
        in_reply_to=message["in_reply_to"],
        references=message["message_references"],
        thread_index=message["conversation_index"],
        headers=tuple((name, value) for name, value in json.loads(message["headers"])),
        importance=message["importance"],
        wants_delivery_receipt=bool(message["wants_delivery_receipt"]),
        wants_read_receipt=bool(message["wants_read_receipt"]),
        attachments=attachments,
    )
