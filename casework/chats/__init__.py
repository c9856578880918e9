"""Chats: an exported WhatsApp conversation as a table of messages, and the part of it that a report is about."""

from casework.chats.reading import read_chat
from casework.chats.values import Chat, ChatMessage, ChatMessageKind
from casework.chats.window import ChatWindow, reported_window

__all__ = ["Chat", "ChatMessage", "ChatMessageKind", "ChatWindow", "read_chat", "reported_window"]
