"""From a matter to its 专题询问 and back; a forgotten retest; the drafted papers published with one press."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document

from tests.delivery import project
from tests.rated import SATISFIED, UNSATISFIED, a_session, held, ordered, wanted
from tests.voting.years.test_minisign import checked
from tests.web.house import House
from tests.web.quiet import unchanged
from tests.web.rating.visitors import key_of, upload
from voting.rating import inquiring, rounds_over_projects
from voting.rating.inquiring import Asked


def test_the_ladder_leads_to_an_inquiry_and_the_inquiry_back(house: House, tmp_path: Path) -> None:
    county = house.county
    house.clock = county.now()
    lamp = project(county, "装路灯")
    sitting = held(county, tmp_path, [lamp], [(UNSATISFIED,)] * 6)
    matter = ordered(county, sitting)
    staff, here = house.enter_as(county.staff), f"/rectifications/{matter.id}"
    assert f"/inquiries/new?matter={matter.id}" in staff.get(here).text
    form = staff.get(f"/inquiries/new?matter={matter.id}").text
    assert "“装路灯”整改情况专题询问" in form
    for chosen in (matter.id, matter.unit, lamp.id):
        assert f'value="{chosen}" checked' in form
    key = key_of(form)
    fields = {
        "key": key,
        "title": "路灯整改专题询问",
        "day": house.clock.date().isoformat(),
        "meeting": "常委会第二十次会议",
        "months": 3,
        "units": [matter.unit],
        "matters": [matter.id],
    }
    assert staff.post("/inquiries/new", **fields).status_code == 303
    assert f'{here}">装路灯</a>' in staff.get(f"/inquiries/{key}").text
    page = staff.get(here).text
    assert f'/inquiries/{key}">路灯整改专题询问</a>' in page
    assert "还没有登记为督促措施" not in page
    asked = Asked(unit=matter.unit, asked_by="张桂兰", text="何时亮？")
    question = inquiring.ask(county.store, county.staff, key, "1" * 32, asked, county.now())
    inquiring.answer(county.store, county.staff, key, question.id, "局长", "年底。", county.now())
    inquiring.hold(county.store, county.staff, key, county.now())
    page = staff.get(here).text
    assert "还没有登记为督促措施" in page
    assert 'value="4" checked' in page
    climbed = {
        "key": key_of(page),
        "place": 4,
        "body": "常委会第二十次会议",
        "decided_on": fields["day"],
        "said": "路灯整改专题询问",
        "skipped": "情况紧急。",
    }
    assert upload(staff, f"{here}/ladder", climbed).status_code == 303
    assert "还没有登记为督促措施" not in staff.get(here).text
    inquiring.release(county.store, county.staff, key, county.now())
    sitting.reach("published")
    public, visitor = f"/t/{county.congress.id}", house.visitor()
    assert f"{public}/inquiries/{key}" in visitor.get(f"{public}/projects/{lamp.id}").text
    assert f"{public}/projects/{lamp.id}#matters" in visitor.get(f"{public}/inquiries/{key}").text


def test_a_summons_has_a_record_that_the_office_prints_and_the_public_reads_in_part(
    house: House, tmp_path: Path
) -> None:
    county = house.county
    house.clock = county.now()
    lamp = project(county, "装路灯")
    sitting = held(county, tmp_path, [lamp], [(UNSATISFIED,)] * 6)
    sitting.reach("published")
    here = f"/rectifications/{ordered(county, sitting).id}"
    staff, unit, stranger = (house.enter_as(one) for one in (county.staff, county.unit, county.other_unit))
    assert staff.get(f"{here}/summons.docx").status_code == 404
    day = {"key": "3" * 32, "place": 3, "decided_on": house.clock.date().isoformat(), "skipped": "先谈话。"}
    asked = {**day, "body": "主任会议", "said": "路灯半年不亮"}
    with unchanged(house.store):
        refused = upload(staff, f"{here}/ladder", asked)
        assert (refused.status_code, "没有填写“被约见人”" in refused.text) == (422, True)
    talk = {"summoned": "局长周明", "hosts": "副主任吴芳", "met_at": "会议室", "talked": "查明原因。"}
    assert upload(staff, f"{here}/ladder", {**asked, **talk, "promised": "月底亮灯。"}).status_code == 303
    for reader in (staff, unit):
        paper = Document(io.BytesIO(reader.get(f"{here}/summons.docx").content))
        said = {row.cells[0].text: row.cells[1].text for row in paper.tables[0].rows}
        assert (said["被约见人"], said["约见内容"]) == ("局长周明", "查明原因。")
    assert staff.get(f"{here}/summons.pdf").content.startswith(b"%PDF")
    assert stranger.get(f"{here}/summons.docx").status_code == 404
    page = house.visitor().get(f"/t/{county.congress.id}/projects/{lamp.id}").text
    assert "副主任吴芳约见局长周明；承诺：月底亮灯。" in page
    assert "查明原因。" not in page


def test_a_drafted_retest_stands_on_the_matter_and_can_be_deleted_there(house: House, tmp_path: Path) -> None:
    county = house.county
    matter = ordered(county, held(county, tmp_path, [project(county)], [(UNSATISFIED,)] * 6))
    asked = wanted(a_session(county, title="第四次会议"), "忘了的再测评")
    made = rounds_over_projects.make_retest(county.store, county.staff, asked, [matter.id], county.now())
    staff, here = house.enter_as(county.staff), f"/rectifications/{matter.id}"
    page = staff.get(here).text
    assert "忘了的再测评" in page
    assert "组织再测评" not in page
    assert staff.post(f"/rounds/{made.id}/delete", delete="yes").status_code == 303
    page = staff.get(here).text
    assert "忘了的再测评" not in page
    assert "组织再测评" in page
    again = wanted(a_session(county, title="第五次会议"), "再测评")
    rounds_over_projects.make_retest(county.store, county.staff, again, [matter.id], county.now())
    assert "再测评" in staff.get(here).text


def test_the_drafted_papers_are_public_and_signed_after_one_press(house: House, tmp_path: Path) -> None:
    county = house.county
    house.clock = county.now()
    sitting = held(county, tmp_path, [project(county)], [(SATISFIED,)] * 6)
    staff, here = house.enter_as(county.staff), f"/rating/rounds/{sitting.round.id}"
    assert "结果公布以后" in staff.get(here).text
    with unchanged(house.store):
        assert staff.post(f"{here}/issue/announcement").status_code == 409
    sitting.reach("published")
    office = house.enter_as(county.government)
    with unchanged(house.store):
        assert staff.post(f"{here}/issue/letter").status_code == 404
        assert office.post(f"{here}/issue/report").status_code in {403, 404, 405}
    pressed = ("announcement", "pdf"), ("announcement", "pdf"), ("announcement", "docx"), ("report", "pdf")
    for kind, form in pressed:
        assert staff.post(f"{here}/issue/{kind}", form=form).status_code == 303
    page = staff.get(here).text
    assert ("公布公告" in page, "公布通报（.docx）" in page) == (False, True)
    visitor = house.visitor()
    listed = visitor.get(f"/t/{county.congress.id}/papers").text
    public = visitor.get("/minisign.pub").content
    papers = sorted({part.split("/file")[0] for part in listed.split("/d/")[1:]})
    kinds = []
    for one in papers:
        body, signature = (visitor.get(f"/d/{one}/file{end}").content for end in ("", ".minisig"))
        assert "示例县人民代表大会" in checked(public, body, signature)
        kinds.append(body[:4])
    assert sorted(kinds) == [b"%PDF", b"%PDF", b"PK\x03\x04"]
