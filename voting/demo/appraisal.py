"""示例县's committee has rated last year's projects: real ballots, one bad score, and 整改 under way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ballots.credentials import SIZE, base58, generate_uuid
from ballots.election import Election
from ballots.group import Random
from ballots.sealing import seal
from voting import casting, drafting, publishing, sealing
from voting.cards import make_deck, public_file
from voting.days import today
from voting.delivering.projects import Project
from voting.demo import county
from voting.demo.afterwards import press
from voting.demo.delivery import Offices
from voting.demo.promised import EARLIER, EARLIER_TITLES, OPINIONS
from voting.demo.stage import InsecureStage, announce, close_vote, open_vote
from voting.grading import Grading
from voting.open_data import table_csv
from voting.rating.rated import Choice
from voting.rating.rectifying import Entry, hand_in, order
from voting.rating.rounds_over_projects import Wanted, make_round
from voting.rounds import Round
from voting.signing import Signer
from voting.years.importing import import_scores

SESSION: Final = "示例县第十八届人大常委会第三十八次会议"
TITLE: Final = "{}年民生实事项目满意度测评"
RULES: Final = Grading(projects=len(OPINIONS), half="more_than", publish="with_archive")
AGO: Final = timedelta(days=24)
"""The meeting was so long ago; what follows it takes one to three months."""


def rate(
    of: Offices,
    signer: Signer,
    projects: list[Project],
    year: int,
    members: int,
    now: datetime,
    random: Random,
) -> Round:
    """The published round; its worst project is being put right by its unit."""
    then = now - AGO
    session = drafting.create_session(of.store, of.staff, SESSION, members, random, "committee")
    wanted = Wanted(session=session.id, title=TITLE.format(year), rules=RULES)
    keys = [Choice(project=one).key for one in projects]
    made = make_round(of.store, of.staff, wanted, keys, then)
    drafting.adopt(of.store, of.staff, made.id, county.SCRUTINEERS, then)
    uuid = generate_uuid(random)
    present = members - members // 10
    deck = make_deck(present, (uuid,), random)
    sealing.load_cards(of.store, of.staff, made.id, public_file(uuid, deck.public[uuid]), then)
    with of.store.read() as tx:
        congress = tx.sessions.congress(of.staff.congress)
    stage = InsecureStage(
        congress=congress,
        session=session,
        round_id=made.id,
        uuid=uuid,
        cards=deck.credentials,
        names=county.SCRUTINEERS,
        seeds=tuple(base58(SIZE, random) for _ in county.SCRUTINEERS),
    )
    opened = open_vote(of.store, stage, signer, present, then, random)
    _vote(of, stage, opened, signer, random)
    close_vote(of.store, stage, then, random)
    announce(of.store, stage, then)
    said = "县十八届人大常委会第三十八次会议同意公布"
    published = publishing.publish(of.store, of.staff, made.id, "第9号", today(then), said, then)
    _put_right(of, published, projects, now)
    _remember(of, year - 1, then)
    return published


def _vote(of: Offices, stage: InsecureStage, opened: Round, signer: Signer, random: Random) -> None:
    election = Election.parse(opened.election or b"")
    for place, card in enumerate(stage.cards):
        ballot = seal(election, card, marks(place, len(stage.cards)), random)
        casting.cast(of.store, stage.session.code, stage.round_id, ballot, signer)


def marks(place: int, members: int) -> list[list[int]]:
    """What one of so many members marks: 满意, 基本满意, 不满意 or, the last, 弃权."""
    if place == members - 1:
        return [[0, 0, 0, 1] for _ in OPINIONS]
    bits = []
    for project, (satisfied, basic) in enumerate(OPINIONS):
        mood = (place * 7 + project * 3) % members / members
        answer = 0 if mood < satisfied else 1 if mood < basic else 2
        bits.append([int(answer == level) for level in range(4)])
    return bits


def _put_right(of: Offices, rated: Round, projects: list[Project], now: datetime) -> None:
    """The one that was liked least: ordered at once, the unit's plan is there."""
    number = OPINIONS.index(min(OPINIONS)) + 1
    demands = "逐座查看，补齐洗手设施，落实保洁员和经费，两个月内整改到位。"
    matter = order(of.store, of.staff, rated.id, number, 2, demands, now - AGO + timedelta(days=3))
    unit = of.units.index(projects[number - 1].lead_unit or "")
    plan = Entry(
        id=of.id(),
        kind="plan",
        text="75座分三批整改，每座明确一名保洁员，保洁经费列入乡镇预算。",
    )
    hand_in(of.store, of.unit(unit), matter.id, plan, now - timedelta(days=10))
    press(of, matter, of.unit(unit), now)
    progress = Entry(id=of.id(), kind="report", text="第一批26座已经整改完毕，第二批正在施工。")
    hand_in(of.store, of.unit(unit), matter.id, progress, now - timedelta(days=2))


def _remember(of: Offices, year: int, now: datetime) -> None:
    """The office's own table of the year before."""
    head = ("年度", "项目", "满意", "基本满意", "不满意", "弃权", "收回")
    rows = [(year, title, *row, sum(row)) for title, row in zip(EARLIER_TITLES, EARLIER, strict=True)]
    import_scores(of.store, of.staff, "测评结果.csv", table_csv(head, rows), now)
