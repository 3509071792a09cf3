"""What every page is given: the one installation it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anyio import CapacityLimiter
from litestar import Litestar, Request

from voting.signing import Signer
from voting.store import Store
from web.api.noticeboard import Noticeboard
from web.api.proof_check import ProofCheck
from web.assets import Assets
from web.kept_pages import KeptPages
from web.rendering import Templates
from web.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Installation:
    """Settings, store, signing key, clock and randomness of one service; made by `web.app`."""

    settings: Settings
    store: Store
    signer: Signer
    now: Callable[[], datetime]
    random: Callable[[int], bytes]
    assets: Assets
    templates: Templates
    noticeboard: Noticeboard
    kept_pages: KeptPages
    proof_check: ProofCheck
    photo_work: CapacityLimiter
    """Two forms with photos at a time in each process: decoding them costs processor and memory."""


def house_of(app: Litestar) -> Installation:
    """The installation behind the pages."""
    found: Installation = app.state.house
    return found


def house_of_request(request: Request[Any, Any, Any]) -> Installation:
    """The same, for whoever has a request."""
    return house_of(request.app)
