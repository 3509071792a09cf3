"""Every write of casting, closing, counting, announcing, of merging and of reporting, ready to be pressed;
those of correcting, withdrawing, handing over and forgetting are in `afterwards`.

press = MOMENTS["close"](Ground(store, folder))     # everything before it has happened
press()                                             # the moment itself; may be pressed again, as people do

A press gives what the person is answered. Pressed again it says the same at a later time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Final

from ballots.credentials import public_credential
from tests.county import new_id
from tests.delivery import project
from tests.faults.afterwards import AFTERWARDS
from tests.faults.ground import Ground, Press
from tests.people import Hall
from tests.reporting import at, content, submit
from voting import announcing, casting, counting, tally_report
from voting.delivering.projects import Project
from voting.merging import merge, unmerge
from voting.photos import Prepared
from voting.reporting import filing, importing, issuing, reminding, setting
from voting.reporting.lights import ReportingSettings
from voting.reporting.periods import read_period
from voting.reporting.warnings import WarningNotice
from voting.rounds import Receipt

PICTURE: Final = Prepared(width=8, height=8, small=b"small", body=b"body")
JULY: Final = at(7, 2)


def voting_hall(ground: Ground) -> Hall:
    """An open round with one ballot in the box."""
    ground.hall.reach("open")
    ground.hall.cast(0, 1)
    return ground.hall


def cast(ground: Ground) -> Press:
    """The very same bytes each time, as a phone sends them."""
    hall = voting_hall(ground)
    raw = hall.ballot(1, 1)
    return lambda: hall.hand_in(raw)


def cast_together(ground: Ground) -> Press:
    """Three ballots that waited at the same time: one commit."""
    return together(voting_hall(ground), (1, 1), (2, 2), (3, 3))


def cast_together_with_a_card_used_twice(ground: Ground) -> Press:
    """The group is undone and put in one by one: several commits, in the order of the cards. The second
    ballot of the last card is the last, and commits nothing."""
    hall = voting_hall(ground)
    last = max((1, 2, 3), key=lambda card: public_credential(hall.uuid(), hall.cards.credentials[card]))
    return together(hall, (1, 1), (2, 2), (3, 3), (last, 1))


def together(hall: Hall, *ballots: tuple[int, int]) -> Press:
    """The very same bytes each time, of (card, candidate); either all are answered or nobody is."""
    posted = [
        casting.Posted(hall.session.code, hall.round.id, hall.ballot(card, mark)) for card, mark in ballots
    ]

    def press() -> object:
        answers = casting.cast_together(hall.store, posted, hall.signer)
        failed = [one for one in answers if not isinstance(one, Receipt | casting.CardAlreadyVoted)]
        if failed:
            assert len(failed) == len(answers), "one of them has a receipt although the commit failed"
            raise failed[0]
        assert sum(isinstance(one, Receipt) for one in answers) == len({card for card, _ in ballots})
        return answers

    return press


def close(ground: Ground) -> Press:
    return voting_hall(ground).close


def declare_valid(ground: Ground) -> Press:
    voting_hall(ground).reach("closed")
    return ground.hall.declare_valid


def declare_void(ground: Ground) -> Press:
    voting_hall(ground).reach("closed")
    return ground.hall.declare_void


def first_decryption(ground: Ground) -> Press:
    voting_hall(ground).reach("reconciled")
    return lambda: ground.hall.decrypt(1)


def last_decryption(ground: Ground) -> Press:
    voting_hall(ground).reach("reconciled")
    ground.hall.decrypt(1)
    return lambda: ground.hall.decrypt(2)


def sign(ground: Ground) -> Press:
    hall = voting_hall(ground)
    hall.reach("counted")
    by = hall.scrutineers[1]
    text = tally_report.report_text(hall.store, by, hall.round.id)
    signature = hall.report_key(2).sign(text).signature.hex()
    return lambda: counting.sign_report(hall.store, by, hall.round.id, signature, hall.now())


def announce(ground: Ground) -> Press:
    hall = voting_hall(ground)
    hall.reach("counted")
    hall.sign(1)
    hall.sign(2)
    return lambda: announcing.announce(hall.store, hall.chair, hall.round.id, hall.now())


def publish(ground: Ground) -> Press:
    voting_hall(ground).reach("announced")
    return ground.hall.publish


def merge_one(ground: Ground, **main: object) -> Press:
    county = ground.county
    source, into = county.suggest("路灯坏了"), county.suggest("没有路灯", **main)
    return lambda: merge(county.store, county.staff, source.id, into.id, county.now())


def merge_a_main_one(ground: Ground) -> Press:
    """Its source goes along."""
    county = ground.county
    one, main, greater = (county.suggest(f"第{n}件") for n in range(3))
    merge(county.store, county.staff, one.id, main.id, county.now())
    return lambda: merge(county.store, county.staff, main.id, greater.id, county.now())


def merge_into_an_answered_one(ground: Ground) -> Press:
    return merge_one(ground, state="answered", answer="下月动工。", answered_at=ground.county.now())


def take_apart(ground: Ground) -> Press:
    county = ground.county
    one, main = county.suggest("路灯坏了"), county.suggest("没有路灯", year=2028)
    merge(county.store, county.staff, one.id, main.id, county.now())
    return lambda: unmerge(county.store, county.staff, one.id, county.now())


def report(ground: Ground, *, submitted: bool, photos: tuple[Prepared, ...] = (), before: int = 0) -> Press:
    """A form filled in once, and sent as often as the person presses."""
    county, made = ground.county, project(ground.county)
    if before:
        submit(county, made, "2027Q1", before, 0, 0, now=at(4, 1))
    form = filing.open_report(county.store, county.government, made.id, "2027Q1", at(4, 2))
    said = content(form.milestones, 30, 0, 0, reason="复核后更正。" if before else "")
    times = (at(4, 2) + timedelta(minutes=minutes) for minutes in count())
    return lambda: filing.save(
        county.store,
        county.unit,
        made.id,
        "2027Q1",
        said,
        next(times),
        version=form.version,
        submit=submitted,
        photos=photos,
    )


def photographed(ground: Ground, *, submitted: bool) -> Project:
    made = project(ground.county)
    submit(ground.county, made, "2027Q1", 10, 0, 0, now=at(4, 2), submit=submitted, photos=[PICTURE])
    return made


def drop_photos(ground: Ground) -> Press:
    county, made = ground.county, photographed(ground, submitted=False)
    return lambda: filing.drop_photos(county.store, county.unit, made.id, "2027Q1", at(4, 3))


def hold_photos(ground: Ground) -> Press:
    county, made = ground.county, photographed(ground, submitted=True)
    return lambda: filing.show_photos(
        county.store, county.government, made.id, "2027Q1", at(4, 3), public=False
    )


def import_reports(ground: Ground) -> Press:
    """政府办's own table of two projects."""
    county = ground.county
    for title in ("农村公路提升改造", "校园食堂改建"):
        project(county, title)
    rows = [
        list(row)
        for row in importing.template_rows(county.store, county.government, read_period("2027Q2"), JULY)
    ]
    for first in (1, 4):
        rows[first][5], rows[first][7] = 40, "按计划施工。"
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    shown = importing.preview(county.store, county.government, "进度.csv", file.getvalue().encode(), JULY)
    return lambda: importing.import_table(county.store, county.government, shown.table, shown.mark, JULY)


def issue(ground: Ground) -> Press:
    county, made, key = ground.county, project(ground.county), new_id("warning")
    return lambda: issuing.issue(county.store, county.government, made.id, key, "red", "停工。", county.now())


def sent(ground: Ground) -> WarningNotice:
    county = ground.county
    key = new_id("warning")
    return issuing.issue(
        county.store, county.government, project(county).id, key, "red", "停工。", county.now()
    )


def proposed(ground: Ground) -> WarningNotice:
    """By the light of a project on which nothing moved."""
    county, made = ground.county, project(ground.county)
    submit(county, made, "2027Q2", 0, 0, 0, now=JULY)
    with county.store.read() as tx:
        (one,) = tx.warnings.of_projects(county.staff, [made])[made.id]
    return one


def confirm(ground: Ground) -> Press:
    county, one = ground.county, proposed(ground)
    return lambda: issuing.confirm(county.store, county.staff, one.id, "red", "请加快。", JULY)


def drop(ground: Ground) -> Press:
    county, one = ground.county, proposed(ground)
    return lambda: issuing.drop(county.store, county.staff, one.id, "已经约谈。", JULY)


def acknowledge(ground: Ground) -> Press:
    county, one = ground.county, sent(ground)
    return lambda: issuing.acknowledge(county.store, county.unit, one.id, "增加班组。", county.now())


def lift(ground: Ground) -> Press:
    county, one = ground.county, sent(ground)
    return lambda: issuing.lift(county.store, county.government, one.id, "已复工。", county.now())


def remind(ground: Ground) -> Press:
    """The installation's own command: several transactions."""
    county = ground.county
    project(county)
    return lambda: reminding.remind(county.store, county.congress.id, JULY)


def change_settings(ground: Ground) -> Press:
    county = ground.county
    new = ReportingSettings(yellow=12, red=25)
    return lambda: setting.change_settings(county.store, county.government, new, county.now())


MOMENTS: Final[dict[str, Callable[[Ground], Press]]] = {
    "cast": cast,
    "cast together": cast_together,
    "cast together, a card twice": cast_together_with_a_card_used_twice,
    "close": close,
    "declare valid": declare_valid,
    "declare void": declare_void,
    "first decryption": first_decryption,
    "last decryption": last_decryption,
    "sign": sign,
    "announce": announce,
    "publish": publish,
    "merge": merge_one,
    "merge a main one": merge_a_main_one,
    "merge into an answered one": merge_into_an_answered_one,
    "take apart": take_apart,
    "save a report": partial(report, submitted=False),
    "hand in a report": partial(report, submitted=True, photos=(PICTURE,)),
    "correct a report": partial(report, submitted=True, before=20),
    "drop a draft's photos": drop_photos,
    "hold photos back": hold_photos,
    "import reports": import_reports,
    "issue a warning": issue,
    "confirm a warning": confirm,
    "drop a warning": drop,
    "acknowledge a warning": acknowledge,
    "lift a warning": lift,
    "remind": remind,
    "change settings": change_settings,
    **AFTERWARDS,
}
SEVERAL: Final = frozenset({"cast together, a card twice", "remind"})
"""Moments of more than one transaction: broken off, they leave whole parts, and go on from there."""
OF_THE_COUNTY: Final = tuple(
    name for name in [*MOMENTS][[*MOMENTS].index("merge") :] if name not in SEVERAL | AFTERWARDS.keys()
)
"""Those of merging and reporting that are one transaction."""
