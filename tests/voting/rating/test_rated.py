"""What may stand on a ballot of 满意度测评, in which words it is refused, and who sees its figures when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from voting.actors import Role
from voting.cycle import State
from voting.delivering.projects import Part, Project, ProjectState
from voting.rating.comparison import signed
from voting.rating.rated import Choice, Rated, bound, check_choices, choices
from voting.rating.refusals import RatingError
from voting.rating.scores import has_result, shows_scores
from voting.rounds import Candidate, Round
from voting.rules import Rules
from voting.text import LINE_LENGTH

NOW = datetime(2027, 1, 25, tzinfo=UTC)


def project(key: str, **facts: Any) -> Project:
    usual = {"congress": "c", "year": 2027, "number": 1, "state": "planned", "title": f"修{key}"}
    rest = {"content": "", "place": "", "planned": 100, "made_at": NOW, "lead_unit": "住建局"}
    return Project(id=key, **{**usual, **rest, **facts})


def part(of: str, place: int, title: str = "一期") -> Part:
    return Part(congress="c", project=of, place=place, title=title, unit=f"第{place}局")


def held(state: State, *titles: str) -> Round:
    candidates = tuple(Candidate(number=n, title=title) for n, title in enumerate(titles, start=1))
    rules = Rules(ballot="select_k", candidates=2, places=1, publish="list")
    facts: dict[str, Any] = {"rules": rules, "candidates": candidates}
    return Round(id="r", congress="c", session="s", title="测评", state=state, drafted_at=NOW, **facts)


def refusal(*chosen: Choice) -> str:
    with pytest.raises(RatingError) as refused:
        check_choices(chosen)
    return refused.value.sentence


def test_the_whole_project_is_offered_before_its_parts_and_only_while_it_can_be_rated() -> None:
    states = get_args(ProjectState)
    some = [project(state, state=state) for state in states]
    offered = choices(some, {"planned": [part("planned", 1), part("planned", 2)]})
    keys = [one.key for one in offered]
    assert keys[keys.index("planned") :][:3] == ["planned", "planned.1", "planned.2"]
    assert {key for key in keys if "." not in key} == {"planned", "finished", "accepted"}


def test_a_part_is_named_with_its_project_and_answered_for_by_its_own_unit() -> None:
    whole, one = Choice(project=project("路")), Choice(project=project("路"), part=part("路", 2))
    assert (whole.key, whole.title, whole.unit) == ("路", "修路", "住建局")
    assert (one.key, one.title, one.unit) == ("路.2", "修路：一期", "第2局")
    long = Choice(project=project("路"), part=part("路", 2, "长" * LINE_LENGTH))
    assert long.title == ("修路：" + "长" * LINE_LENGTH)[:LINE_LENGTH]


def test_what_cannot_stand_on_one_ballot_is_refused_in_words_exactly() -> None:
    road, bridge = Choice(project=project("路")), Choice(project=project("桥"))
    first = Choice(project=road.project, part=part("路", 1))
    old = Choice(project=project("井", year=2025))
    check_choices([road, bridge])
    check_choices([first, bridge])
    assert refusal() == "没有选择测评项目。请至少选择一件。"
    years = "一次测评只能测评同一年度的项目，现在选了2025年和2027年的。请分开测评。"
    assert refusal(road, old) == years
    both = "“修路”既选了整个项目，又选了子项。请选整个项目，或者只选子项。"
    assert refusal(bridge, first, road) == both
    assert refusal(road, bridge, road) == "同一个测评项目选了两次。请每项只选一次。"
    assert refusal(first, first) == "同一个测评项目选了两次。请每项只选一次。"


def test_numbers_on_the_ballot_lead_to_what_is_rated_by_its_title() -> None:
    rows = [Rated(congress="c", round="old", number=9, title=title) for title in ("修桥", "修路", "修井")]
    found = bound(held("open", "修路", "修渠", "修桥"), rows)
    assert {number: (one.title, one.number, one.round) for number, one in found.items()} == {
        1: ("修路", 1, "r"),
        3: ("修桥", 3, "r"),
    }


@pytest.mark.parametrize("state", get_args(State))
def test_figures_are_shown_after_the_announcement_and_to_the_public_after_publication(state: State) -> None:
    announced = state in {"announced", "published"}
    assert has_result(held(state)) is announced
    for role in get_args(Role):
        assert shows_scores(role, held(state)) is (state == "published" if role == "public" else announced)


def test_a_change_is_written_in_whole_points_and_a_tenth() -> None:
    assert [signed(change) for change in (121, -121, 9, -10)] == ["+12.1", "-12.1", "+0.9", "-1.0"]
