"""民呼我来: a citizen picks a deputy from the public directory and leaves word; the deputy answers.

The word is a 群众意见 like any other: screened before anybody outside the office sees it, in the ledger, and
found again with its query code. While no office has decided it, the deputy's answer is its answer; what the
office hands to a unit, the unit answers.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from voting.actors import Actor, Forbidden, NotFound, system
from voting.congress_settings import PublicSettings
from voting.days import today
from voting.duties import demand
from voting.errors import VotingError
from voting.handling.desk import change_item, give_answer, lock_main, note, words
from voting.handling.refusals import AlreadyDecided
from voting.people import Deputy
from voting.rounds import Congress
from voting.store import Store, Transaction
from voting.suggestions import Suggestion

DAYS_AHEAD: Final = 62
"""How far the public sees duty at the stations."""
MOST_LISTED: Final = 200


class DeputyGone(VotingError):
    """A deputy who left, or whom this congress does not have."""

    sentence = "这位代表不在现任代表名录里，可能已经不再担任。请回到名录另选一位，或者直接提意见建议。"


class OnDuty(Struct, frozen=True, kw_only=True):
    """A day on which a deputy can be met."""

    day: date
    station: str


class Listed(Struct, frozen=True, kw_only=True):
    """A deputy as everybody may know one: no telephone number."""

    id: str
    name: str
    duties: tuple[OnDuty, ...]


class Directory(Struct, frozen=True, kw_only=True):
    """代表名录, in the printed order within each delegation."""

    congress: Congress
    delegations: tuple[tuple[str, tuple[Listed, ...]], ...]


def directory(store: Store, congress_id: str, now: datetime) -> Directory:
    """For everybody, if the congress publishes it. Raises NotFound."""
    first = today(now)
    with store.read() as tx:
        congress = tx.sessions.congress(congress_id)
        _refuse_unpublished(tx, congress_id)
        deputies = tx.deputies.current(congress_id)
        stations = {one.id: one.name for one in tx.stations.current(congress_id)}
        duties = tx.station_work.all_on_duty(system(congress_id), first, first + timedelta(days=DAYS_AHEAD))
    met: dict[str, list[OnDuty]] = {}
    for one in duties:
        if one.station in stations:
            met.setdefault(one.deputy, []).append(OnDuty(day=one.day, station=stations[one.station]))
    groups: dict[str, list[Listed]] = {}
    for deputy in deputies:
        shown = Listed(id=deputy.id, name=deputy.name, duties=tuple(met.get(deputy.id, ())))
        groups.setdefault(deputy.delegation, []).append(shown)
    return Directory(
        congress=congress, delegations=tuple((name, tuple(some)) for name, some in groups.items())
    )


def addressee(tx: Transaction, congress_id: str, deputy_id: str) -> Deputy:
    """Who may be left word. Raises DeputyGone, NotFound (the directory is not published)."""
    _refuse_unpublished(tx, congress_id)
    try:
        found = tx.deputies.get(system(congress_id), deputy_id)
    except NotFound:
        raise DeputyGone from None
    if found.ended_on is not None:
        raise DeputyGone
    return found


def addressed_to(tx: Transaction, one: Suggestion) -> str:
    """The name of the deputy for whom a suggestion was left; empty: for nobody by name."""
    deputy = tx.addressed.deputy_of(one)
    return "" if deputy is None else tx.deputies.get(system(one.congress), deputy).name


def tell_addressee(tx: Transaction, one: Suggestion, now: datetime) -> None:
    """The deputy hears of it when an office has let it through."""
    deputy = tx.addressed.deputy_of(one)
    if deputy is not None:
        tx.notices.add(
            one.congress,
            kind="word_left",
            text=f"群众给您留言：{one.title[:80]}",
            path=f"/words/{one.id}",
            about=one.id,
            due=None,
            at=now,
            deputy=deputy,
        )


def words_left(store: Store, actor: Actor) -> tuple[Suggestion, ...]:
    """A deputy's, newest first, at most 200. Raises Forbidden."""
    demand(actor, "answer_word")
    with store.read() as tx:
        return tx.addressed.listing(actor, MOST_LISTED)


def word(store: Store, actor: Actor, suggestion_id: str) -> Suggestion:
    """Raises NotFound, Forbidden."""
    demand(actor, "answer_word")
    with store.read() as tx:
        return tx.addressed.get(actor, suggestion_id)


def waits_for_deputy(one: Suggestion) -> bool:
    """Whether the deputy may still answer: nobody has decided it, and it follows no other."""
    return one.state == "registered" and one.decided_at is None and one.merged_into is None


def answer(store: Store, actor: Actor, suggestion_id: str, text: str, now: datetime) -> Suggestion:
    """The deputy's answer; the same one a second time changes nothing.

    Raises TextError, HandlingInput, AlreadyDecided, FollowsAnother, NotFound, Forbidden.
    """
    demand(actor, "answer_word")
    said = words(text, "答复")
    with store.write() as tx:
        seen = tx.addressed.get(actor, suggestion_id)
        if tx.deputies.get(actor, actor.deputy or "").ended_on is not None:
            raise Forbidden("您的代表资格已经终止，不能答复。请与人大办公室联系。")
        item = lock_main(tx, system(actor.congress), seen.id)
        if item.answer == said and item.decided_by == actor.name:
            return item
        if not waits_for_deputy(item):
            raise AlreadyDecided("这件已经答复，或者办公室已经交有关单位办理，不能再由代表答复。")
        decided = change_item(
            tx,
            actor,
            item,
            "decide",
            now,
            state="assigned",
            route="answered_now",
            decided_at=now,
            decided_by=actor.name,
            decision=f"由{actor.name}代表答复。",
        )
        note(tx, actor, item, "代表答复", said, now)
        return give_answer(tx, actor, decided, said, now)


def _refuse_unpublished(tx: Transaction, congress_id: str) -> None:
    if not tx.settings.get(congress_id, PublicSettings).show_deputies:
        raise NotFound("这里没有公开代表名录。需要找代表的，请向人大办公室询问。")
