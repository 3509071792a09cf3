"""What every page is given: the one installation it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from anyio import CapacityLimiter

from voting.signing import Signer
from voting.store import Store
from web.api.noticeboard import Noticeboard
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
    proof_check: CapacityLimiter
    """One ballot at a time in each process (see `web.api.ballots`)."""
