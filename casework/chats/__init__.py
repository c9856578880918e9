"""Chats: an exported WhatsApp conversation as a table of messages, and the part of it that a report is about."""

from casework.chats.reading import read_chat
from casework.chats.table import ChatRow, ChatTable, chat_table, remarks_on_media, shown_media
from casework.chats.values import REFUSED, Chat, ChatFile, ChatMessage, ChatMessageKind
from casework.chats.window import ChatWindow, ReportedChat, reported_window

__all__ = [
    "REFUSED",
    "Chat",
    "ChatFile",
    "ChatMessage",
    "ChatMessageKind",
    "ChatRow",
    "ChatTable",
    "ChatWindow",
    "ReportedChat",
    "chat_table",
    "read_chat",
    "remarks_on_media",
    "reported_window",
    "shown_media",
]
