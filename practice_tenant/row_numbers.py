"""Numbers of rows and versions in addresses, where a client may write any text."""

_LARGEST = 2**31 - 1


def row_number(text: str) -> int | None:
    """The number, None for text that is no number or one that SharePoint's 32 bits cannot hold."""
    if not (text.isascii() and text.isdecimal()):
        return None
    # As many digits as int() would choke on are no number of a row either.
    digits = text.lstrip("0")[: len(str(_LARGEST)) + 1] or "0"
    return int(digits) if int(digits) <= _LARGEST else None
