"""The Ed25519 key under a scrutineer's reports, as it is handed in."""

from __future__ import annotations

from ballots.errors import BadPoint, BadTrustee
from ballots.group import point_from_hex, point_hex


def check_report_key(signing_key: str) -> None:
    """A point that is no identity and of no small order, written in one way. Raises BadTrustee."""
    try:
        raw = bytes.fromhex(signing_key)
        point_from_hex(point_hex(raw))
    except (ValueError, BadPoint):
        raise BadTrustee("signing_key") from None
    if raw.hex() != signing_key:
        raise BadTrustee("signing_key")
