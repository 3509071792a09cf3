"""The composition root: here, and only here, the parts of the service are put together."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import structlog
from anyio import CapacityLimiter
from litestar import Litestar, Router
from litestar.di import Provide
from litestar.types import ASGIApp, ControllerRouterHandler

from voting.publicity.marks import marks
from voting.signing import Signer
from voting.store import Store
from voting.store.migrations import HEAD
from web import errors, headers, logs
from web.access import PAGE_ROLES, PageRole, refuse_odd, visit_as
from web.api import ballots as ballot_api
from web.api import ceremonies as ceremony_api
from web.api import scrutineer as scrutineer_api
from web.api.noticeboard import Noticeboard
from web.api.proof_check import ProofCheck
from web.assets import CLIENT, installed
from web.chaining import chain_afterwards
from web.forms import MOST_FORM_BYTES, read_form
from web.head_requests import answer_head
from web.installation import Installation, house_of, house_of_request
from web.kept_pages import KeptPages
from web.pages import (
    attending,
    ballot,
    chair,
    checking_in,
    collecting,
    delivering,
    entry,
    hall,
    handing_out,
    handling,
    health,
    keeping,
    ledger,
    metrics,
    offices,
    operator,
    paper_ballots,
    people,
    public,
    publicity,
    rating,
    rehearsing,
    reporting,
    screening,
    scripts,
    scrutineer,
    scrutinising,
    session_papers,
    settling,
    showing,
    staff_home,
    staff_links,
    staff_round,
    staff_round_form,
    static,
    stations,
    supervising,
    tablets,
    trial,
    trial_grading,
    years,
)
from web.rendering import templates
from web.settings import Settings, load

log = structlog.get_logger("piaojue")

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [
    static.static_file,
    entry.enter,
    ballot.ballot,
    hall.hall,
    public.listing,
    public.result,
    public.find_tracker,
    public.technical,
    public.archive,
    public.round_json,
    public.verifier,
    health.health,
    health.ready,
    metrics.metrics,
    scripts.scripts,
    ballot_api.session_notice,
    ballot_api.cast_ballot,
    ballot_api.ballot_recorded,
    ballot_api.card_standing,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [
        staff_home.home,
        staff_home.create_session,
        staff_home.session,
        staff_links.new_link,
        staff_links.issue_link,
        staff_links.revoke_link,
        staff_round_form.new_round,
        staff_round_form.create_round,
        staff_round_form.edit_round,
        staff_round_form.change_round,
        staff_round_form.candidates_table,
        staff_round.staff_round,
        staff_round.adopt,
        staff_round.redraft,
        staff_round.delete_draft,
        staff_round.load_cards,
        staff_round.seal,
        staff_round.open_round,
        staff_round.close_round,
        staff_round.publish,
        staff_round.follow_up,
        trial.trial,
        trial_grading.trial_grading,
    ],
    "chair": [
        chair.chair,
        chair.chair_round,
        chair.void_form,
        chair.declare_valid,
        chair.declare_void,
        chair.announce,
        chair.announce_settled,
    ],
    "operator": [
        operator.operator,
        operator.operator_round,
        operator.report_pdf,
        operator.chairs_script_pdf,
    ],
    "scrutineer": [
        scrutineer.scrutineer,
        scrutineer_api.overview,
        scrutineer_api.closed_archive,
        scrutineer_api.register_key,
        scrutineer_api.submit_decryption,
        scrutineer_api.sign_report,
        scrutineer_api.confirm_box,
        scrutineer_api.confirm_empty,
        scrutineer_api.sign_paper,
        ceremony_api.material,
        ceremony_api.give_certificate,
        ceremony_api.give_deal,
        ceremony_api.give_share,
        ceremony_api.compared,
        ceremony_api.restored,
    ],
}
SUBJECTS: Final = (
    offices,
    people,
    collecting,
    stations,
    attending,
    ledger,
    handling,
    screening,
    showing,
    delivering,
    reporting,
    supervising,
    publicity,
    rating,
    years,
    checking_in,
    handing_out,
    scrutinising,
    paper_ballots,
    settling,
    session_papers,
    rehearsing,
    tablets,
    keeping,
)


def create_app(
    settings: Settings,
    store: Store,
    signer: Signer,
    now: Callable[[], datetime],
    random: Callable[[int], bytes],
) -> Litestar:
    """The service over one store. It opens no file but its own templates and static files."""
    app = every_page()
    settle(app, settings, store, signer, now, random)
    return app


def every_page() -> Litestar:
    """All pages, without an installation: `settle` puts one behind them."""
    # Directly on the app, litestar 2.25 wraps twice a handler that shares its path: hence a router here too.
    open_pages = Router("/", route_handlers=[*OPEN_PAGES, *(one for of in SUBJECTS for one in of.OPEN_PAGES)])
    app = Litestar(
        route_handlers=[open_pages, *map(_role_pages, PAGE_ROLES)],
        dependencies={
            "house": Provide(house_of_request, sync_to_thread=False),
            "form": Provide(read_form),
        },
        before_request=refuse_odd,
        before_send=[headers.add],
        exception_handlers={Exception: errors.refuse},
        request_max_body_size=MOST_FORM_BYTES,
        openapi_config=None,
        logging_config=None,
    )
    # Litestar looks for a handler of the method before any middleware runs: hence around the whole.
    app.asgi_handler = answer_head(app.asgi_handler)
    return app


def settle(
    app: Litestar,
    settings: Settings,
    store: Store,
    signer: Signer,
    now: Callable[[], datetime],
    random: Callable[[int], bytes],
) -> None:
    """Put an installation behind the pages, in place of the one before, if there was one."""
    assets = installed()
    app.state.house = Installation(
        settings=settings,
        store=store,
        signer=signer,
        now=now,
        random=random,
        assets=assets,
        templates=templates(settings.footer, assets),
        noticeboard=Noticeboard(),
        kept_pages=KeptPages(lambda congresses: marks(store, congresses, now())),
        proof_check=ProofCheck(store, signer),
        photo_work=CapacityLimiter(1),
    )


def from_environment(pages: Litestar | None = None) -> ASGIApp:
    """For each of granian's workers: settings from file and environment, the real clock and randomness.

    `pages` are those of `every_page`, where they were put together already. Raises SettingsError, StoreError,
    SigningKeyError or MissingAsset, each with a sentence, rather than start wrong.
    """
    settings = load(os.environ)
    logs.configure(settings.log_level)
    installed().require(*CLIENT)
    store, signer = Store.open(settings.database), Signer.load(Path(settings.signing_key))
    app = pages or every_page()
    settle(app, settings, store, signer, now=lambda: datetime.now(UTC), random=os.urandom)
    log.info("serving", schema=HEAD, pid=os.getpid())
    return watched(app) if settings.metrics_token else app


def watched(app: Litestar) -> ASGIApp:
    """The same service with its meters on."""
    from web.meters import Metered, in_folder

    app.state.meters = in_folder(house_of(app).store)
    return Metered(app, app.state.meters)


def _role_pages(role: PageRole) -> Router:
    """What lies below `/{role}/{link}`. `same-origin`: see `access.refuse_foreign`."""
    return Router(
        path=f"/{role}/{{link:str}}",
        route_handlers=[
            *ROLE_PAGES.get(role, []),
            *(one for of in SUBJECTS for one in of.ROLE_PAGES.get(role, [])),
        ],
        dependencies={"visit": visit_as(role)},
        after_response=chain_afterwards,
        response_headers={"referrer-policy": "same-origin"},
    )
