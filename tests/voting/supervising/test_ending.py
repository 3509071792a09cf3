"""What stands between a project and its end, and what its end takes along."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.county import County, new_id
from tests.delivery import project
from tests.refusals import refused
from tests.reporting import at, submit
from tests.voting.supervising.desk import PICTURE, an_order, asked, decided, now_in_store
from voting.days import today
from voting.delivering.projects import yuan
from voting.reporting import issuing
from voting.store import Store
from voting.supervising import changing, completing, ordering
from voting.supervising.changes import Terms
from voting.supervising.completions import Reported
from voting.supervising.refusals import SupervisionInput, SupervisionStep


@pytest.fixture
def county(sqlite: Store) -> County:
    return County(sqlite)


def test_nothing_is_finished_before_it_was_reported_to_be_all_done(county: County) -> None:
    made = project(county)
    key, proof = new_id("done"), completing.Proof(photos=[PICTURE])
    reported = Reported(finished_on=today(county.now()), text="全部通车。")

    def finish() -> None:
        completing.finish(county.store, county.government, made.id, key, reported, proof, county.now())

    with refused(county.store, SupervisionStep, "还没有报告过进度"):
        finish()
    submit(county, made, "2027Q1", 100, 40, 0, now=at(4, 2))
    with refused(county.store, SupervisionStep, "最近一次报告的进度是40%.*请先报告全部节点完成"):
        finish()
    submit(county, made, "2027Q2", 100, 100, 100, now=at(7, 2))
    finish()
    assert now_in_store(county, made).state == "finished"


def test_the_money_is_not_cut_below_what_is_spent(county: County) -> None:
    made = project(county)
    cut = Terms(planned=made.planned - yuan(Decimal(120)), funds="县财政")
    submit(county, made, "2027Q1", 100, 0, 0, wan="200", now=at(4, 2))
    change = asked(county, made, "money", after=cut)
    submit(county, made, "2027Q2", 100, 0, 0, wan="200.5", now=at(7, 2))
    with refused(county.store, SupervisionInput, "累计支出200.5万元"):
        decided(county, made, change)
    changing.withdraw(county.store, county.government, made.id, change.id, county.now())
    with refused(county.store, SupervisionInput, "少于已经报告的累计支出"):
        asked(county, made, "money", after=cut)


def test_a_cancelled_project_leaves_no_order_and_no_warning_waiting(county: County) -> None:
    made = project(county)
    order, judged = an_order(county, made), an_order(county, made)
    ordering.answer(county.store, county.unit, made.id, judged.id, "已装好。", county.now())
    ordering.judge(county.store, county.staff, made.id, judged.id, 1, "accepted", "", county.now())
    issuing.issue(county.store, county.staff, made.id, new_id("warning"), "red", "停工。", county.now())
    change = decided(county, made, asked(county, made, "cancellation"))
    with county.store.read() as tx:
        here = made.congress
        assert (tx.orders.waiting(here), tx.orders.to_judge(here)) == ((), ())
        states = {one.id: one.state for one in tx.orders.of(county.staff, made)}
        [warning] = tx.warnings.of_projects(county.staff, [made])[made.id]
    assert states == {order.id: "ended", judged.id: "accepted"}
    assert (warning.state, change.number in warning.reason) == ("lifted", True)
