"""Promises of voting/text.py: what is stored as a name can be printed, and reads as what it is."""

from __future__ import annotations

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from voting.errors import TextError
from voting.text import LINE_LENGTH, PROSE_LENGTH, Line, Prose, clean_line, clean_prose


class Notice(Struct, frozen=True, forbid_unknown_fields=True):
    title: Line
    content: Prose = ""


def accepted(title: str, content: str = "") -> bool:
    try:
        msgspec.convert({"title": title, "content": content}, Notice)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  老旧小区加装电梯 ", "老旧小区加装电梯"),
        ("\u3000农村公路\u3000", "农村公路"),
        ("\ufeff农\u200b村\u00ad公路", "农村公路"),
        ("改造\t提升", "改造 提升"),
        ("cafe\u0301", "café"),
    ],
)
def test_what_people_paste_without_knowing_is_cleaned_away(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept
    assert clean_prose(typed) == kept


@pytest.mark.parametrize(
    "bad",
    [
        "\x00",
        "\x01",
        "\x1b",
        "\x7f",
        "\x85",
        "\x9f",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\ud800",
        "\uffff",
    ],
)
def test_what_cannot_be_printed_or_turns_text_around_is_refused_by_field_and_place(bad: str) -> None:
    for clean in (clean_line, clean_prose):
        with pytest.raises(TextError) as caught:
            clean(f"甲{bad}乙", "项目名称")
        assert caught.value.sentence.startswith("“项目名称”的第2个字不能显示或打印")
        assert f"U+{ord(bad):04X}" in caught.value.sentence
    assert not accepted(f"甲{bad}乙")
    assert not accepted("甲", f"甲{bad}乙")


def test_characters_lost_in_another_encoding_are_called_by_their_name() -> None:
    with pytest.raises(TextError, match="“责任单位”的第1个字是乱码"):
        clean_line("\ufffd\ufffd", "责任单位")


def test_a_name_has_one_line_and_a_description_as_many_as_it_likes() -> None:
    assert clean_prose("一\r\n二\r三\u2028四") == "一\n二\n三\n四"
    with pytest.raises(TextError, match="“名称”只能写一行"):
        clean_line("一\n二", "名称")
    assert accepted("一", "一\n二")
    assert not accepted("一\n二")


@pytest.mark.parametrize("empty", ["", " ", "\n\t", "\u200b", "\u3000"])
def test_a_name_cannot_be_empty_and_a_description_can(empty: str) -> None:
    with pytest.raises(TextError, match="没有填写“名称”"):
        clean_line(empty, "名称")
    assert clean_prose(empty) == ""
    assert not accepted("")


def test_the_longest_name_and_description_pass_and_one_character_more_does_not() -> None:
    assert clean_line("长" * LINE_LENGTH)
    assert clean_prose("长" * PROSE_LENGTH)
    with pytest.raises(TextError, match="有121个字，最多120个字"):
        clean_line("长" * (LINE_LENGTH + 1))
    with pytest.raises(TextError, match="有10,000个字，最多2,000个字"):
        clean_prose("长" * 10_000)
    assert accepted("长" * LINE_LENGTH, "长" * PROSE_LENGTH)
    assert not accepted("长" * (LINE_LENGTH + 1))
    assert not accepted("长", "长" * (PROSE_LENGTH + 1))


def cleaned(typed: str, *, line: bool) -> str | None:
    try:
        return clean_line(typed) if line else clean_prose(typed)
    except TextError:
        return None


@given(st.text(alphabet=st.characters(codec=None), max_size=40), st.booleans())
def test_whatever_is_typed_is_refused_or_becomes_text_that_the_types_accept(typed: str, line: bool) -> None:
    kept = cleaned(typed, line=line)
    if kept is None:
        return
    assert accepted(kept if line else "甲", kept)
    assert cleaned(kept, line=line) == kept == unicodedata.normalize("NFC", kept)
    assert all(unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"} for c in kept if c != "\n")
