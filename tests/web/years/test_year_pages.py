"""The pages of the year: board, next year, earlier results, documents and their signatures."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from docx import Document

from tests.county import County
from tests.delivery import project
from tests.drafts import PDF, Way
from tests.voting.years.test_minisign import checked
from tests.web.house import House, MakeHouse, Person
from tests.web.quiet import unchanged
from voting.actors import PUBLIC
from voting.collecting.calling import CallText, draft_call, publish_call
from voting.open_data import table_csv
from voting.years.earlier import template_csv

LATE: Final = datetime(2027, 11, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def county(house: House) -> County:
    house.clock = LATE
    return house.county


@pytest.fixture
def staff(house: House, county: County) -> Person:
    return house.enter_as(county.staff)


@pytest.fixture
def government(house: House, county: County) -> Person:
    return house.enter_as(county.government)


def called(county: County) -> None:
    """A call of the year before, published in its time."""
    text = CallText(
        year=2027,
        title="2027年民生实事项目建议征集公告",
        text="征集2027年的项目建议。",
        issuers="县政府办公室",
        opens=date(2026, 9, 1),
        closes=date(2026, 9, 30),
    )
    call = draft_call(county.store, county.government, text, county.now())
    publish_call(county.store, county.government, call.id, county.now())


# The board


def test_the_board_says_where_the_years_stand_and_what_is_late(staff: Person, county: County) -> None:
    called(county)
    project(county, deadline=date(2027, 10, 20))
    page = staff.get("/year").text
    assert "2028年的民生实事" in page
    assert "2027年的民生实事" in page
    assert "没有征集公告" in page
    assert "1件正在实施" in page
    assert "超期13天" in page
    assert county.units[0].name in page


def test_an_empty_county_has_a_board_too(government: Person) -> None:
    answer = government.get("/year?year=2027")
    assert answer.status_code == 200
    assert "还没有候选项目" in answer.text


def test_each_role_is_shown_the_button_it_may_press(
    staff: Person, government: Person, county: County
) -> None:
    project(county, state="handed")
    assert "由政府办办理" in staff.get("/year?year=2027").text
    page = government.get("/year?year=2027").text
    assert f'href="{government.base}/projects?year=2027">制定实施方案' in page


def test_the_place_counts_its_steps_in_its_own_words(staff: Person, government: Person) -> None:
    assert "筛选</span>" in staff.get("/year").text
    assert staff.post("/year/steps", steps="six").status_code == 303
    page = government.get("/year").text
    assert "初定</span>" in page
    assert "审议</span>" in page
    assert staff.post("/year/steps", steps="seven").status_code == 422
    assert government.post("/year/steps", steps="five").status_code in {404, 405}


def test_a_year_that_cannot_be_is_answered_with_the_usual_board(staff: Person) -> None:
    assert "2028年的民生实事" in staff.get("/year?year=99999").text


# The next year


def test_one_press_opens_the_year_and_takes_over_what_was_ticked(government: Person, county: County) -> None:
    called(county)
    one = project(county, progress=365, reported_at=LATE - timedelta(days=3))
    page = government.get("/year/next?year=2028").text
    assert "没有办完" in page
    assert "2027年9月1日至2027年9月30日" in page
    answer = government.post("/year/next", year=2028, take=[f"project:{one.id}"], call="yes")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"{government.base}/year/next?year=2028",
    )
    page = government.get("/year/next?year=2028").text
    assert "2028年已经开启" in page
    assert "已转为候选项目" in page
    assert "还没有发布" in page
    with county.store.read() as tx:
        (draft,) = tx.drafts.of_year(county.staff, 2028)
    page = government.get(f"/drafts/{draft.id}").text
    assert "来自2027年" in page
    assert "形象进度36.5%" in page
    with unchanged(county.store):
        government.post("/year/next", year=2028, take=[f"project:{one.id}"], call="yes")


def test_what_cannot_be_taken_is_said_and_the_ticks_are_kept(government: Person, county: County) -> None:
    good, bare = project(county), project(county, "没有单位的", "chosen")
    with unchanged(county.store):
        answer = government.post(
            "/year/next", year=2028, take=[f"project:{good.id}", f"project:{bare.id}"], call="yes"
        )
    assert answer.status_code == 422
    assert "“没有单位的”不能转入" in answer.text
    assert f'value="project:{good.id}" aria-label="转入：农村公路提升改造" checked' in answer.text


def test_a_year_too_far_ahead_is_refused_with_a_sentence(staff: Person, county: County) -> None:
    assert staff.get("/year/next?year=2031").status_code == 409
    with unchanged(county.store):
        answer = staff.post("/year/next", year=2031)
    assert answer.status_code == 409
    assert "还早" in answer.text


# Earlier years


def test_earlier_results_are_imported_and_shown_with_their_rates(staff: Person) -> None:
    answer = staff.upload(
        "/year/earlier", "table", "模板.csv", staff.get("/year/earlier/template.csv").content
    )
    assert answer.status_code == 303
    page = staff.get("/year/earlier").text
    assert "80.0%" in page
    assert "95.8%" in page


def test_rows_that_do_not_add_up_are_listed_and_nothing_is_imported(staff: Person, county: County) -> None:
    head = ("年度", "项目", "满意", "不满意", "收回")
    table = table_csv(head, [(2025, "甲", 5, 5, 11), (2025, "乙", 5, 5, 10), (2025, "丙", 1, 1, 1)])
    with unchanged(county.store):
        answer = staff.upload("/year/earlier", "table", "表.csv", table)
    assert answer.status_code == 422
    assert "需要修改的 2 行" in answer.text
    assert "“甲”满意5票、不满意5票，合计10票，与收回的11票不符" in answer.text
    assert staff.upload("/year/earlier", "table", "表.pdf", PDF).status_code == 422
    assert staff.post("/year/earlier").status_code == 422


# Documents


def test_a_document_is_published_with_a_signature_that_can_be_checked(
    house: House, staff: Person, county: County
) -> None:
    fields = {"title": "测评结果公告", "number": "第6号", "year": 2027, "day": "2027-11-01"}
    assert staff.upload("/year/papers", "file", "公告.pdf", PDF, **fields).status_code == 303
    assert staff.upload("/year/papers", "file", "公告.pdf", PDF, **fields).status_code == 303
    anybody = house.visitor()
    page = anybody.get(f"/t/{county.congress.id}/papers").text
    with county.store.read() as tx:
        (paper,) = tx.public_papers.listing(PUBLIC, county.congress.id, 10)
    assert "测评结果公告" in page
    assert "minisign -V" in page
    body = anybody.get(f"/d/{paper.id}/file").content
    signed = anybody.get(f"/d/{paper.id}/file.minisig").content
    assert "测评结果公告" in checked(anybody.get("/minisign.pub").content, body, signed)
    with unchanged(county.store):
        assert staff.post(f"/year/papers/{paper.id}/withdraw").status_code == 422
    assert staff.post(f"/year/papers/{paper.id}/withdraw", confirm="yes").status_code == 303
    assert anybody.get(f"/d/{paper.id}/file").status_code == 404
    assert anybody.get(f"/d/{paper.id}/file.minisig").status_code == 404
    assert "测评结果公告" not in anybody.get(f"/t/{county.congress.id}/papers").text
    assert "撤下" in staff.get("/year/papers").text


def test_what_is_wrong_with_a_document_stands_beside_its_field(staff: Person, county: County) -> None:
    fields = {"title": "测评结果公告", "number": "第6号", "year": 2027, "day": "2027-11-01"}
    with unchanged(county.store):
        for changed, body, words in (
            ({"title": ""}, PDF, "没有填写“标题”"),
            ({"day": "2027-12-01"}, PDF, "不能晚于今天"),
            ({"year": "很久"}, PDF, "整数"),
            ({}, b"MZ", "不是完整的 PDF"),
        ):
            answer = staff.upload("/year/papers", "file", "公告.pdf", body, **{**fields, **changed})
            assert (answer.status_code, words in answer.text, "第6号" in answer.text) == (422, True, True)


def test_the_annual_report_is_downloaded_and_published_once(
    house: House, staff: Person, government: Person, county: County
) -> None:
    project(county)
    answer = government.get("/year/2027/report.docx")
    assert answer.status_code == 200
    assert "年度报告" in Document(io.BytesIO(answer.content)).paragraphs[0].text
    assert staff.post("/year/2027/report").status_code == 303
    with unchanged(county.store):
        assert staff.post("/year/2027/report").status_code == 303
    with county.store.read() as tx:
        (paper,) = tx.public_papers.listing(PUBLIC, county.congress.id, 10)
    anybody = house.visitor()
    assert anybody.get(f"/d/{paper.id}/file").content == answer.content
    assert government.get("/year/1900/report.docx").status_code == 404
    assert staff.post("/year/1900/report").status_code == 404


def test_the_rated_government_has_no_hand_in_what_the_congress_publishes(
    staff: Person, government: Person, county: County
) -> None:
    """Nor in the results it is compared with: no link, no page, no form."""
    fields = {"title": "测评结果公告", "number": "", "year": 2027, "day": "2027-11-01"}
    assert staff.upload("/year/papers", "file", "公告.pdf", PDF, **fields).status_code == 303
    with county.store.read() as tx:
        (paper,) = tx.public_papers.listing(PUBLIC, county.congress.id, 10)
    with unchanged(county.store):
        refused = [
            government.get("/year/papers"),
            government.get("/year/earlier"),
            government.post("/year/2027/report"),
            government.post(f"/year/papers/{paper.id}/withdraw", confirm="yes"),
            government.upload("/year/papers", "file", "公告.pdf", PDF + b"\n", **fields),
            government.upload("/year/earlier", "table", "模板.csv", template_csv()),
        ]
    assert {one.status_code for one in refused} <= {403, 404, 405}
    for path in ("/year/papers", "/year/earlier"):
        assert f'href="{government.base}{path}"' not in government.get("/year").text
        assert f'href="{staff.base}{path}"' in staff.get("/year").text


def test_in_a_town_one_clerk_publishes_and_imports(house: House, county: County) -> None:
    clerk = house.enter_as(county.town.staff)
    assert clerk.post("/year/2027/report").status_code == 303
    assert clerk.upload("/year/earlier", "table", "模板.csv", template_csv()).status_code == 303


def test_what_a_round_publishes_has_signatures_beside_it(open_house: MakeHouse) -> None:
    house = open_house(state="announced")
    anybody = house.visitor()
    for name in ("round.json", "archive.bel"):
        assert anybody.get(f"/r/{house.id}/{name}.minisig").status_code == 404
    house.hall.publish()
    key = anybody.get("/minisign.pub").content
    for name in ("round.json", "archive.bel"):
        body = anybody.get(f"/r/{house.id}/{name}").content
        first, again = (anybody.get(f"/r/{house.id}/{name}.minisig").content for _ in range(2))
        assert first == again
        comment = checked(key, body, first)
        assert f"file:{name} hashed round:{house.id}" in comment
        assert f"/r/{house.id}/{name}.minisig" in anybody.get(f"/r/{house.id}/technical").text


def test_a_record_that_the_rules_keep_back_has_no_signature_either(open_house: MakeHouse) -> None:
    from msgspec.structs import replace

    from tests.people import SELECT

    house = open_house(replace(SELECT, publish="list"), state="published")
    assert house.visitor().get(f"/r/{house.id}/archive.bel.minisig").status_code == 403


def test_papers_of_nobody_are_not_found(house: House, staff: Person) -> None:
    anybody = house.visitor()
    assert anybody.get(f"/t/{'0' * 32}/papers").status_code == 404
    assert anybody.get(f"/d/{'0' * 32}/file").status_code == 404
    assert staff.post(f"/year/papers/{'0' * 32}/withdraw", confirm="yes").status_code == 404


def test_the_template_of_the_table_is_the_one_that_is_read(staff: Person) -> None:
    assert staff.get("/year/earlier/template.csv").content == template_csv()


def test_a_drafted_list_moves_the_board_on(staff: Person, county: County) -> None:
    Way(county).slate()
    page = staff.get("/year?year=2027").text
    assert "候选项目3件" in page
    assert "3件通过初选" in page
