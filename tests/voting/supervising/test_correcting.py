"""What was entered wrongly is put right with its old words beside it, or withdrawn while nobody saw it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.county import County, new_id
from tests.delivery import project
from tests.refusals import refused, unchanged
from tests.voting.supervising.desk import a_conference, a_group, a_visit, an_order, seen, wanted_order
from voting.actors import PUBLIC, Actor, Forbidden, NotFound
from voting.days import today
from voting.delivering.projects import Project
from voting.store import Store
from voting.supervising import conferring, correcting, ordering, rewording, visiting, withdrawing
from voting.supervising.conferences import Agreed, Conference
from voting.supervising.correcting import Corrected, OrderWords
from voting.supervising.orders import Order
from voting.supervising.overviews import Supervision, open_matters, supervision_of
from voting.supervising.refusals import SupervisionInput, SupervisionStep

WHY = Corrected(reason="日期和桥名写错了", known=0)


@pytest.fixture
def county(sqlite: Store) -> County:
    return County(sqlite)


def shown(county: County, of: Project, *, public: bool = False) -> Supervision:
    with county.store.read() as tx:
        return supervision_of(tx, PUBLIC if public else county.unit, of)


def words(order: Order, **fields: object) -> OrderWords:
    return OrderWords(**{name: getattr(order, name) for name in OrderWords.__struct_fields__} | fields)


def test_a_corrected_visit_keeps_its_old_words_and_the_same_form_twice_is_one(county: County) -> None:
    made = project(county)
    a_group(county, made)
    visit = a_visit(county, made)
    right = seen(county, who="张桂兰、李秀梅", opinion=visit.opinion)
    for _ in range(2):
        correcting.correct_visit(county.store, county.deputy, made.id, visit.id, right, WHY, county.now())
    [one] = shown(county, made).visits
    assert one.visit.who == "张桂兰、李秀梅"
    [kept] = one.corrections
    assert kept.lines == (("视察人员", "张桂兰、王建军", "张桂兰、李秀梅"),)
    assert (kept.reason, kept.by, kept.public) == (WHY.reason, county.deputy.name, False)


def test_the_public_sees_the_correction_of_what_it_was_shown_and_of_nothing_else(county: County) -> None:
    made = project(county)
    visit = a_visit(county, made, county.staff)

    def correct(who: str, known: int) -> None:
        of = Corrected(reason="写错了", known=known)
        entered = seen(county, who=who)
        correcting.correct_visit(county.store, county.staff, made.id, visit.id, entered, of, county.now())

    correct("甲", 0)
    visiting.release(county.store, county.staff, made.id, visit.id, county.now())
    correct("乙", 1)
    [public] = shown(county, made, public=True).visits
    assert [one.lines for one in public.corrections] == [(("视察人员", "甲", "乙"),)]
    visiting.hold_back(county.store, county.staff, made.id, visit.id, county.now())
    correct("丙", 2)
    visiting.release(county.store, county.staff, made.id, visit.id, county.now())
    [public] = shown(county, made, public=True).visits
    assert (public.visit.who, public.corrections) == ("丙", ())
    assert len(shown(county, made).visits[0].corrections) == 3


def test_a_correction_is_refused_to_strangers_without_a_reason_and_over_a_newer_one(county: County) -> None:
    made = project(county)
    a_group(county, made)
    visit, other = a_visit(county, made), a_visit(county, made, county.staff, key=new_id("other"))
    entered = seen(county, who="甲")

    def correct(of: Corrected, visit_id: str = visit.id) -> None:
        correcting.correct_visit(county.store, county.deputy, made.id, visit_id, entered, of, county.now())

    with refused(county.store, Forbidden, "登记的代表本人"):
        correct(WHY, other.id)
    with refused(county.store, Forbidden):
        correcting.correct_visit(county.store, county.unit, made.id, visit.id, entered, WHY, county.now())
    with refused(county.store, SupervisionInput, "更正原因"):
        correct(replace(WHY, reason=" "))
    correct(WHY)
    entered = seen(county, who="乙")
    with refused(county.store, SupervisionStep, "刚刚更正过"):
        correct(WHY)
    visiting.reply(county.store, county.unit, made.id, visit.id, "已订货。", county.now())
    entered = seen(county, opinion="")
    with refused(county.store, SupervisionInput, "不能删去"):
        correct(replace(WHY, known=1))


def test_a_visit_is_withdrawn_until_it_is_public_or_answered_and_counts_no_more(county: County) -> None:
    made = project(county)
    visit, answered, public = (a_visit(county, made, county.staff, key=new_id(name)) for name in "abc")
    visiting.reply(county.store, county.unit, made.id, answered.id, "已订货。", county.now())
    visiting.release(county.store, county.staff, made.id, public.id, county.now())
    for one, told in ((answered, "已经有答复"), (public, "已经公开")):
        with refused(county.store, SupervisionStep, told):
            withdrawing.withdraw_visit(county.store, county.staff, made.id, one.id, "登记错了", county.now())
    withdrawing.withdraw_visit(county.store, county.staff, made.id, visit.id, "别的项目", county.now())
    with unchanged(county.store):
        withdrawing.withdraw_visit(county.store, county.staff, made.id, visit.id, "再按", county.now())
    found = shown(county, made)
    assert {one.visit.id for one in found.visits} == {answered.id, public.id}
    assert [one.visit.id for one in found.withdrawn.visits] == [visit.id]
    assert [one.reason for one in found.withdrawn.visits[0].corrections] == ["别的项目"]
    with refused(county.store, SupervisionStep, "已经撤回"):
        visiting.release(county.store, county.staff, made.id, visit.id, county.now())
    assert a_visit(county, made, county.staff, key=visit.id).id == visit.id  # the first form, sent again


def test_a_corrected_order_tells_the_unit_and_moves_its_clock_only_until_it_answered(county: County) -> None:
    made = project(county)
    order = an_order(county, made)
    right = words(order, day=order.day - timedelta(days=7), matter="北山段护栏没有安装")
    moved = correcting.correct_order(county.store, county.staff, made.id, order.id, right, WHY, county.now())
    assert moved.due < order.due
    with county.store.read() as tx:
        assert any("有更正" in one.text for one in tx.notices.listing(county.unit))
    ordering.answer(county.store, county.unit, made.id, order.id, "已装好。", county.now())
    again = words(moved, day=order.day)
    known = Corrected(reason="日期没有错", known=1)
    kept = correcting.correct_order(county.store, county.staff, made.id, order.id, again, known, county.now())
    assert (kept.day, kept.due) == (order.day, moved.due)


def test_an_order_does_not_take_the_number_of_another(county: County) -> None:
    made = project(county)
    one, other = an_order(county, made), an_order(county, made)
    with refused(county.store, SupervisionInput, "已经用过"):
        wrong = words(one, number=other.number)
        correcting.correct_order(county.store, county.staff, made.id, one.id, wrong, WHY, county.now())
    with refused(county.store, Forbidden):
        right = words(one, matter="别的")
        correcting.correct_order(county.store, county.deputy, made.id, one.id, right, WHY, county.now())


def test_a_withdrawn_order_asks_nothing_any_more_and_gives_its_number_back(county: County) -> None:
    made = project(county)
    for _ in range(2):
        order = an_order(county, made, number="督〔2027〕3号")
        withdrawing.withdraw_order(county.store, county.staff, made.id, order.id, "发错单位", county.now())
    assert {one.order.number for one in shown(county, made).withdrawn.orders} == {
        "督〔2027〕3号（已撤回）",
        "督〔2027〕3号（已撤回2）",
    }
    with county.store.read() as tx:
        assert (tx.orders.waiting(made.congress), open_matters(tx, made)) == ((), ())
        assert any("不用答复" in one.text for one in tx.notices.listing(county.unit))
    with refused(county.store, SupervisionStep, "已撤回"):
        ordering.answer(county.store, county.unit, made.id, order.id, "已装好。", county.now())
    with refused(county.store, SupervisionStep, "已撤回"):
        ordering.release(county.store, county.staff, made.id, order.id, county.now())
    third = an_order(county, made, number="督〔2027〕3号")
    ordering.answer(county.store, county.unit, made.id, third.id, "已装好。", county.now())
    with refused(county.store, SupervisionStep, "待审核"):
        withdrawing.withdraw_order(county.store, county.staff, made.id, third.id, "发错了", county.now())
    assert wanted_order(county, made).number != third.number


def agreed(of: Conference, *tasks: tuple[str, str, date]) -> Agreed:
    return Agreed(
        day=of.day,
        subject=of.subject,
        participants=of.participants,
        agreed="补偿款十月底前到位。",
        commitments=tasks,
    )


def test_a_corrected_conference_keeps_what_is_done_and_loses_none_of_it(county: County) -> None:
    made, day = project(county), today(county.now()) + timedelta(days=30)
    talk = a_conference(county, made, day, day, day)
    conferring.tick_off(county.store, county.staff, made.id, talk.id, 3, county.now())
    gone = (agreed(talk, ("东河镇", "签完协议", day)), (1,))
    with refused(county.store, SupervisionInput, "已经标为已办"):
        correcting.correct_conference(county.store, county.staff, made.id, talk.id, gone, WHY, county.now())
    right = (agreed(talk, ("东河镇", "签完协议", day), ("县财政局", "拨付尾款", day)), (3, 0))
    for _ in range(2):
        correcting.correct_conference(
            county.store, county.government, made.id, talk.id, right, WHY, county.now()
        )
        right = (right[0], (1, 2))
    [one] = shown(county, made).conferences
    assert [(task.what, task.done_on is None) for task in one.commitments] == [
        ("签完协议", False),
        ("拨付尾款", True),
    ]
    [kept] = one.corrections
    assert [line[0] for line in kept.lines] == ["议定意见", "约定事项"]
    withdrawing.withdraw_conference(county.store, county.staff, made.id, talk.id, "重复", county.now())
    found = shown(county, made)
    assert (found.conferences, len(found.withdrawn.conferences)) == ((), 1)
    assert shown(county, made, public=True).withdrawn.conferences == ()
    with refused(county.store, SupervisionStep, "已经撤回"):
        conferring.release(county.store, county.staff, made.id, talk.id, county.now())


def test_a_unit_puts_its_answers_right_and_whoever_waits_for_them_is_told(county: County) -> None:
    made = project(county)
    a_group(county, made)
    order, visit = an_order(county, made), a_visit(county, made)
    store, unit, now = county.store, county.unit, county.now
    ordering.answer(store, unit, made.id, order.id, "已装护栏80处。", now())
    said = visiting.reply(store, unit, made.id, visit.id, "月底装完。", now())
    for _ in range(2):
        rewording.correct_answer(store, unit, made.id, order.id, "已装护栏60处。", WHY, now())
        rewording.correct_reply(store, unit, made.id, said.id, "下月底装完。", WHY, now())
    found = shown(county, made)
    [issued], [seen_] = found.orders, found.visits
    assert (issued.answers[0].text, issued.order.state) == ("已装护栏60处。", "answered")
    assert [one.lines for one in issued.corrections] == [(("第1次答复", "已装护栏80处。", "已装护栏60处。"),)]
    assert seen_.replies[0].reply.text == "下月底装完。"
    assert [one.lines for one in seen_.corrections] == [(("答复", "月底装完。", "下月底装完。"),)]
    with store.read() as tx:
        to_staff, to_deputy = (
            [one.text for one in tx.notices.listing(who)] for who in (county.staff, county.deputy)
        )
    assert [one for one in to_staff if "答复有更正" in one]
    assert [one for one in to_deputy if "答复有更正" in one]


def test_the_public_sees_the_old_answer_only_if_it_had_been_public(county: County) -> None:
    made = project(county)
    visit = a_visit(county, made, county.staff)
    store, unit, staff, now = county.store, county.unit, county.staff, county.now
    first = visiting.reply(store, unit, made.id, visit.id, "月底装完。", now())
    visiting.release(store, staff, made.id, visit.id, now())
    later = visiting.reply(store, unit, made.id, visit.id, "已经装了一半。", now())
    for known, (one, text) in enumerate(((first, "下月底装完。"), (later, "装了三分之一。"))):
        of = Corrected(reason="写错了", known=known)
        rewording.correct_reply(store, unit, made.id, one.id, text, of, now())
    [public] = shown(county, made, public=True).visits
    assert [one.lines for one in public.corrections] == [(("答复", "月底装完。", "下月底装完。"),)]


def test_nobody_rewords_what_another_answered_or_nobody_did(county: County) -> None:
    made = project(county)
    with county.store.write() as tx:
        tx.projects.set_assisting(made, [county.units[1].id])
    order, visit = an_order(county, made), a_visit(county, made, county.staff)
    store, now = county.store, county.now

    def reword(actor: Actor, reply_id: str, of: Corrected = WHY, text: str = "好。") -> None:
        rewording.correct_reply(store, actor, made.id, reply_id, text, of, now())

    with refused(store, SupervisionStep, "现在的状态"):
        rewording.correct_answer(store, county.unit, made.id, order.id, "好。", WHY, now())
    said = visiting.reply(store, county.unit, made.id, visit.id, "月底装完。", now())
    with refused(store, Forbidden, "作出它的单位"):
        reword(county.other_unit, said.id)
    with refused(store, Forbidden, "作出它的单位"):
        reword(county.government, said.id)
    with refused(store, Forbidden):
        reword(county.staff, said.id)
    with refused(store, NotFound):
        reword(county.unit, new_id("none"))
    with refused(store, SupervisionInput, "更正原因"):
        reword(county.unit, said.id, Corrected(reason=" ", known=0))
    with refused(store, SupervisionInput, "没有填写“答复”"):
        reword(county.unit, said.id, text=" ")
    with refused(store, SupervisionStep, "对照后再更正"):
        reword(county.unit, said.id, Corrected(reason="错了", known=3))


def test_one_wrong_photo_of_a_visit_is_taken_down_and_everybody_reads_why(county: County) -> None:
    made = project(county)
    visit = a_visit(county, made, county.staff)
    [photo] = shown(county, made).visits[0].pictures

    def take_down(actor: Actor, picture: str, why: str = "拍的是另一处") -> None:
        withdrawing.take_down_visit_photo(county.store, actor, made.id, visit.id, picture, why, county.now())

    visiting.release(county.store, county.staff, made.id, visit.id, county.now())
    with unchanged(county.store):
        with pytest.raises(SupervisionInput, match="没有填写“撤下的原因”"):
            take_down(county.staff, photo.id, " ")
        with pytest.raises(SupervisionInput, match="请选择要撤下的照片"):
            take_down(county.staff, new_id("elsewhere"))
        for other in (county.unit, county.deputy):
            with pytest.raises(Forbidden):
                take_down(other, photo.id)
    for _ in range(2):
        take_down(county.staff, photo.id)
    for public in (False, True):
        [one] = shown(county, made, public=public).visits
        assert one.pictures == ()
        assert [down.reason for down in one.taken_down] == ["拍的是另一处"]
