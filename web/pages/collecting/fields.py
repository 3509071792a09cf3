"""The fields of a suggestion as every form has them: citizens', the office's, deputies' and units'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from voting.collecting import gate
from voting.collecting.codes import PURPOSE as CODES
from voting.collecting.entry import LABELS, Entry, clean_optional, clean_phone, clean_text
from voting.collecting.submitting import Secrets
from voting.errors import TextError
from voting.people import Village
from voting.photos import Prepared
from voting.store import Store
from web.forms import Form
from web.installation import Installation


def secrets(house: Installation) -> Secrets:
    """What slips are sealed and codes are derived with."""
    return Secrets(slips=house.signer.derived(gate.PURPOSE), codes=house.signer.derived(CODES))


def read_entry(
    form: Form, *, station: str | None = None, photos: tuple[Prepared, ...] = (), categories: bool = True
) -> Entry:
    """What was typed, each fault beside its field; `categories` False where the congress keeps none."""
    title = form.line("title", LABELS["title"])
    text = _read(form, "text", clean_text)
    category = form.typed("category")
    if categories and not category:
        form.fault("category", "请选择类别。拿不准的，选最接近的一类。")
    return Entry(
        title=title,
        text=text,
        category=category or None,
        village=form.typed("village") or None,
        station=station,
        spot=_read(form, "spot", lambda text: clean_optional(text, LABELS["spot"])),
        proposer=_read(form, "proposer", lambda text: clean_optional(text, LABELS["proposer"])),
        phone=_read(form, "phone", clean_phone),
        confidential=form.typed("confidential") == "yes",
        photos=photos,
    )


def _read(form: Form, name: str, reader: Callable[[str], str]) -> str:
    try:
        return reader(form.typed(name))
    except TextError as error:
        form.fault(name, error.sentence)
        return ""


def lists(store: Store, congress: str) -> dict[str, Any]:
    """What the selects of a form offer: `categories`, `towns`, `stations`."""
    with store.read() as tx:
        return {
            "categories": tx.categories.current(congress),
            "towns": by_town(tx.villages.current(congress)),
            "stations": tx.inbox.stations(congress),
        }


def by_town(villages: tuple[Village, ...]) -> list[tuple[str, list[Village]]]:
    """The villages of each town under its name, in the office's order; within a town the name is empty."""
    towns: dict[str, list[Village]] = {}
    for one in villages:
        towns.setdefault(one.town, []).append(one)
    return list(towns.items())
