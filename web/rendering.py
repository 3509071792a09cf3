"""Templates: one strict Jinja environment, and the few words and figures it may format."""

import base64
import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response

from voting.actors import ROLE_NAMES, Actor
from voting.cycle import state_name
from voting.days import CHINA
from voting.delivering.projects import wan
from voting.ratings import percent, tenths
from voting.rounds import Round
from voting.screening.plans import written
from web import qr
from web.assets import Assets
from web.permissions import permissions_of

FOLDER = Path(__file__).parent / "templates"


class Templates:
    """Renders pages; what is missing from a context is an error, never an empty string."""

    def __init__(self, footer: str, assets: Assets) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            script=assets.script,
            stylesheet=assets.stylesheet,
            address=assets.address,
            footer=footer,
            qr=qr.svg,
        )
        self._environment.filters.update(FILTERS)

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """The text of the template `name`, e.g. `public/list.html`."""
        return self._environment.get_template(name).render(context)

    def page(self, name: str, status: int = 200, /, **context: Any) -> Response[str]:
        """A whole HTML response."""
        text = self.render(name, context)
        headers = {"permissions-policy": permissions_of(text)}
        return Response(text, status_code=status, media_type=MediaType.HTML, headers=headers)


@cache
def templates(footer: str, assets: Assets) -> Templates:
    """Compiled once in a process, however many installations stand behind the pages."""
    return Templates(footer, assets)


def date(moment: dt.datetime) -> str:
    """`2026年1月25日`, in China's time."""
    return day(moment.astimezone(CHINA).date())


def day(written: dt.date) -> str:
    """`2026年1月25日` for a date that was written down as such."""
    return f"{written.year}年{written.month}月{written.day}日"


def isodate(moment: dt.datetime) -> str:
    """`2026-01-25`, as a date field wants it, in China's time."""
    return moment.astimezone(CHINA).date().isoformat()


def state(of: Round) -> str:
    """The state of a round in words."""
    return "已结束" if of.trial and of.state == "void" else state_name(of.state, of.kind)


def role(actor: Actor) -> str:
    """What the actor is called; the town's government office is its 党政办."""
    return "党政办" if actor.town and actor.role == "government_office" else ROLE_NAMES[actor.role]


def time(moment: dt.datetime) -> str:
    """`2026年1月25日 09:05`, in China's time."""
    return f"{date(moment)} {moment.astimezone(CHINA):%H:%M}"


def clock(moment: dt.datetime) -> str:
    """`09:05`, in China's time: at a desk everybody knows the day."""
    return f"{moment.astimezone(CHINA):%H:%M}"


def groups(text: str) -> list[str]:
    """Groups of four characters, for reading aloud: 64 hex digits become 16 groups."""
    return [text[i : i + 4] for i in range(0, len(text), 4)]


def paper_code(fingerprint: str) -> str:
    """`3d93 f858 3caf`, 票样码: the beginning of φ, short enough to compare a phone with the big screen."""
    return " ".join(groups(base64.b64decode(fingerprint + "=").hex()[:12]))


FILTERS: dict[str, Callable[..., Any]] = {
    "amount": written,
    "clock": clock,
    "date": date,
    "day": day,
    "groups": groups,
    "paper_code": paper_code,
    "rate": percent,
    "isodate": isodate,
    "role": role,
    "state": state,
    "tenths": tenths,
    "time": time,
    "wan": wan,
}
