"""What a congress decides about the service in general; other subjects keep structs of their own beside it.

Each is stored under its tag, and has the value that its fields say until somebody changes it:

    class PublicSettings(Struct, frozen=True, kw_only=True, tag="public"): …
    tx.settings.get(congress, PublicSettings)
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from voting.actors import Actor
from voting.duties import demand
from voting.store import Store


class PublicSettings(Struct, frozen=True, kw_only=True, tag="public"):
    """What of the suggestions stands in public. Nothing does, until the office says so."""

    show_suggestions: bool = False
    """A page for each suggestion that a person released."""
    show_refusals: bool = False
    """Why a suggestion was not taken up."""
    show_stations: bool = True
    """The directory of stations, without telephone numbers."""
    show_deputies: bool = False
    """The directory of deputies, without telephone numbers; whoever reads it may leave word for one."""


def public_settings(store: Store, congress: str) -> PublicSettings:
    """As they stand; anybody may know them."""
    with store.read() as tx:
        return tx.settings.get(congress, PublicSettings)


def change(store: Store, actor: Actor, value: Struct, now: datetime) -> None:
    """Keep a whole struct of settings. Raises Forbidden, NotFound."""
    demand(actor, "change_settings")
    with store.write() as tx:
        tx.settings.put(actor, value, now)
