"""Contract of what keeps 更正, 撤回 and the links of 专题询问, on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tests.contracts.cases import case
from tests.contracts.test_inquiries import prepared
from tests.county import County, new_id
from tests.delivery import project
from tests.rated import UNSATISFIED, held, ordered
from tests.voting.supervising.desk import a_conference, a_visit
from voting.actors import PUBLIC
from voting.supervising.corrections import Correction


@case("corrections.add", "corrections.of", "corrections.hide", "visits.change", "conferences.set_commitments")
def test_corrections_are_kept_in_order_and_the_public_gets_what_it_was_shown(county: County) -> None:
    made, other = project(county), project(county, "大桥")
    visit, talk = a_visit(county, made, county.staff), a_conference(county, made, date(2026, 9, 30))
    lines = (("视察人员", "甲", "乙"), ("意见建议", "", "装护栏"))
    first = Correction(
        id=new_id("first"),
        congress=made.congress,
        project=made.id,
        of=visit.id,
        kind="correction",
        lines=lines,
        reason="写错了",
        public=True,
        by="吴芳",
        at=county.now(),
    )
    second = replace(first, id=new_id("second"), of=talk.id, public=False, lines=(), at=county.now())
    with county.store.write() as tx:
        tx.corrections.add(second)
        tx.corrections.add(first)
        assert tx.corrections.of(county.unit, made) == (first, second)
        assert tx.corrections.of(PUBLIC, made) == (first,)
        assert tx.corrections.of(county.unit, other) == ()
        tx.corrections.hide(made, visit.id)
        assert tx.corrections.of(PUBLIC, made) == ()
        changed = tx.visits.change(visit, who="乙", withdrawn_at=first.at)
        assert tx.visits.get(made, visit.id) == changed == replace(visit, who="乙", withdrawn_at=first.at)
        kept = [replace(one, place=2) for one in tx.conferences.commitments([talk])]
        tx.conferences.set_commitments(talk, kept)
        assert tx.conferences.commitments([talk]) == tuple(kept)
        tx.conferences.set_commitments(talk, [])
        assert tx.conferences.commitments([talk]) == ()


@case("inquiries.add_matters", "inquiries.matters", "inquiries.of_matters")
def test_an_inquiry_and_the_matters_it_takes_up_know_each_other(county: County, tmp_path: Path) -> None:
    lamp, road = project(county, "装路灯"), project(county, "修路")
    sitting = held(county, tmp_path, [lamp, road], [(UNSATISFIED, UNSATISFIED)] * 6)
    one, other = ordered(county, sitting), ordered(county, sitting, 2)
    of = prepared(county, matters=(one.id,), units=(county.units[1].id,))
    with county.store.read() as tx:
        assert tx.inquiries.matters(of) == (one.id,)
        assert tx.inquiries.projects(of) == (lamp.id,)
        assert tx.inquiries.of_matters(county.staff, [one, other]) == {one.id: (of,), other.id: ()}
        for actor in (PUBLIC, county.unit):  # neither released, nor asked
            assert tx.inquiries.of_matters(actor, [one])[one.id] == ()
        assert tx.inquiries.of_matters(county.staff, []) == {}
