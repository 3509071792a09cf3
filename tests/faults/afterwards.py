"""Writes around the votes and reports: what is put right, withdrawn, handed over, taken down, forgotten when
its time has come; two tellers' counts; a 约见. Each is a moment as in `moments`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from msgspec.structs import replace

from tests.county import County, new_id
from tests.dealt import Dealt
from tests.delivery import project
from tests.faults.ground import Ground, Press
from tests.on_paper import DeckHall, PaperHall, sheet
from tests.people import SELECT, Hall
from tests.rated import PAPER, held, ordered
from tests.reporting import at, submit
from tests.voting.supervising.desk import PICTURE, a_conference, a_visit, an_order, seen
from voting.actors import system
from voting.days import today
from voting.delivering import handing_over
from voting.delivering.letters import Letter
from voting.delivering.projects import Handover, Project
from voting.handing_out import decks
from voting.keeping.erasing import erase_due, erase_proposer
from voting.paper_ballots import exchanging
from voting.rating.climbing import Climb, climb
from voting.rating.ladder import SUMMONS, Talk
from voting.reporting import filing
from voting.reporting.periods import read_period
from voting.supervising import correcting, ordering, rewording, visiting, withdrawing
from voting.supervising.conferences import Agreed
from voting.supervising.correcting import Corrected, OrderWords

WHY: Final = Corrected(reason="写错了", known=0)
NEW_YEAR: Final = at(2, 1)
YEARS: Final = timedelta(days=4000)


class Supervised(NamedTuple):
    county: County
    project: Project

    def now(self) -> datetime:
        return self.county.now()


def supervised(ground: Ground) -> Supervised:
    return Supervised(ground.county, project(ground.county))


# Put right


def correct_visit(ground: Ground) -> Press:
    county, of = supervised(ground)
    visit, right = a_visit(county, of, county.staff), seen(county, who="李秀梅")
    return lambda: correcting.correct_visit(
        county.store, county.staff, of.id, visit.id, right, WHY, county.now()
    )


def correct_order(ground: Ground) -> Press:
    county, of = supervised(ground)
    order = an_order(county, of)
    kept = {name: getattr(order, name) for name in OrderWords.__struct_fields__}
    right = replace(OrderWords(**kept), demand="两个月内装好。")
    return lambda: correcting.correct_order(
        county.store, county.staff, of.id, order.id, right, WHY, county.now()
    )


def correct_conference(ground: Ground) -> Press:
    county, of = supervised(ground)
    talk = a_conference(county, of, today(county.now()))
    right = Agreed(
        day=talk.day,
        subject=talk.subject,
        participants=talk.participants,
        agreed="补偿款十月底前到位。",
        commitments=(("东河镇", "签完全部协议", talk.day),),
    )
    return lambda: correcting.correct_conference(
        county.store, county.staff, of.id, talk.id, (right, [1]), WHY, county.now()
    )


def correct_answer(ground: Ground) -> Press:
    county, of = supervised(ground)
    order = an_order(county, of)
    ordering.answer(county.store, county.unit, of.id, order.id, "已装护栏80处。", county.now())
    return lambda: rewording.correct_answer(
        county.store, county.unit, of.id, order.id, "已装护栏60处。", WHY, county.now()
    )


def correct_reply(ground: Ground) -> Press:
    county, of = supervised(ground)
    visit = a_visit(county, of, county.staff)
    said = visiting.reply(county.store, county.unit, of.id, visit.id, "月底装完。", county.now())
    return lambda: rewording.correct_reply(
        county.store, county.unit, of.id, said.id, "下月底装完。", WHY, county.now()
    )


# Withdrawn, taken down, taken back


def withdraw_visit(ground: Ground) -> Press:
    county, of = supervised(ground)
    visit = a_visit(county, of, county.staff)
    return lambda: withdrawing.withdraw_visit(
        county.store, county.staff, of.id, visit.id, "登记错了", county.now()
    )


def withdraw_conference(ground: Ground) -> Press:
    county, of = supervised(ground)
    talk = a_conference(county, of)
    return lambda: withdrawing.withdraw_conference(
        county.store, county.staff, of.id, talk.id, "登记错了", county.now()
    )


def withdraw_order(ground: Ground) -> Press:
    county, of = supervised(ground)
    order = an_order(county, of)
    return lambda: withdrawing.withdraw_order(
        county.store, county.staff, of.id, order.id, "发错了", county.now()
    )


def take_down_photo(ground: Ground) -> Press:
    county, of = supervised(ground)
    submit(county, of, "2027Q1", 10, 0, 0, now=at(4, 2), photos=[PICTURE])
    with county.store.read() as tx:
        shown = filing.opened(tx, of, read_period("2027Q1"), at(4, 3))
    return lambda: filing.take_down_photo(
        county.store, county.unit, of.id, "2027Q1", shown.pictures[0].id, "传错了", at(4, 3)
    )


def take_down_visit_photo(ground: Ground) -> Press:
    county, of = supervised(ground)
    visit = a_visit(county, of, county.staff)
    with county.store.read() as tx:
        shown = [one for one in tx.project_files.pictures(county.staff, of) if one.of == visit.id]
    return lambda: withdrawing.take_down_visit_photo(
        county.store, county.staff, of.id, visit.id, shown[0].id, "传错了", county.now()
    )


LETTER: Final = Letter(
    number="示例人大办函〔2027〕3号",
    day=NEW_YEAR.date(),
    sender="示例县人大常委会办公室",
    recipient="示例县人民政府",
    text="现将项目交你们办理。",
)


def hand_over(ground: Ground) -> Press:
    """Two projects in one letter."""
    county, key = ground.county, new_id("letter")
    for title in ("农村公路提升改造", "校园食堂改建"):
        project(county, title, state="chosen")
    return lambda: handing_over.hand_over(county.store, county.staff, key, 2027, LETTER, NEW_YEAR)


def handed(ground: Ground) -> Handover:
    county = ground.county
    project(county, state="chosen")
    return handing_over.hand_over(county.store, county.staff, new_id("letter"), 2027, LETTER, NEW_YEAR)


def change_letter(ground: Ground) -> Press:
    county, sent = ground.county, handed(ground)
    other = replace(LETTER, text="现将项目交你们办理，请抓紧。")
    return lambda: handing_over.change_letter(county.store, county.staff, sent.id, other, NEW_YEAR)


def take_back_letter(ground: Ground) -> Press:
    county, sent = ground.county, handed(ground)
    return lambda: handing_over.take_back(county.store, county.staff, sent.id, NEW_YEAR)


def summon(ground: Ground) -> Press:
    """约见, with a paper, and the two steps below it left out."""
    county = ground.county
    sitting = held(county, ground.folder, [project(county)], [(3,)] * 6)
    matter, key = ordered(county, sitting), new_id("rung")
    talk = Talk(summoned="县交通运输局局长", hosts="副主任吴芳", place="常委会会议室", said="三个月内完成。")
    step = Climb(
        place=SUMMONS,
        day=today(county.now()),
        body="主任会议",
        text="约见负责人。",
        skipped="情况紧急",
        talk=talk,
    )
    return lambda: climb(county.store, county.staff, matter.id, key, step, PAPER, county.now())


# Paper


def on_paper(ground: Ground) -> PaperHall:
    """Twelve papers beside the cards, closed and not yet counted."""
    ground.hall = hall = PaperHall(ground.store, ground.folder, papers=12, remembers=True)
    hall.reach("open")
    hall.cast(0, 1)
    hall.close()
    hall.entry = sheet(12, 1, [[2, 9, 5, 3]])
    return hall


def enter_counts(ground: Ground) -> Press:
    """The second teller finds the same as the first: they agree."""
    hall = on_paper(ground)
    hall.enter(1, hall.entry)
    return lambda: hall.enter(2, hall.entry)


def sign_paper(ground: Ground) -> Press:
    hall = on_paper(ground)
    hall.both(hall.entry)
    return lambda: hall.sign_paper(1)


def exchange_for_paper(ground: Ground) -> Press:
    hall = a_deck_hall(ground, missing=3)
    return lambda: hall.exchange(1)


def open_a_reserve_card(ground: Ground) -> Press:
    """For one of few papers, before a scrutineer."""
    hall = a_deck_hall(ground, missing=2)
    store, teller, of, card = hall.store, hall.tellers[0], hall.round.id, hall.reserve(0)
    return lambda: exchanging.cast_paper(store, teller, of, card, 1, hall.now())


def a_deck_hall(ground: Ground, missing: int) -> DeckHall:
    """Two papers; of those in the end so many do not come back."""
    ground.hall = hall = DeckHall(ground.store, ground.folder)
    hall.missing = missing
    hall.reach("open")
    return hall


# Forgotten


def erase_serials(ground: Ground) -> Press:
    hall = ground.hall
    people = Dealt(hall, cards=hall.deputies)
    people.opened()
    people.cast(hall.round, 0, 1)
    hall.close()
    return lambda: decks.erase_serials(hall.store, hall.staff, hall.session.id, hall.now())


def erase_box(ground: Ground) -> Press:
    """Of a round whose record nobody may have: it cannot be recounted afterwards."""
    hall = Hall(ground.store, ground.folder, rules=replace(SELECT, publish="list"), remembers=True)
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("published")
    return lambda: erase_due(hall.store, system(hall.congress.id), hall.now() + YEARS)


def erase_people(ground: Ground) -> Press:
    """By themselves, years later: names and telephones of two, in one transaction."""
    county = ground.county
    for title in ("路灯坏了", "没有路灯"):
        county.suggest(title, state="closed", closed_at=county.now(), proposer="赵大娘", phone="13900000000")
    return lambda: erase_due(county.store, system(county.congress.id), county.now() + YEARS)


def erase_one_person(ground: Ground) -> Press:
    county = ground.county
    said = county.suggest(state="closed", closed_at=county.now(), proposer="赵大娘", phone="13900000000")
    return lambda: erase_proposer(county.store, county.staff, said.id, county.now(), words=True)


AFTERWARDS: Final[dict[str, Callable[[Ground], Press]]] = {
    one.__name__.replace("_", " "): one
    for one in (
        *(correct_visit, correct_order, correct_conference, correct_answer, correct_reply),
        *(withdraw_visit, withdraw_conference, withdraw_order, take_down_photo, take_down_visit_photo),
        *(hand_over, change_letter, take_back_letter, summon),
        *(enter_counts, sign_paper, exchange_for_paper, open_a_reserve_card),
        *(erase_serials, erase_box, erase_people, erase_one_person),
    )
}
