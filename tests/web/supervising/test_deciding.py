"""Changes, 办结 and 验收 through their pages: what takes effect, what is refused, what is kept."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.delivery import project
from tests.drafts import PDF
from tests.voting.supervising.desk import an_order, asked, now_in_store
from tests.web.house import House, Person
from tests.web.quiet import unchanged
from tests.web.supervising.forms import (
    DAY,
    DECISION,
    PHOTO,
    acceptance_fields,
    decision_fields,
    key_of,
    send,
)
from voting.actors import PUBLIC
from voting.delivering.projects import WHOLE, Project, yuan
from voting.supervising.overviews import changes_of, completion_of

REASON = "西山段地质条件与勘察不符。"


def ask(person: Person, made: Project, kind: str, **fields: object) -> str:
    """The path of the change."""
    here = f"/projects/{made.id}/changes"
    page = person.get(f"{here}/new?kind={kind}")
    names = re.findall(r'<input type="(?:text|date)"[^>]* name="(\w+)"[^>]*? value="([^"]*)"', page.text)
    names += re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>([^<]*)', page.text)
    sent = {**dict(names), "key": key_of(page), "kind": kind, "reason": REASON, **fields}
    for _ in range(2):
        answer = person.post(f"{here}/new", **sent)
        assert answer.status_code == 303, answer.text
    [path] = re.findall(rf'href="{person.base}({here}/[0-9a-f]{{32}})"', person.get(here).text)
    return str(path)


@pytest.mark.parametrize(
    ("kind", "fields", "old", "new"),
    [
        ("target", {"amount_1": "10.5"}, "改造公路12.5公里", "改造公路10.5公里"),
        ("money", {"planned": "380"}, "320万元", "380万元"),
        ("time", {"deadline": "2027-12-15", "due_3": "2027-12-10"}, "2027年10月31日", "2027年12月15日"),
        ("content", {"place": "东河镇"}, "东河镇、西山村", "东河镇"),
        ("cancellation", {"confirm": "yes"}, "实施", "取消"),
    ],
)
def test_an_approved_change_changes_the_project_and_shows_old_and_new_for_ever(
    summer: House, kind: str, fields: dict[str, str], old: str, new: str
) -> None:
    county = summer.county
    made = project(county)
    office, staff = summer.enter_as(county.government), summer.enter_as(county.staff)
    path = ask(office, made, kind, **fields)
    assert now_in_store(county, made) == made
    with summer.store.read() as tx:
        assert changes_of(tx, PUBLIC, made) == ()
    for _ in range(2):
        sent = send(staff, f"{path}/decide", DECISION, fields=decision_fields(public="yes"))
        assert sent.status_code == 303, sent.text
    after = now_in_store(county, made)
    changed = {name for name in made.__struct_fields__ if getattr(made, name) != getattr(after, name)}
    assert (
        changed
        == {
            "target": {"targets"},
            "money": {"planned"},
            "time": {"deadline", "baseline"},
            "content": {"place"},
            "cancellation": {"state"},
        }[kind]
    )
    with summer.store.read() as tx:
        [shown] = changes_of(tx, PUBLIC, after)
        assert (old, new) in [line[1:] for line in shown.lines]
        [paper] = shown.papers
        assert tx.project_files.paper(PUBLIC, paper.id)[1] == PDF
        if kind == "time":
            days = [one.due for one in tx.projects.milestones([after])[made.id]]
            assert days[-1] == date(2027, 12, 10)
            assert tx.projects.baseline(after, 1)[-1].due == date(2027, 10, 31)
    page = office.get(f"/projects/{made.id}/changes").text
    for words in (old, new, "常委会〔2027〕5号", REASON):
        assert words in page


def test_a_change_without_a_decision_changes_nothing(summer: House) -> None:
    county = summer.county
    made = project(county)
    change = asked(county, made, "money")
    staff = summer.enter_as(county.staff)
    path = f"/projects/{made.id}/changes/{change.id}/decide"
    bad: list[tuple[tuple[tuple[str, str, bytes], ...], dict[str, object], str]] = [
        ((), {}, "没有附决定文件"),
        ((("document", "决定.exe", b"MZ"),), {}, "请上传 PDF 或者 .docx"),
        ((("document", "决定.pdf", b"<script>"),), {}, "不是完整的 PDF"),
        ((("document", "决定.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024) + b"%%EOF"),), {}, "超过 10 MB"),
        ((("document", "决定.pdf", b"%PDF-" + b"0" * (13 * 1024 * 1024) + b"%%EOF"),), {}, "超过 10 MB"),
        ((DECISION,), {"number": ""}, "没有填写“决定的编号或者名称”"),
        ((DECISION,), {"day": "2027-06-11"}, "在今天以后"),
        ((DECISION,), {"body": ""}, "请选择决定机关"),
        ((DECISION,), {"body": "congress"}, "没有填写“大会会议”"),
        ((DECISION,), {"body": "presidium"}, "主席团不能决定"),
        ((DECISION,), {"verdict": "refused", "note": ""}, "没有填写“未批准的理由”"),
    ]
    with unchanged(summer.store):
        for files, fields, told in bad:
            sent = send(staff, path, *files, fields=decision_fields(**fields))
            assert (sent.status_code, told in sent.text) == (422, True), told
            assert DAY in sent.text or "day" in fields


def test_in_a_town_the_congress_decides_and_not_its_presidium(summer: House) -> None:
    town = summer.county.town
    made = project(town)
    clerk = summer.enter_as(town.staff)
    path = ask(clerk, made, "money", planned="380")
    for body in ("presidium", "committee"):
        with unchanged(summer.store):
            sent = send(clerk, f"{path}/decide", DECISION, fields=decision_fields(body=body))
        assert sent.status_code == 422
        assert "主席团不能代替大会" in sent.text
    sent = send(
        clerk, f"{path}/decide", DECISION, fields=decision_fields(body="congress", session="第三次会议")
    )
    assert sent.status_code == 303
    page = clerk.get(f"/projects/{made.id}/changes").text
    assert "第三次会议人民代表大会批准" in page
    assert "还没有向下一次大会报告" not in page
    assert now_in_store(town, made).planned == yuan(Decimal(380))


def test_a_refused_change_is_kept_and_the_project_stays(summer: House) -> None:
    county = summer.county
    made = project(county)
    change = asked(county, made, "time")
    staff = summer.enter_as(county.staff)
    path = f"/projects/{made.id}/changes/{change.id}/decide"
    sent = send(staff, path, fields=decision_fields(verdict="refused", note="工期足够。"))
    assert sent.status_code == 303
    assert now_in_store(county, made) == made
    page = staff.get(f"/projects/{made.id}/changes").text
    assert "未批准" in page
    assert "工期足够。" in page


def test_two_open_changes_of_a_kind_and_nonsense_are_refused(summer: House) -> None:
    county = summer.county
    made = project(county)
    asked(county, made, "money")
    office = summer.enter_as(county.government)
    here = f"/projects/{made.id}/changes"
    with unchanged(summer.store):
        page = office.get(f"{here}/new?kind=money")
        fields: dict[str, object] = {"key": key_of(page), "kind": "money", "reason": REASON}
        sent = office.post(f"{here}/new", **fields, planned="400", funds="县财政")
        assert (sent.status_code, "已经提出一项" in sent.text) == (409, True)
        for more, told in (
            ({"kind": "target"}, "请至少保留一项年度目标"),
            ({"kind": "target", "indicator_1": "公路", "amount_1": "很多", "measure_1": "公里"}, "填写数字"),
            ({"kind": "cancellation"}, "请先勾选"),
            ({"kind": "content", "content": "改造", "place": ""}, "没有填写“实施地点”"),
            ({"kind": "all"}, "请选择调整什么"),
        ):
            sent = office.post(f"{here}/new", **{**fields, **more})
            assert (sent.status_code, told in sent.text) == (422, True), told
            assert REASON in sent.text
        days = {
            "starts_1": "2027-03-01",
            "due_1": "2027-04-30",
            "starts_2": "2027-05-01",
            "due_2": "2027-08-31",
        }
        last = {"starts_3": "2027-09-01", "due_3": "2027-10-31", "deadline": "2027-10-31"}
        for wrong, told in (
            ({}, "调整前后的内容一样"),
            ({"due_2": "2027-04-01"}, "完成日期早于开始日期"),
            ({"due_3": "2027-12-01"}, "晚于完成时限"),
            ({"deadline": ""}, "请填写完成时限"),
        ):
            sent = office.post(f"{here}/new", **{**fields, "kind": "time", **days, **last, **wrong})
            assert (sent.status_code, told in sent.text) == (422, True), told


def test_the_next_congress_is_told_and_until_then_it_is_a_task(summer: House) -> None:
    county = summer.county
    made = project(county)
    change = asked(county, made, "money")
    staff = summer.enter_as(county.staff)
    path = f"/projects/{made.id}/changes/{change.id}"
    send(staff, f"{path}/decide", DECISION, fields=decision_fields())
    assert "还没有向大会报告" in staff.get("/groups").text
    with unchanged(summer.store):
        sent = staff.post(f"{path}/told", session="第三次会议", day="2027-06-09")
        assert (sent.status_code, "应在决定以后" in sent.text) == (422, True)
        assert staff.post(f"{path}/told", session="", day=DAY).status_code == 422
    for _ in range(2):
        assert staff.post(f"{path}/told", session="第三次会议", day=DAY).status_code == 303
    assert "还没有向大会报告" not in staff.get("/groups").text
    assert "向第三次会议报告" in staff.get(f"/projects/{made.id}/changes").text


def test_only_the_government_asks_and_only_staff_decides(summer: House) -> None:
    county = summer.county
    made = project(county)
    change = asked(county, made, "money")
    here = f"/projects/{made.id}/changes"
    people = [summer.enter_as(one) for one in (county.staff, county.government, county.deputy, county.unit)]
    with unchanged(summer.store):
        for person, allowed in zip(people, ("decide", "withdraw", "", ""), strict=True):
            for step in ("decide", "withdraw", "told"):
                if step != allowed and (allowed, step) != ("decide", "told"):
                    sent = send(person, f"{here}/{change.id}/{step}", fields=decision_fields())
                    assert sent.status_code in {403, 404, 405}, step
    assert people[1].post(f"{here}/{change.id}/withdraw").status_code == 303
    assert "已撤回" in people[0].get(here).text


def test_a_project_is_finished_with_proof_and_accepted_by_name(summer: House) -> None:
    county = summer.county
    made = project(county, progress=WHOLE)
    office = summer.enter_as(county.government)
    here = f"/projects/{made.id}/completion"
    fields = {"key": key_of(office.get(here)), "finished_on": DAY, "text": "12.5公里全部通车。"}
    bad: list[tuple[dict[str, object], str]] = [
        ({}, "请至少附一张照片或者一份证明文件"),
        ({"text": ""}, "没有填写“完成情况”"),
        ({"finished_on": "2027-06-11"}, "在今天以后"),
    ]
    with unchanged(summer.store):
        for more, told in bad:
            sent = send(office, f"{here}/finish", *([PHOTO] if more else []), fields={**fields, **more})
            assert (sent.status_code, told in sent.text) == (422, True), told
    for _ in range(2):
        assert send(office, f"{here}/finish", PHOTO, DECISION, fields=fields).status_code == 303
    assert now_in_store(county, made).state == "finished"
    [path] = re.findall(rf'action="{office.base}({here}/[0-9a-f]{{32}}/accept)"', office.get(here).text)
    unfit: list[tuple[tuple[tuple[str, str, bytes], ...], dict[str, object], str]] = [
        ((), {}, "没有附验收证明"),
        ((DECISION,), {"approvers": ""}, "没有填写“验收人员”"),
        ((DECISION,), {"result": "needs_work", "note": ""}, "没有填写“存在的问题”"),
        ((DECISION,), {"accepted_on": "2027-06-09"}, "早于办结日期"),
    ]
    with unchanged(summer.store):
        for files, more, told in unfit:
            sent = send(office, path, *files, fields=acceptance_fields(**more))
            assert (sent.status_code, told in sent.text) == (422, True), told
    for _ in range(2):
        assert send(office, path, DECISION, fields=acceptance_fields(public="yes")).status_code == 303
    after = now_in_store(county, made)
    assert after.state == "accepted"
    with summer.store.read() as tx:
        done = completion_of(tx, PUBLIC, after)
    assert done.on_time is True
    [report] = done.reports
    assert (len(report.pictures), len(report.papers), len(report.acceptance_papers)) == (1, 0, 1)
    page = summer.enter_as(county.deputy).get(here).text
    for words in ("按期完成", "验收通过", "周明、吴芳", "互不代替"):
        assert words in page


def test_closing_with_something_open_is_refused_and_lists_it(summer: House) -> None:
    county = summer.county
    made = project(county)
    order = an_order(county, made)
    asked(county, made, "money")
    office = summer.enter_as(county.government)
    here = f"/projects/{made.id}/completion"
    assert order.number in office.get(here).text
    with unchanged(summer.store):
        fields = {"key": "a" * 32, "finished_on": DAY, "text": "全部通车。"}
        sent = send(office, f"{here}/finish", PHOTO, fields=fields)
    assert sent.status_code == 409
    for words in (f"督办单“{order.number}”等待答复", "关于资金的调整还在等待决定", "全部通车。"):
        assert words in sent.text


def test_what_needs_work_is_reported_again(summer: House) -> None:
    county = summer.county
    made = project(county, deadline=date(2027, 6, 1), progress=WHOLE)
    office = summer.enter_as(county.government)
    here = f"/projects/{made.id}/completion"
    for result in ("needs_work", "passed"):
        fields = {"key": key_of(office.get(here)), "finished_on": DAY, "text": "通车。"}
        assert send(office, f"{here}/finish", PHOTO, fields=fields).status_code == 303
        [path] = re.findall(rf'action="{office.base}({here}/[0-9a-f]{{32}}/accept)"', office.get(here).text)
        sent = acceptance_fields(result=result, note="标志牌没有装。")
        assert send(office, path, DECISION, fields=sent).status_code == 303
    page = office.get(here).text
    assert page.count("逾期9天") == 2
    assert page.index("第2次报告") < page.index("第1次报告")
    assert now_in_store(county, made).state == "accepted"


def test_a_staged_project_says_how_far_and_shows_its_years(summer: House) -> None:
    county = summer.county
    stage: dict[str, Any] = {"completion": "staged", "stage": "今年完成主体结构"}
    first = project(county, "县医院新院区", "accepted", year=2026, **stage)
    made = project(county, "县医院新院区", previous=first.id, progress=WHOLE, **stage)
    office = summer.enter_as(county.government)
    here = f"/projects/{made.id}/completion"
    fields = {"key": key_of(office.get(here)), "finished_on": DAY, "text": "封顶。"}
    with unchanged(summer.store):
        sent = send(office, f"{here}/finish", PHOTO, fields=fields)
        assert (sent.status_code, "请选择完成到哪一步" in sent.text) == (422, True)
    assert send(office, f"{here}/finish", PHOTO, fields={**fields, "whole": "no"}).status_code == 303
    page = office.get(here).text
    assert "今年阶段目标完成" in page
    assert f"{office.base}/projects/{first.id}/completion" in page
    assert made.label in office.get(f"/projects/{first.id}/completion").text


def test_a_paper_of_one_project_is_none_of_anothers(summer: House) -> None:
    county = summer.county
    made, other = project(county, "公路"), project(county, "大桥")
    change = asked(county, made, "money")
    staff = summer.enter_as(county.staff)
    here = f"/projects/{made.id}/changes/{change.id}"
    assert send(staff, f"{here}/decide", DECISION, fields=decision_fields()).status_code == 303
    [paper] = re.findall(r"/supervision/papers/([0-9a-f]{32})", staff.get(here).text)
    answer = staff.get(f"/projects/{made.id}/supervision/papers/{paper}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert staff.get(f"/projects/{other.id}/supervision/papers/{paper}").status_code == 404
    assert (
        summer.enter_as(county.town.staff).get(f"/projects/{made.id}/supervision/papers/{paper}").status_code
        == 404
    )
    with summer.store.read() as tx:
        assert tx.project_files.papers(PUBLIC, made) == ()
