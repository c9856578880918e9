"""What intake reads in a message: its kind, its authors, where it was posted, and what a person may want to tick."""

from casework.intake.absences import Absence
from casework.intake.as_json import as_json
from casework.intake.bounces import Bounce, is_system_address, read_bounce
from casework.intake.files import message_from_files, report_from_files
from casework.intake.headteacher import mentions_headteacher
from casework.intake.links import Link
from casework.intake.people import people_in
from casework.intake.platforms import Platform, Platforms
from casework.intake.replies import find_tags, own_words, reply_text
from casework.intake.report import MessageKind, Report, read_report, reported_chats
from casework.intake.senders import SenderProof, sender_proof, sent_on_behalf_by
from casework.intake.suggestions import Suggestion, Suggestions

__all__ = [
    "Absence",
    "Bounce",
    "Link",
    "MessageKind",
    "Platform",
    "Platforms",
    "Report",
    "SenderProof",
    "Suggestion",
    "Suggestions",
    "as_json",
    "find_tags",
    "is_system_address",
    "mentions_headteacher",
    "message_from_files",
    "own_words",
    "people_in",
    "read_bounce",
    "read_report",
    "reply_text",
    "report_from_files",
    "reported_chats",
    "sender_proof",
    "sent_on_behalf_by",
]
