"""Why a mail did not arrive, by its code, in the short words that a report begins with."""

from dataclasses import dataclass

from practice_tenant.transport.values import Failure


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """What happened, whose turn it is, and what the sender can do."""

    happened: str
    turn: str
    remedy: str


_CHECK_ADDRESS = (
    "Check the address letter by letter and send the message again, or ask the recipient another way whether "
    "the address is right. An address that Outlook suggests may be an old one: delete it from the suggestions."
)
_REASONS = {
    "5.1.": Reason(
        happened="{local} wasn't found at {domain}.", turn="Action Required", remedy=_CHECK_ADDRESS
    ),
    "5.2.2": Reason(
        happened="The mailbox of {local} is full and takes no more messages for now.",
        turn="Action Required (recipient)",
        remedy="Send the message again later, or reach the recipient another way, for example by phone.",
    ),
    "5.2.3": Reason(
        happened="The message is larger than {local} may receive.",
        turn="Action Required",
        remedy="Make the attachments smaller, or share them as a link.",
    ),
    "5.4.": Reason(
        happened="{domain} couldn't be reached, and the message has expired.",
        turn="Action Required",
        remedy="Check the part of the address after @. If it is right, try again later.",
    ),
    "5.7.": Reason(
        happened="{domain} does not accept this message from you.",
        turn="Action Required (their administrator)",
        remedy="Their mail system turned the message away by a rule of its own. Reach the recipient another way; "
        "only their administrator, or yours, can change it.",
    ),
    "4.": Reason(
        happened="Delivery to {local} at {domain} is delayed.",
        turn="No action needed yet",
        remedy="There is nothing to send again. You will be told if the message could not be delivered in the end.",
    ),
}
_OTHER = Reason(
    happened="The mail system of {domain} refused the message.",
    turn="Action Required",
    remedy="Read below what their system said, or reach the recipient another way.",
)


def reason_of(failure: Failure) -> Reason:
    """The words for a code, those of its kind where it has none of its own."""
    found = next((words for begin, words in _REASONS.items() if failure.status.startswith(begin)), _OTHER)
    local, _, domain = failure.recipient.rpartition("@")
    return Reason(
        happened=found.happened.format(local=local or failure.recipient, domain=domain),
        turn=found.turn,
        remedy=found.remedy,
    )
