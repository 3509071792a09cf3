"""A poster for the wall of a station: one page each, with the code that leads to the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from voting.documents.cards import qr_svg
from voting.documents.typesetting import typeset
from voting.stations import Station

Paper = Literal["a3", "a4"]


def posters_pdf(
    congress: str, stations: Sequence[Station], url_base: str, paper: Paper, timestamp: datetime
) -> bytes:
    """One page for each station, in the order given; at least one.

    `url_base` is `https://HOST/t/CONGRESS`; the QR holds `url_base/new?station=CODE`. Raises MissingFont.
    """
    pages = [
        {
            "name": one.name,
            "hours": one.hours,
            "address": one.address,
            "qr": qr_svg(f"{url_base}/new?station={one.code}"),
        }
        for one in stations
    ]
    home = url_base.partition("://")[2]
    data = {"congress": congress, "paper": paper, "home": home, "stations": pages}
    return typeset("poster.typ", data, timestamp)
