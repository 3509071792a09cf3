"""The one table from error to answer: which status, which machine-readable kind.

`voting` and `ballots` name no status; here every class of theirs has a row (a test walks them all). An
address of an API is answered in JSON, every other one with a page. What nobody foresaw becomes an incident
number: the visitor sees it, the log holds where it happened and nothing about whom.
"""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException

from ballots import errors as ballots
from voting import (
    actors,
    announcing,
    candidates,
    cards,
    casting,
    cycle,
    drafting,
    links,
    opening,
    publishing,
    reconciling,
    sealing,
    sheets,
    signing,
)
from voting import errors as voting
from voting.documents import typesetting
from voting.store import engine, schema
from web.refusals import (
    ForeignRequest,
    FormTooLarge,
    FormUnreadable,
    NoSuchPage,
    NotEntered,
    NotPublished,
    RequestInterrupted,
    RequestTooLarge,
    WebError,
    WrongMethod,
    WrongRole,
)
from web.rendering import Templates

log = structlog.get_logger("piaojue")


class Answer(NamedTuple):
    """What a refusal looks like from outside."""

    status: int
    kind: str


TABLE: dict[type[Exception], Answer] = {
    # the pages themselves
    WebError: Answer(400, "refused"),
    NoSuchPage: Answer(404, "no_such_page"),
    NotPublished: Answer(404, "not_published"),
    NotEntered: Answer(404, "not_entered"),
    WrongRole: Answer(403, "wrong_role"),
    WrongMethod: Answer(405, "wrong_method"),
    ForeignRequest: Answer(403, "foreign_request"),
    FormUnreadable: Answer(400, "form_unreadable"),
    FormTooLarge: Answer(413, "form_too_large"),
    RequestTooLarge: Answer(413, "too_large"),
    RequestInterrupted: Answer(400, "interrupted"),
    # who and when
    voting.VotingError: Answer(400, "refused"),
    actors.Forbidden: Answer(403, "forbidden"),
    actors.NotFound: Answer(404, "not_found"),
    actors.NotYet: Answer(404, "not_yet"),
    cycle.WrongStep: Answer(409, "wrong_step"),
    links.LinkUnknown: Answer(404, "link_unknown"),
    links.LinkExpired: Answer(410, "link_expired"),
    links.LinkRevoked: Answer(410, "link_revoked"),
    links.LinkUnfit: Answer(422, "link_unfit"),
    # what was typed or sent
    voting.TextError: Answer(422, "text"),
    voting.InputError: Answer(422, "input"),
    voting.RulesError: Answer(422, "rules"),
    voting.CountsError: Answer(422, "counts"),
    drafting.DraftError: Answer(422, "draft"),
    drafting.TitleTaken: Answer(409, "title_taken"),
    drafting.AlreadyAdopted: Answer(409, "already_adopted"),
    drafting.NoFollowUp: Answer(409, "no_follow_up"),
    sheets.SheetError: Answer(422, "sheet"),
    candidates.CandidatesError: Answer(422, "candidates"),
    cards.CardsError: Answer(422, "cards"),
    reconciling.ReasonMissing: Answer(422, "reason_missing"),
    publishing.TrackerUnreadable: Answer(422, "tracker_unreadable"),
    # what a round does not allow now
    sealing.NotReady: Answer(409, "not_ready"),
    sealing.CardsInUse: Answer(409, "cards_in_use"),
    sealing.AlreadySealed: Answer(409, "already_sealed"),
    sealing.KeyTaken: Answer(409, "key_taken"),
    opening.CardsFixed: Answer(409, "cards_fixed"),
    reconciling.TooManyReturned: Answer(409, "too_many_returned"),
    announcing.NotSigned: Answer(409, "not_signed"),
    publishing.KeptBack: Answer(403, "kept_back"),
    # a ballot
    casting.NotOpenYet: Answer(409, "not_open_yet"),
    casting.AlreadyClosed: Answer(409, "already_closed"),
    casting.CardAlreadyVoted: Answer(409, "card_already_voted"),
    casting.CardDead: Answer(403, "card_dead"),
    casting.NotReceived: Answer(409, "not_received"),
    ballots.BallotError: Answer(400, "ballot"),
    ballots.Malformed: Answer(400, "malformed"),
    ballots.TooLarge: Answer(413, "too_large"),
    ballots.WrongElection: Answer(409, "wrong_election"),
    ballots.UnknownCredential: Answer(403, "unknown_credential"),
    ballots.BadPoint: Answer(422, "bad_point"),
    ballots.BadScalar: Answer(422, "bad_scalar"),
    ballots.BadProof: Answer(422, "bad_proof"),
    ballots.BadChoiceProof: Answer(422, "bad_choice_proof"),
    ballots.BadCountProof: Answer(422, "bad_count_proof"),
    ballots.BadSignature: Answer(422, "bad_signature"),
    # a record, a key, a sum
    ballots.BadElection: Answer(422, "bad_election"),
    ballots.BadCredentials: Answer(422, "bad_credentials"),
    ballots.BadTrustee: Answer(422, "bad_trustee"),
    ballots.BadDecryption: Answer(422, "bad_decryption"),
    ballots.BadTally: Answer(422, "bad_tally"),
    ballots.BadArchive: Answer(422, "bad_archive"),
    ballots.BadChain: Answer(422, "bad_chain"),
    ballots.BadRecord: Answer(422, "bad_record"),
    # the installation
    engine.StoreError: Answer(503, "store"),
    schema.NotMigrated: Answer(503, "not_migrated"),
    schema.NewerDatabase: Answer(503, "newer_database"),
    signing.SigningKeyError: Answer(503, "signing_key"),
    typesetting.DocumentError: Answer(503, "document"),
    typesetting.MissingFont: Answer(503, "missing_font"),
}

_BY_STATUS: dict[int, type[WebError]] = {
    404: NoSuchPage,
    405: WrongMethod,
    413: RequestTooLarge,
}


def answer_to(error: Exception) -> Answer:
    """The row of the error's class, or of the nearest class above it."""
    return next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def handlers(
    templates: Templates, random: Callable[[int], bytes]
) -> dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]]:
    """The app's only exception handler; `random` makes incident numbers."""

    def refuse(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        known = _known(error)
        if known is None:
            incident = random(4).hex().upper()
            _log_incident(incident, request, error)
            sentence = f"系统内部出错，您的操作可能没有完成。请把事件编号 {incident} 告诉工作人员。"
            return _respond(templates, request, Answer(500, "incident"), sentence)
        response = _respond(templates, request, answer_to(known), known.sentence)
        if isinstance(error, HTTPException) and "allow" in (allow := error.headers or {}):
            response.headers["allow"] = allow["allow"]
        return response

    return {Exception: refuse}


def _known(error: Exception) -> WebError | voting.VotingError | ballots.BallotError | None:
    if isinstance(error, WebError | voting.VotingError | ballots.BallotError):
        return error
    if isinstance(error, HTTPException) and error.status_code < 500:
        return _BY_STATUS.get(error.status_code, WebError)()
    return None


def _respond(
    templates: Templates, request: Request[Any, Any, Any], answer: Answer, sentence: str
) -> Response[Any]:
    if is_api(request.scope["path"]):
        body = msgspec.json.encode({"error": answer.kind, "sentence": sentence})
        return Response(body, status_code=answer.status, media_type=MediaType.JSON)
    return templates.page("error.html", answer.status, sentence=sentence, status=answer.status)


def is_api(path: str) -> bool:
    """Whether a program asks: `/api/…`, or the `api` below a scrutineer's page."""
    parts = path.split("/")
    return parts[1] == "api" or (parts[1] == "scrutineer" and "api" in parts[3:4])


def _log_incident(incident: str, request: Request[Any, Any, Any], error: Exception) -> None:
    """Where it happened. Messages, arguments, addresses and cookies stay out: they may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "incident",
        incident=incident,
        kind=f"{type(error).__module__}.{type(error).__qualname__}",
        method=request.scope["method"],
        route=request.scope.get("path_template", ""),
        where=[f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )
