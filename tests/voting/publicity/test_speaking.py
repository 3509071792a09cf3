"""From a citizen's words to the public page: who reads them first, who may reply, what the log says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.county import Body, County
from tests.delivery import project
from tests.people import seeded
from tests.publicity import OCTOBER
from voting.actors import PUBLIC, Forbidden, NotFound
from voting.agenda import board
from voting.collecting import gate
from voting.collecting.gate import SlipInvalid, TooFast, TooMany
from voting.collecting.submitting import AlreadySent
from voting.delivering.projects import Project
from voting.publicity import speaking
from voting.publicity.opinions import AlreadyJudged, AnsweredByOffice, NotReleased, Opinion, OpinionsClosed
from voting.publicity.scores import CitizenSettings, NoMark, Scale, ScoresClosed
from voting.publicity.scoring import MOST_AN_HOUR, Scored, score
from voting.publicity.speaking import Said, scope
from voting.store.audit import Wanted

SECRET = b"secret"
MARK = "a" * 32


def given(body: Body, of: Project, use: str = "opinion", mark: str = MARK) -> tuple[str, datetime]:
    """A form that was opened, and the moment at which a patient reader sends it."""
    opened = body.now()
    slip = gate.give_slip(SECRET, scope(of.congress, of.id, use), mark, opened, seeded(f"{use}{opened}"))
    return slip, opened + timedelta(seconds=30)


def said(body: Body, of: Project, text: str = "路灯还没有亮。", mark: str = MARK) -> Opinion:
    slip, then = given(body, of, mark=mark)
    form = Said(slip=slip, nonce="", mark=mark, text=text, name="王女士")
    return speaking.speak(body.store, of.congress, of.id, form, SECRET, then)


def shown(body: Body, of: Project) -> list[str]:
    with body.store.read() as tx:
        return [one.text for one in tx.citizens.released(of, 10)]


def test_nobody_reads_it_before_a_person_has_released_it(county: County) -> None:
    of = project(county)
    new = said(county, of)
    assert shown(county, of) == []
    assert speaking.listing(county.store, county.unit, "released") == ()
    speaking.release(county.store, county.staff, new.id, county.now())
    assert shown(county, of) == [new.text]
    assert [one.opinion.id for one in speaking.listing(county.store, county.unit, "released")] == [new.id]


def test_the_agenda_counts_what_must_be_read_and_what_must_be_answered(county: County) -> None:
    def tasks() -> dict[str, int]:
        found = board(county.store, county.government, county.now()).tasks
        return {one.path: one.times for one in found if "opinions-on-projects" in one.path}

    of = project(county)
    first = said(county, of)
    said(county, of, "第二条")
    assert tasks() == {"/opinions-on-projects": 2}
    speaking.release(county.store, county.government, first.id, county.now())
    assert tasks() == {"/opinions-on-projects": 1, "/opinions-on-projects?state=released": 1}
    speaking.reply(county.store, county.government, first.id, "十月底通电。", county.now())
    assert tasks() == {"/opinions-on-projects": 1}


def test_a_released_opinion_is_told_to_the_unit_and_can_be_taken_back(county: County) -> None:
    of = project(county)
    new = said(county, of)
    speaking.release(county.store, county.staff, new.id, county.now())
    speaking.release(county.store, county.staff, new.id, county.now())
    with county.store.read() as tx:
        (notice,) = tx.notices.listing(county.unit)
    assert of.title in notice.text
    speaking.refuse(county.store, county.staff, new.id, "写了别人的电话。", county.now())
    assert shown(county, of) == []
    with pytest.raises(AlreadyJudged):
        speaking.release(county.store, county.staff, new.id, county.now())


def test_the_unit_replies_in_its_name_and_the_office_in_its(county: County) -> None:
    of = project(county)
    new = said(county, of)
    speaking.release(county.store, county.staff, new.id, county.now())
    assert (
        speaking.reply(county.store, county.unit, new.id, "已派人。", county.now()).replied_by
        == county.units[0].name
    )
    changed = speaking.reply(county.store, county.government, new.id, "十月底通电。", county.now())
    assert (changed.reply, changed.replied_by) == ("十月底通电。", "政府办公室")


def test_an_assisting_unit_replaces_nobodys_reply(county: County) -> None:
    of = project(county)
    with county.store.write() as tx:
        tx.projects.set_assisting(of, (county.units[1].id,))
    new = said(county, of)
    speaking.release(county.store, county.staff, new.id, county.now())
    with pytest.raises(NotFound):
        speaking.reply(county.store, county.other_unit, new.id, "不归我们管。", county.now())
    speaking.reply(county.store, county.government, new.id, "下月修好。", county.now())
    with pytest.raises(NotFound):
        speaking.reply(county.store, county.other_unit, new.id, "不归我们管。", county.now())
    with county.store.read() as tx:
        assert tx.citizens.get(county.staff, new.id).reply == "下月修好。"


def test_the_unit_changes_its_own_reply_and_not_the_offices(county: County) -> None:
    def answerable() -> bool:
        (one,) = speaking.listing(county.store, county.unit, "released")
        return one.answerable

    new = said(county, project(county))
    speaking.release(county.store, county.staff, new.id, county.now())
    speaking.reply(county.store, county.unit, new.id, "已派人。", county.now())
    assert answerable()
    assert speaking.reply(county.store, county.unit, new.id, "修好了。", county.now()).reply == "修好了。"
    speaking.reply(county.store, county.government, new.id, "十月底通电。", county.now())
    assert not answerable()
    with pytest.raises(AnsweredByOffice):
        speaking.reply(county.store, county.unit, new.id, "不归我们管。", county.now())
    with county.store.read() as tx:
        found = tx.citizens.get(county.staff, new.id)
    assert (found.reply, found.replied_by) == ("十月底通电。", "政府办公室")


def test_who_may_not_moderate_or_reply_changes_nothing(county: County) -> None:
    of = project(county)
    new = said(county, of)
    for actor in (county.unit, county.deputy, county.presidium, PUBLIC):
        with pytest.raises(Forbidden):
            speaking.release(county.store, actor, new.id, county.now())
    with pytest.raises(NotFound):
        speaking.release(county.store, county.town.staff, new.id, county.now())
    with pytest.raises(NotFound):
        speaking.reply(county.store, county.unit, new.id, "没有公开的看不到。", county.now())
    with pytest.raises(NotReleased):
        speaking.reply(county.store, county.government, new.id, "先审核。", county.now())
    speaking.release(county.store, county.staff, new.id, county.now())
    for actor in (county.staff, county.deputy):
        with pytest.raises(Forbidden):
            speaking.reply(county.store, actor, new.id, "不该由我答复。", county.now())
    with pytest.raises(NotFound):
        speaking.reply(county.store, county.other_unit, new.id, "别的单位的项目。", county.now())
    with county.store.read() as tx:
        assert tx.citizens.lock(county.staff, new.id).reply == ""


def test_in_a_town_one_clerk_does_both_parts(county: County) -> None:
    town = county.town
    of = project(town)
    new = said(town, of)
    speaking.release(town.store, town.staff, new.id, town.now())
    assert speaking.reply(town.store, town.staff, new.id, "已安排。", town.now()).replied_by == "党政办公室"


def test_the_same_form_sent_twice_makes_one_and_changed_words_are_not_lost(county: County) -> None:
    of = project(county)
    slip, then = given(county, of)
    form = Said(slip=slip, nonce="", mark=MARK, text="路灯不亮。")
    first = speaking.speak(county.store, of.congress, of.id, form, SECRET, then)
    assert speaking.speak(county.store, of.congress, of.id, form, SECRET, then) == first
    with pytest.raises(AlreadySent):
        speaking.speak(county.store, of.congress, of.id, replace(form, text="别的话"), SECRET, then)


def test_a_form_counts_for_its_project_and_its_purpose_only(county: County) -> None:
    of, other = project(county), project(county, "学校")
    slip, then = given(county, of)
    scoring, _ = given(county, of, "score")
    for wrong, about in ((slip, other), (scoring, of), ("x", of)):
        form = Said(slip=wrong, nonce="", mark=MARK, text="路灯不亮。")
        with pytest.raises(SlipInvalid):
            speaking.speak(county.store, about.congress, about.id, form, SECRET, then)
    form, soon = Said(slip=slip, nonce="", mark=MARK, text="路灯不亮。"), then - timedelta(seconds=25)
    with pytest.raises(TooFast):
        speaking.speak(county.store, of.congress, of.id, form, SECRET, soon)


def test_a_device_that_sends_too_many_is_stopped_and_another_one_is_not(county: County) -> None:
    of = project(county)
    for n in range(gate.MOST_AN_HOUR):
        said(county, of, f"第{n}条")
    with pytest.raises(TooMany):
        said(county, of, "还有一条")
    assert said(county, of, "别人的", mark="b" * 32).state == "waiting"


def test_what_is_not_public_takes_no_opinion(county: County) -> None:
    chosen, handed = project(county, state="chosen"), project(county, "学校", state="handed")
    with pytest.raises(NotFound):
        said(county, chosen)
    assert said(county, handed).project == handed.id
    with pytest.raises(NotFound):
        said(county, replace(handed, congress=county.town.congress.id))
    with county.store.write() as tx:
        tx.settings.put(county.staff, CitizenSettings(opinions=False), county.now())
    with pytest.raises(OpinionsClosed):
        said(county, handed)


def test_the_log_names_the_deed_and_no_device_of_the_public(county: County) -> None:
    of = project(county)
    allow(county, "grades")
    new = said(county, of)
    gave(county, of, 1)
    speaking.release(county.store, county.staff, new.id, county.now())
    with county.store.read() as tx:
        changes = tx.audit.listing(county.presidium, Wanted(), 10)
    assert [one.what for one in changes][:3] == ["release_opinion", "score_project", "send_opinion"]
    assert MARK not in str(changes)
    assert all(one.role == "public" for one in changes[1:3])


# Scores


def allow(body: Body, scale: Scale) -> None:
    with body.store.write() as tx:
        tx.settings.put(body.staff, CitizenSettings(scores=scale), body.now())


def gave(body: Body, of: Project, level: int, mark: str = MARK, cookie: str | None = None) -> None:
    slip, then = given(body, of, "score", mark)
    form = Scored(slip=slip, nonce="", mark=cookie or mark, level=level)
    score(body.store, of.congress, of.id, form, SECRET, then)


def counts(body: Body, of: Project, scale: Scale = "grades") -> dict[int, int]:
    with body.store.read() as tx:
        return tx.citizens.score_counts(of, scale)


def test_scores_are_off_until_the_office_turns_them_on(county: County) -> None:
    of = project(county)
    with pytest.raises(ScoresClosed):
        gave(county, of, 1)
    allow(county, "grades")
    gave(county, of, 1)
    with pytest.raises(ScoresClosed):
        gave(county, project(county, "学校", state="handed"), 1)
    assert counts(county, of) == {1: 1}


def test_a_device_changes_its_score_and_adds_none(county: County) -> None:
    of = project(county)
    allow(county, "grades")
    gave(county, of, 1)
    gave(county, of, 3)
    gave(county, of, 3)
    gave(county, of, 2, mark="b" * 32)
    assert counts(county, of) == {2: 1, 3: 1}


def test_a_browser_without_a_mark_of_its_own_cannot_score(county: County) -> None:
    of = project(county)
    allow(county, "points")
    for mark, cookie in ((gate.NO_MARK, gate.NO_MARK), (MARK, "b" * 32)):
        with pytest.raises(NoMark):
            gave(county, of, 5, mark, cookie)
    assert counts(county, of, "points") == {}


def test_a_device_that_scores_without_end_is_stopped(county: County) -> None:
    of = project(county)
    allow(county, "points")
    county.now = lambda: OCTOBER
    for n in range(MOST_AN_HOUR):
        gave(county, of, 1 + n % 2)
    with pytest.raises(TooMany):
        gave(county, of, 5)
    assert counts(county, of, "points") == {2: 1}
