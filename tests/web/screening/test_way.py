"""The pages from a suggestion to the round: every step by its own people, or by one clerk in a town."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from docx import Document
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from PIL import Image

from tests.county import Body
from tests.drafts import PDF, Way
from tests.web.house import House, Person
from tests.web.screening.visitors import assessment_fields, plan_fields
from voting import drafting
from voting.photos import prepare
from voting.screening import listing

DAY = "2026-11-03"
NOW = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def autumn(house: House) -> House:
    """An installation in November, when candidates are drafted."""
    house.clock = NOW
    return house


def key_of(page: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def walk(
    house: House, body: Body, drafter: Person, judge: Person, titles: list[str], suggestions: list[str]
) -> str:
    """From the first form to the frozen list; its id."""
    ids = []
    for title in titles:
        page = drafter.get("/drafts/new", params={"suggestion": suggestions}).text
        sent = plan_fields(body, title=title, key=key_of(page), suggestion=suggestions)
        here = drafter.post("/drafts/new", **sent).headers["location"].removeprefix(drafter.base)
        assert judge.post(f"{here}/judge", version=1, verdict="taken", reason="可以").status_code == 303
        assert drafter.post(f"{here}/assess", **assessment_fields()).status_code == 303
        ids.append(here.removeprefix("/drafts/"))
    numbers = {f"number_{one}": place for place, one in enumerate(ids, start=1)}
    key = key_of(drafter.get("/slates/new").text)
    made = drafter.post(
        "/slates/new", key=key, year=2027, title="名单", places=len(ids) - 1, ballot="select_k", **numbers
    )
    here = made.headers["location"].removeprefix(drafter.base)
    for place in (1, 2, 3):
        sent = {"key": key_of(drafter.get(here).text), "place": place, "day": DAY, "decision": "passed"}
        assert drafter.post(f"{here}/passages", **sent).status_code == 303
    assert judge.post(f"{here}/freeze", confirm="yes").status_code == 303
    return here.removeprefix("/slates/")


@pytest.mark.parametrize("where", ["county", "town"])
def test_the_whole_way_to_the_round(autumn: House, where: str) -> None:
    body = autumn.county if where == "county" else autumn.county.town
    suggestion = body.suggest()
    judge = autumn.enter_as(body.staff)
    drafter = judge if where == "town" else autumn.enter_as(body.government)
    slate = walk(autumn, body, drafter, judge, ["修𠮷家路", "修桥"], [suggestion.id])
    with autumn.store.read() as tx:
        assert tx.suggestions.get(body.staff, suggestion.id).route == "candidate", "drafting decides it"
    session = drafting.create_session(autumn.store, body.staff, "第二次会议", 60, body.random)
    fields = {"session": session.id, "round_title": "票决", "publish": "list"}
    made = [judge.post(f"/slates/{slate}/round", **fields) for _ in range(2)]
    assert [one.status_code for one in made] == [303, 303]
    assert made[0].headers["location"] == made[1].headers["location"]
    shown = judge.client.get(made[0].headers["location"])
    assert shown.status_code == 200
    assert "修𠮷家路" in shown.text


def test_the_papers_of_a_list_open_again_with_every_name(autumn: House) -> None:
    county = autumn.county
    staff, office = autumn.enter_as(county.staff), autumn.enter_as(county.government)
    slate = walk(autumn, county, office, staff, ["修𠮷家路", "=1+1䶮"], [])
    listed = Document(io.BytesIO(office.get(f"/slates/{slate}/list.docx").content))
    words = [cell.text for row in listed.tables[0].rows for cell in row.cells]
    assert {"修𠮷家路", "=1+1䶮", "320.5", "641"} <= set(words)
    cases = Document(io.BytesIO(office.get(f"/slates/{slate}/cases.docx").content))
    assert len(cases.tables) == 2
    assert any("采用：可以" in cell.text for row in cases.tables[0].rows for cell in row.cells)
    [sheet] = load_workbook(io.BytesIO(office.get(f"/slates/{slate}/list.xlsx").content)).worksheets
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert {"修𠮷家路", "=1+1䶮", 320.5, 641} <= set(cells)


def test_a_bodys_paper_comes_back_as_a_download(autumn: House) -> None:
    county = autumn.county
    staff, office = autumn.enter_as(county.staff), autumn.enter_as(county.government)
    ids = [county_draft(autumn, title) for title in ("甲", "乙")]
    numbers = {f"number_{one}": place for place, one in enumerate(ids, start=1)}
    key = key_of(office.get("/slates/new").text)
    sent = {"key": key, "year": 2027, "title": "名单", "places": 1, "ballot": "select_k", **numbers}
    here = office.post("/slates/new", **sent).headers["location"].removeprefix(office.base)
    fields = {"key": "b" * 32, "place": 1, "day": DAY, "decision": "amended"}
    bad = office.upload(f"{here}/passages", "document", "纪要.pdf", b"<script>", **fields)
    assert bad.status_code == 422
    assert "请写明研究意见" in bad.text
    big = b"%PDF-" + b"0" * (8 * 1024 * 1024) + b"%%EOF"
    for body, note in ((b"<script>", "改"), (big, "压减")):
        answer = office.upload(f"{here}/passages", "document", "纪要.pdf", body, note=note, **fields)
    assert answer.status_code == 303
    page = staff.get(here).text
    [path] = re.findall(rf'href="{staff.base}({here}/passages/[0-9a-f]+/document)"', page)
    paper = staff.get(path)
    assert paper.content == big
    assert paper.headers["content-disposition"].startswith("attachment")
    assert paper.headers["content-type"] == "application/pdf"
    too_large = office.upload(
        f"{here}/passages", "document", "纪要.pdf", PDF * 300_000, note="x", **{**fields, "key": "c" * 32}
    )
    assert too_large.status_code in {413, 422}


def county_draft(house: House, title: str) -> str:
    return Way(house.county).shortlisted(title).id


def test_deputies_see_the_photos_of_what_was_released_and_no_others(autumn: House) -> None:
    county = autumn.county
    shown, hidden = county.suggest(released_at=NOW, photos=1), county.suggest("未审核", photos=1)
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG")
    with autumn.store.write() as tx:
        for one in (shown, hidden):
            tx.photos.add(one, [prepare(picture.getvalue())])
        photos = [tx.photos.of(one)[0].id for one in (shown, hidden)]
    way = Way(county)
    drafts = [way.shortlisted("修路", [shown.id, hidden.id]), way.shortlisted("修桥")]
    slate = way.slate(drafts=drafts, places=1)
    listing.open_reading(autumn.store, county.staff, slate.id, NOW)
    deputy = autumn.enter_as(county.deputy)
    base = f"/slate/{slate.id}"
    assert photos[0] in deputy.get(base).text
    answers = [deputy.get(f"{base}/photos/{one}?small=1").status_code for one in photos]
    assert answers == [200, 404]
