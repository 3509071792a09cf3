"""What the papers of a session are made from, and to whom which figures go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from msgspec.structs import replace

from tests.people import Hall
from voting.actors import Actor, Forbidden, NotFound, NotYet
from voting.checking_in import attendance, leave, plenaries
from voting.documents.session.ballot_paper import BallotPaperSettings
from voting.documents.session.facts import SessionFacts, facts_of_session
from voting.documents.session.papers import Wish, made_for_round, of_round, of_session
from voting.people import Deputy


def facts_for(hall: Hall, actor: Actor) -> SessionFacts:
    return facts_of_session(hall.store, actor, hall.session.id, hall.now())


def standings(hall: Hall, actor: Actor) -> Mapping[str, str]:
    facts = facts_for(hall, actor)
    (of,) = facts.rounds
    whole = {key: standing.state for key, _, standing in of_session(facts)}
    return whole | {key: standing.state for key, _, standing in of_round(facts, of)}


def test_a_session_of_yesterday_evening_has_papers_with_blanks(anywhere: Hall) -> None:
    found = standings(anywhere, anywhere.staff)
    assert found["notice"] == found["rules"] == found["ballot"] == "ready"
    assert found["script"] == found["returned"] == found["counted"] == "blanks"
    assert found["tally"] == found["announcement"] == found["result"] == "later"


def test_before_enough_have_signed_nobody_prints_a_figure(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("counted")
    for actor in (hall.staff, hall.operator):
        assert standings(hall, actor)["tally"] == "later"
        facts = facts_for(hall, actor)
        assert facts.rounds[0].tally is None
        with pytest.raises(NotYet):
            made_for_round(facts, facts.rounds[0], "result", "csv", Wish(), hall.now())


def test_once_all_have_signed_the_operator_prints_and_staff_wait_for_the_chair(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("counted")
    for number in range(1, len(hall.scrutineers) + 1):
        hall.sign(number)
    assert standings(hall, hall.operator)["tally"] == "ready"
    assert standings(hall, hall.staff)["tally"] == "later"
    hall.reach("announced")
    assert standings(hall, hall.staff)["tally"] == "ready"


def test_the_figures_of_the_papers_are_those_of_the_count(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.cast(1, 1, 3)
    hall.reach("published")
    facts = facts_for(hall, hall.staff)
    (of,) = facts.rounds
    lines = made_for_round(facts, of, "result", "csv", Wish(), hall.now())[1].decode("utf-8-sig")
    votes = [line.split(",")[3] for line in lines.split("\r\n")[1:] if line]
    assert votes == ["2", "0", "1"]
    assert of.round.published is not None
    assert of.round.published.date == date(2026, 1, 26)
    assert facts.rounds[0].settled is not None


def test_every_step_of_the_round_is_known_with_its_time(hall: Hall) -> None:
    hall.reach("closed")
    (of,) = facts_for(hall, hall.staff).rounds
    times = [of.at(step) for step in ("adopt", "seal", "open", "close")]
    known = [one for one in times if one is not None]
    assert len(known) == 4
    assert known == sorted(known)
    assert of.at("announce") is None


def test_who_is_present_and_who_is_away_comes_from_check_in(anywhere: Hall) -> None:
    hall = anywhere
    everybody = [
        Deputy(id=f"{n:032x}", congress=hall.congress.id, number=n, name=name, delegation="城关代表团")
        for n, name in enumerate(("𠮷秀英", "王㛃", "李䶮"), start=1)
    ]
    with hall.store.write() as tx:
        tx.deputies.add_many(everybody)
    plenary = plenaries.begin_plenary(hall.store, hall.staff, hall.session.id, "第二次全体会议", hall.now())
    attendance.check_in(hall.store, hall.usher, plenary.id, everybody[0].id, hall.now())
    leave.note_leave(hall.store, hall.staff, hall.session.id, everybody[2].id, "因病住院", hall.now())
    facts = facts_for(hall, hall.staff)
    assert facts.plenary == plenary
    assert facts.present == 1
    assert [(one.deputy.name, one.leave.reason) for one in facts.leave] == [("李䶮", "因病住院")]
    assert facts.delegations == ("城关代表团",)
    assert [one.name for one in facts.deputies] == ["𠮷秀英", "王㛃", "李䶮"]


def test_without_check_in_the_number_present_is_not_known_rather_than_none(hall: Hall) -> None:
    facts = facts_for(hall, hall.staff)
    assert facts.plenary is None
    assert facts.present is None


def test_only_staff_and_the_operator_have_the_papers(hall: Hall) -> None:
    for actor in (hall.chair, hall.scrutineers[0], hall.usher, hall.tellers[0]):
        with pytest.raises(Forbidden):
            facts_for(hall, actor)


def test_another_congress_finds_nothing(hall: Hall) -> None:
    stranger = replace(hall.staff, congress="f" * 32)
    with pytest.raises(NotFound):
        facts_for(hall, stranger)


def test_the_signs_on_ballots_are_kept_for_the_congress(anywhere: Hall) -> None:
    new = BallotPaperSettings(mark="√", one_box=True)
    with anywhere.store.write() as tx:
        assert tx.settings.get(anywhere.congress.id, BallotPaperSettings) == BallotPaperSettings()
        tx.settings.put(anywhere.staff, new, anywhere.now())
    with anywhere.store.read() as tx:
        assert tx.settings.get(anywhere.congress.id, BallotPaperSettings) == new
