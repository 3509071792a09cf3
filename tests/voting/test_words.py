"""Promises of voting/words.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.words import LONGEST, MOST_SOUGHT, marked, sought, words_of


def test_a_compound_counts_and_so_do_the_words_inside_it() -> None:
    assert {"人民代表大会", "人民", "代表", "大会"} <= words_of("", "人民代表大会").keys()


def test_a_word_of_the_title_counts_twice() -> None:
    assert words_of("路灯", "")["路灯"] == 2 * words_of("", "路灯")["路灯"]


def test_what_says_nothing_is_left_out() -> None:
    assert not words_of("建议", "的了，。！？—— \n 希望尽快解决")


def test_full_width_letters_and_digits_are_the_ordinary_ones() -> None:
    assert words_of("", "Ｇ３２０国道").keys() == words_of("", "g320国道").keys()
    assert "g320" in words_of("", "Ｇ320国道")


def test_a_search_is_cut_into_few_words_each_once() -> None:
    assert sought("路灯 路灯，老人") == ("路灯", "老人")
    assert len(sought("东 西 南 北 甲 乙 丙 丁 戊 己")) == MOST_SOUGHT


@given(st.text(max_size=200))
def test_no_text_is_too_odd_for_the_index(text: str) -> None:
    for word in (*words_of(text, text), *sought(text)):
        assert 0 < len(word) <= LONGEST
        assert "\x00" not in word
        word.encode()


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_marking_changes_no_letter(text: str, words: list[str]) -> None:
    assert "".join(piece.text for piece in marked(text, words)) == text


@pytest.mark.parametrize("words", [("路灯", "路"), ("路", "路灯")])
def test_the_longest_word_is_marked(words: tuple[str, ...]) -> None:
    assert [(piece.text, piece.marked) for piece in marked("安装路灯", words)] == [
        ("安装", False),
        ("路灯", True),
    ]
