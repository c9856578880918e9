"""What staff tell Casework about a case in one line: understood generously, echoed back, and never guessed."""

from __future__ import annotations

from casework.orders.reading import LONGEST_ORDER, read_order
from casework.orders.values import Order, OrderKind

__all__ = ["LONGEST_ORDER", "Order", "OrderKind", "read_order"]
