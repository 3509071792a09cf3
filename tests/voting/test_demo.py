"""The fictional county and its simulated deputies: real ballots and a clear result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
import pytest

from ballots.ballot import check
from ballots.election import Election
from ballots.sealing import seal
from tests.audited import verified
from tests.people import SELECT, STANCES, candidates, seeded
from voting import casting, publishing
from voting.actors import PUBLIC, Actor
from voting.counts import SelectCounts
from voting.days import today
from voting.delivering.projects import Project
from voting.demo import county
from voting.demo.autumn import gather
from voting.demo.earlier import look_back
from voting.demo.simulation import Crowd, plain_sum
from voting.demo.stage import InsecureStage, announce, build, close_vote, open_vote
from voting.outcome import decide
from voting.rating.overviews import scores_of_year
from voting.rating.rectifications import Rectification
from voting.reporting.overviews import lights_of, progress_of
from voting.rules import Rules, check_rules
from voting.screening.drafts import next_year
from voting.signing import Signer
from voting.store import Store
from voting.supervising.overviews import changes_of, supervision_of

NOW: Final = datetime(2026, 1, 25, 1, 0, tzinfo=UTC)
APPROVAL: Final = Rules(ballot="for_against", candidates=3, places=3, publish="list")


# Deputies


@pytest.mark.parametrize("rules", [county.RULES, APPROVAL])
def test_the_same_seed_gives_the_same_opinions_and_another_gives_others(rules: Rules) -> None:
    one, same, other = (Crowd.of_any_mind(seed, rules.candidates) for seed in (7, 7, 8))
    first, second, third = ([crowd.choose(rules) for _ in range(50)] for crowd in (one, same, other))
    assert first == second
    assert first != third


def test_nobody_chooses_more_than_places_and_who_abstains_chooses_nobody() -> None:
    crowd = Crowd(1, [0.9] * county.RULES.candidates)
    ballots = [question for _ in range(500) for question in crowd.choose(county.RULES)]
    assert all(len(bits) == 1 + county.RULES.candidates for bits in ballots)
    assert {sum(bits[1:]) for bits in ballots if bits[0]} == {0}
    assert {sum(bits[1:]) for bits in ballots if not bits[0]} <= set(range(1, county.RULES.places + 1))


def test_everybody_takes_one_stance_on_each_candidate() -> None:
    crowd = Crowd.of_any_mind(1, 3)
    stances = [question for _ in range(200) for question in crowd.choose(APPROVAL)]
    assert len(stances) == 600
    assert {tuple(bits) for bits in stances} == {(1, 0, 0), (0, 1, 0), (0, 0, 1)}


def test_who_is_liked_gets_more_votes() -> None:
    crowd = Crowd(1, [0.9, 0.1, 0.5])
    rules = Rules(ballot="select_k", candidates=3, places=2, publish="list")
    ((_, loved, unloved, middling),) = plain_sum([crowd.choose(rules) for _ in range(400)])
    assert loved > middling > unloved


def test_the_plain_sum_adds_column_by_column() -> None:
    ballots = [[[1, 0, 0], [0, 1]], [[0, 1, 1], [1, 0]], [[0, 1, 0], [1, 0]]]
    assert plain_sum(ballots) == [[1, 2, 1], [2, 1]]


# The county


def test_the_county_can_be_voted_on() -> None:
    check_rules(county.RULES)
    assert len(county.CANDIDATES) == len(county.LEANINGS) == county.RULES.candidates
    assert [one.number for one in county.CANDIDATES] == list(range(1, county.RULES.candidates + 1))
    assert all(
        one.content and one.place and one.cost and one.unit and one.deadline for one in county.CANDIDATES
    )
    full = county.FULL
    assert full.all_deputies >= full.present > full.idle > 0


def test_the_county_reaches_a_clear_result_whatever_the_newcomer_votes() -> None:
    """Neither tied nor short nor unanimous, with room for the three cards that are left."""
    crowd = Crowd(county.FULL.present, county.LEANINGS)
    voting = county.FULL.present - county.FULL.idle - 3
    ((blank, *votes),) = plain_sum([crowd.choose(county.RULES) for _ in range(voting)])
    for own in ([0] * 7, [3, 0, 3, 0, 3, 3, 3], [0, 3, 0, 3, 0, 0, 0]):
        counts = SelectCounts(
            all_deputies=county.FULL.all_deputies,
            present=county.FULL.present,
            issued=county.FULL.present,
            returned=voting + 3,
            votes=tuple(a + b for a, b in zip(votes, own, strict=True)),
            blank=blank,
        )
        outcome = decide(county.RULES, counts)
        assert outcome.status == "complete"
        assert len(outcome.chosen) == county.RULES.places
    assert max(votes) < voting


# The stage


def staged(store: Store, rules: Rules, deputies: int, name: str = "stage") -> InsecureStage:
    return build(store, rules, candidates(rules.candidates), deputies, deputies, NOW, seeded(name))


@pytest.mark.parametrize("rules", [SELECT, STANCES])
def test_a_staged_round_is_counted_as_its_ballots_add_up(store: Store, tmp_path: Path, rules: Rules) -> None:
    signer, chance = Signer.create(tmp_path / "signing.key", seeded("key")), seeded("ballots")
    stage = staged(store, rules, 5)
    opened = open_vote(store, stage, signer, 5, NOW, chance)
    election, crowd = Election.parse(opened.election or b""), Crowd.of_any_mind(1, rules.candidates)
    choices = [crowd.choose(rules) for _ in stage.cards]
    for card, bits in zip(stage.cards, choices, strict=True):
        ballot = seal(election, card, bits, chance)
        check(election, ballot)
        casting.cast(store, stage.session.code, stage.round_id, ballot, signer)
    close_vote(store, stage, NOW, chance)
    announce(store, stage, NOW)
    found = verified(publishing.archive(store, stage.staff, stage.round_id))
    assert [list(row) for row in found.result] == plain_sum(choices)


def test_a_stage_can_be_kept_in_a_file_and_taken_up_again(store: Store, tmp_path: Path) -> None:
    stage = staged(store, SELECT, 3)
    kept = msgspec.json.decode(msgspec.json.encode(stage), type=InsecureStage)
    assert kept == stage
    signer = Signer.create(tmp_path / "signing.key", seeded("key"))
    assert open_vote(store, kept, signer, 3, NOW, seeded("ballots")).state == "open"


def test_no_two_stages_share_a_secret(store: Store) -> None:
    one, other = staged(store, SELECT, 3, "one"), staged(store, SELECT, 3, "other")
    assert not set(one.cards + one.seeds) & set(other.cards + other.seeds)
    assert len(set(one.cards + one.seeds)) == 3 + len(county.SCRUTINEERS)


# The years before


@pytest.fixture
def county_store(sqlite_url: str) -> Iterator[Store]:
    """On one database: the moments themselves are tried on both elsewhere."""
    with Store.open(sqlite_url) as store:
        yield store


def what_followed(
    store: Store, staff: Actor, late: Project, matters: Sequence[Rectification], now: datetime
) -> dict[str, object]:
    """更正, a photo that was taken down, 约见, 专题询问, a draft that is still to be filled in."""
    with store.read() as tx:
        report, *_ = progress_of(tx, PUBLIC, late, today(now)).reports
        (visit,) = supervision_of(tx, PUBLIC, late).visits
        rungs = [(one.place, one.talk is not None) for one in tx.rectifications.rungs(matters)]
        inquiries = tx.inquiries.of_matters(PUBLIC, matters)[matters[0].id]
        sketches = tx.sketches.of_year(staff, next_year(now))
    return {
        "corrected": [one.lines[0][0] for one in visit.corrections],
        "report": (len(report.corrections), len(report.taken_down), len(report.pictures)),
        "ladder": rungs,
        "in public": (len(inquiries), len(sketches)),
    }


def test_the_county_looks_back_on_a_whole_year(county_store: Store, tmp_path: Path) -> None:
    """One late project with its warning, one decided change, one bad score that is being put right."""
    store, now, chance = county_store, datetime(2027, 2, 20, 3, 0, tzinfo=UTC), seeded("years")
    stage = staged(store, SELECT, 3)
    gather(store, stage.staff, now, chance)
    signer = Signer.create(tmp_path / "signing.key", seeded("key"))
    past = look_back(store, signer, stage.staff, 5, now, chance)
    staff, year = stage.staff, next_year(now) - 1
    with store.read() as tx:
        projects = tx.projects.of_year(staff, staff.congress, year)
        lights = [one.color for one in lights_of(tx, staff, projects, today(now)).values()]
        supervision = supervision_of(tx, PUBLIC, projects[0])
        pictures = tx.project_files.pictures(PUBLIC, projects[0])
        changes = [one.change.state for of in projects for one in changes_of(tx, PUBLIC, of)]
        warned = tx.warnings.unended(staff)
        scores = scores_of_year(tx, PUBLIC, staff.congress, year - 1)
        last = tx.projects.of_year(staff, staff.congress, year - 1)
        matters = tx.rectifications.of_projects(staff, last)
        papers = tx.public_papers.listing(PUBLIC, staff.congress, 10)
        before = tx.earlier.of_year(staff, staff.congress, year - 2)
        drafts = {one.state for one in tx.drafts.of_year(staff, year + 1)}
    assert lights[0] == "red"
    assert "red" not in lights[1:]
    assert (len(supervision.visits), len(supervision.orders)) == (1, 1)
    assert what_followed(store, staff, projects[0], matters, now) == {
        "corrected": ["视察人员", "答复"],
        "report": (1, 1, 1),
        "ladder": [(1, False), (2, False), (3, True), (4, False)],
        "in public": (1, 1),
    }
    assert pictures
    assert changes == ["approved"]
    assert [(one.project, one.state) for one in warned if one.issued_at] == [(projects[0].id, "issued")]
    assert [one.level for (one,) in scores.values()].count("不满意") == 1
    assert len(scores) == len(last)
    assert [(one.level, one.state) for one in matters] == [("不满意", "working")]
    assert matters[0].due >= today(now)
    assert {one.state for one in last} == {"accepted"}
    assert (len(papers), len(before)) == (1, 3)
    assert drafts == {"submitted", "taken"}
    verified(publishing.archive(store, PUBLIC, past.rated))
