"""What the deputies read on the ballot of a project's progress: what was reported, no more."""

from __future__ import annotations

import pytest

from tests.county import County
from tests.delivery import project
from tests.rated import a_session, wanted
from tests.voting.supervising import desk
from voting.delivering.projects import WHOLE, Project, ProjectState
from voting.rating import rounds_over_projects
from voting.rating.completion_report import progress_words


def on_the_ballot(county: County, of: Project) -> str:
    asked = wanted(a_session(county))
    made = rounds_over_projects.make_round(county.store, county.staff, asked, [of.id], county.now())
    return made.candidates[0].content


@pytest.mark.parametrize("state", ["planned", "finished", "accepted"])
def test_a_project_is_all_done_only_as_far_as_was_reported(county: County, state: ProjectState) -> None:
    assert progress_words(project(county, state=state, progress=400)) == "报告完成40%"


@pytest.mark.parametrize(("kind", "words"), [("this_year", "已全部完成"), ("staged", "已完成年度阶段目标")])
def test_what_was_reported_whole_and_finished_is_said_to_be_done(
    county: County, kind: str, words: str
) -> None:
    one = project(county, state="finished", completion=kind, progress=WHOLE)
    assert progress_words(one) == words


def test_a_project_that_was_sent_back_is_not_said_to_be_finished(county: County) -> None:
    road = project(county, "修路")
    done = desk.finished(county, road, text="已经全部通车。")
    desk.accepted(county, road, done, "needs_work", note="西山段没有护栏。")
    content = on_the_ballot(county, road)
    assert "办结：曾报告办结，验收未通过，正在整改。" in content
    assert "存在问题：西山段没有护栏。" in content
    for untrue in ("尚未办结", "已全部完成", "全部通车"):
        assert untrue not in content


def test_a_project_that_was_put_right_is_said_to_be_finished_again(county: County) -> None:
    road = project(county, "修路")
    first = desk.finished(county, road)
    desk.accepted(county, road, first, "needs_work", note="没有护栏。")
    desk.accepted(county, road, desk.finished(county, road))
    content = on_the_ballot(county, road)
    assert "正在整改" not in content
    assert "验收：" in content
