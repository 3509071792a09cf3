"""Forms keep what was typed, find all faults at once, and refuse what is no form."""

import pytest

from tests.web.house import House
from web.forms import MOST_FORM_BYTES, Form, Upload

PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n%b\r\n%b\r\n--x--\r\n'


def _typed(**values: str) -> Form:
    return Form.prefilled(**values)


def test_what_was_typed_stays_exactly_as_typed() -> None:
    form = _typed(title="  路灯  ")
    assert form.line("title", "名称") == "路灯"
    assert form.typed("title") == "  路灯  "


@pytest.mark.parametrize("text", ["", "   ", "x" * 121, "x" * 10_000, "a\nb", "a\0b", "a\x1bb", "a\u202eb"])
def test_a_line_that_cannot_be_printed_leaves_its_sentence(text: str) -> None:
    form = _typed(title=text)
    form.line("title", "项目名称")
    assert "项目名称" in form.faults["title"]


@pytest.mark.parametrize(("text", "number"), [("5", 5), (" 298 ", 298), ("２９８", 298), ("007", 7)])
def test_a_number_is_read_as_people_type_it(text: str, number: int) -> None:
    form = _typed(present=text)
    assert form.number("present", "实到", 1, 300) == number
    assert form.faults == {}


@pytest.mark.parametrize("text", ["", "五", "-3", "1.5", "1e3", "0", "301", "9" * 30, "²"])
def test_a_number_that_does_not_fit_leaves_its_sentence(text: str) -> None:
    form = _typed(present=text)
    assert form.number("present", "实到", 1, 300) == 1
    assert "实到" in form.faults["present"]


def test_a_choice_that_was_not_offered_is_no_choice() -> None:
    form = _typed(base="everybody")
    form.choice("base", "基数", ("present", "returned"))
    assert form.faults == {"base": "请选择基数。"}


@pytest.mark.parametrize("text", ["", "25.1.2026", "2026-02-30", "2026-1-5x"])
def test_a_day_that_is_none_leaves_its_sentence(text: str) -> None:
    form = _typed(date=text)
    form.day("date", "公告日期")
    assert "公告日期" in form.faults["date"]


def test_an_act_that_cannot_be_undone_wants_its_box_ticked() -> None:
    form = _typed(confirm="no")
    form.confirmed("confirm", "已截止")
    assert "已截止" in form.faults["confirm"]


def test_an_empty_file_is_no_file() -> None:
    form = Form(files={"cards": Upload("cards.json", b"")})
    assert form.file("cards", "名单") == b""
    assert "名单" in form.faults["cards"]


def test_the_first_sentence_about_a_field_stays() -> None:
    form = Form()
    form.fault("title", "一")
    form.fault("title", "二")
    assert form.faults == {"title": "一"}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"title=\xff\xfe"),
        ("application/x-www-form-urlencoded", b"a=1&" * 3000),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=x", PART % (b"", b"\xff\xfe")),
        ("multipart/form-data; boundary=x", PART % (b"Content-Type: text/plain; charset=tlh\r\n", b"x")),
    ],
)
def test_a_body_that_is_no_form_is_refused_in_words(house: House, content_type: str, body: bytes) -> None:
    staff = house.enter("staff")
    answer = staff.client.post(staff.base, content=body, headers={"content-type": content_type})
    assert answer.status_code == 400
    assert "提交的内容无法读取" in answer.text


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_form_beyond_the_limit_is_refused_in_words(house: House, content_type: str) -> None:
    staff = house.enter("staff")
    body = b"--x\r\n" + b"a" * MOST_FORM_BYTES
    answer = staff.client.post(staff.base, content=body, headers={"content-type": content_type})
    assert answer.status_code == 413
    assert "6 MB" in answer.text
