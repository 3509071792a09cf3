"""How long the hall's tablets wait: a congress's own choice, kept with its settings."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

SHORTEST_RECEIPT: Final = 3
LONGEST_RECEIPT: Final = 60
SHORTEST_IDLE: Final = 30
LONGEST_IDLE: Final = 300


class TabletSettings(Struct, frozen=True, kw_only=True, tag="tablet"):
    """Seconds after which a tablet clears itself for the next person."""

    receipt_seconds: int = 5
    """From the receipt, SHORTEST_RECEIPT to LONGEST_RECEIPT."""
    idle_seconds: int = 60
    """From the last touch, SHORTEST_IDLE to LONGEST_IDLE."""
