"""What the proposer sees of the own suggestion: everything that is not somebody else's.

Whoever holds the query code is the proposer. A wrong code gets the same answer whatever is wrong with it.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import PUBLIC, NotFound, system
from voting.collecting import gate
from voting.collecting.addressing import addressed_to
from voting.collecting.codes import CodeUnknown, query_hash, read_code
from voting.collecting.gate import TooMany
from voting.collecting.progress import Facts, Merged, Part, Progress, progress
from voting.delivering.projects import STATE_NAMES, Project
from voting.disclosure import Disclosure, disclose
from voting.handling.facts import Confirmation, Happening
from voting.handling.following import confirmed, in_force, needs_three_fixed
from voting.outcome import VERDICT_NAMES
from voting.people import Category, Village
from voting.photos import Photo
from voting.rounds import Congress
from voting.screening.fates import Fate, fate_words
from voting.store import Store, Transaction
from voting.store.cosigns import Cosigner
from voting.suggestions import Suggestion
from voting.tally_report import figures_of


class Delivered(Struct, frozen=True, kw_only=True):
    """The project it became: `id` of its public page, and where it stands."""

    id: str
    words: str


class Later(Struct, frozen=True, kw_only=True):
    """What it became as a candidate; `result` is the round whose result has been published.

    `projects`: one for each year's stage that has been handed over.
    """

    words: str
    result: str | None = None
    projects: tuple[Delivered, ...] = ()


class Tracked(Struct, frozen=True, kw_only=True):
    """`may_confirm`: an answer waits for the proposer's word; `to` names the deputy it was left for, or is
    empty."""

    congress: Congress
    suggestion: Suggestion
    category: Category | None
    village: Village | None
    progress: Progress
    later: tuple[Later, ...]
    photos: tuple[Photo, ...]
    cosigners: tuple[Cosigner, ...]
    happenings: tuple[Happening, ...]
    confirmations: tuple[Confirmation, ...]
    may_confirm: bool
    to: str


def find(store: Store, congress: str, typed: str, mark: str, now: datetime) -> str:
    """The code as it is written into an address, if it leads anywhere here.

    A device that tries many is stopped for the hour. Raises CodeUnreadable, CodeUnknown, TooMany, NotFound.
    """
    device, hour = gate.device_of(mark, "code"), gate.hour_of(now)
    with store.read() as tx:
        tx.sessions.congress(congress)
        if tx.sent_forms.times(congress, device, hour) >= _most(mark):
            raise TooMany("这台手机或电脑一小时内试的次数太多。请过一小时再试。")
    code = read_code(typed)
    try:
        own(store, congress, code)
    except CodeUnknown:
        with store.write() as tx:
            tx.inbox.lock_numbers(congress)
            tx.sent_forms.count(congress, device, hour)
        raise
    return code


def own(store: Store, congress: str, code: str) -> Suggestion:
    """What the code belongs to. Raises CodeUnknown."""
    try:
        with store.read() as tx:
            found = tx.suggestions.by_query_hash(query_hash(code))
    except NotFound:
        raise CodeUnknown from None
    if found.congress != congress:
        raise CodeUnknown
    return found


def track(store: Store, congress: str, code: str) -> Tracked:
    """Raises CodeUnreadable, CodeUnknown."""
    found = own(store, congress, read_code(code))
    with store.read() as tx:
        return tracked(tx, found)


def tracked(tx: Transaction, found: Suggestion) -> Tracked:
    """Of a suggestion that the caller was given as its proposer."""
    house = system(found.congress)
    main = tx.suggestions.get(house, found.merged_into) if found.merged_into else found
    said = tx.handlings.confirmations(found)
    facts = Facts(suggestion=found, parts=_parts(tx, main), merged=_merged(found, main))
    return Tracked(
        congress=tx.sessions.congress(found.congress),
        suggestion=found,
        category=tx.categories.get(house, found.category) if found.category else None,
        village=tx.villages.get(house, found.village) if found.village else None,
        progress=progress(facts),
        later=tuple(
            replace(_later(tx, one), projects=_delivered(tx, found.congress, one.draft))
            for one in tx.drafts.of_suggestion(found.id)
        ),
        photos=tx.photos.of(found),
        cosigners=tx.cosigns.of(found),
        happenings=_happenings(tx, found),
        confirmations=said,
        to=addressed_to(tx, found),
        may_confirm=(
            found.state == "answered" and needs_three_fixed(found.kind) and confirmed(found, said) is None
        ),
    )


def _happenings(tx: Transaction, found: Suggestion) -> tuple[Happening, ...]:
    """What the offices did about it; not what others who proposed the same said to the answer."""
    every = tx.handlings.happenings(system(found.congress), found)
    return tuple(one for one in every if one.unit is None and not one.what.startswith("评价答复"))


def _parts(tx: Transaction, main: Suggestion) -> tuple[Part, ...]:
    house = system(main.congress)
    return tuple(
        Part(
            unit=tx.units.get(house, one.unit).name,
            lead=one.part == "lead",
            until=one.answer_by,
            officer=one.officer,
        )
        for one in in_force(tx.handlings.of_suggestion(house, main.id))
    )


def _merged(found: Suggestion, main: Suggestion) -> Merged | None:
    if found.id == main.id:
        return None
    return Merged(label=main.label, title=main.title, state=main.state)


def _most(mark: str) -> int:
    return gate.MOST_WITHOUT_MARK_AN_HOUR if mark == gate.NO_MARK else gate.MOST_WRONG_CODES_AN_HOUR


def _later(tx: Transaction, fate: Fate) -> Later:
    if fate.round is None or fate.round_state != "published":
        return Later(words=fate_words(fate))
    voted = tx.rounds.get(PUBLIC, fate.round)
    shown = disclose(voted.rules, figures_of(tx, PUBLIC, voted).outcome)
    standings = shown.standings if isinstance(shown, Disclosure) else ()
    verdicts = [VERDICT_NAMES[one.status] for one in standings if one.number == fate.number]
    return Later(words=fate_words(fate, "".join(verdicts)), result=fate.round)


def _delivered(tx: Transaction, congress: str, draft: str) -> tuple[Delivered, ...]:
    found = tx.projects.of_drafts(PUBLIC, congress, [draft])
    return tuple(
        Delivered(id=one.id, words=f"已列为{one.year}年民生实事项目第{one.number}号，{_standing(one)}。")
        for one in found
    )


def _standing(one: Project) -> str:
    return "实施方案已经公布" if one.state == "planned" else STATE_NAMES[one.state]
