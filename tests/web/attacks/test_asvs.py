"""The list of OWASP ASVS 5.0.0, levels 1 and 2, is whole, and what it points at is there."""

from __future__ import annotations

import ast
import re
from typing import Final

from tests.parts import ROOT

LIST: Final = ROOT / "web/decisions/0001-asvs-5-level-2.md"
LAST: Final = """
1.1.2 1.2.9 1.3.11 1.4.3 1.5.2 2.1.3 2.2.3 2.3.4 2.4.1 3.2.2 3.3.4 3.4.6 3.5.5 3.7.2 4.1.3 4.2.1 4.3.2 4.4.4
5.1.1 5.2.3 5.3.2 5.4.3 6.1.3 6.2.12 6.3.4 6.4.4 6.5.5 6.6.3 6.8.4 7.1.3 7.2.4 7.3.2 7.4.5 7.5.2 7.6.2 8.1.2
8.2.3 8.3.1 8.4.1 9.1.3 9.2.4 10.1.2 10.2.2 10.3.4 10.4.11 10.5.5 10.6.2 10.7.3 11.1.2 11.2.3 11.3.3 11.4.4
11.5.1 11.6.1 12.1.3 12.2.2 12.3.4 13.1.1 13.2.5 13.3.2 13.4.5 14.1.2 14.2.4 14.3.3 15.1.3 15.2.3 15.3.7
16.1.1 16.2.5 16.3.4 16.4.3 16.5.3 17.1.1 17.2.4 17.3.2
"""
"""The last requirement of levels 1 and 2 in each section; they are numbered from 1."""

Row = tuple[str, str, str, str]
"""Number, conclusion, words, place."""


def rows() -> list[Row]:
    found = re.findall(
        r"^\| V([\d.]+) \| [12] \| (\S+) \| (.*?) \| (?:`(.*?)`)? ?\|$", LIST.read_text("utf-8"), re.MULTILINE
    )
    return [(number, said, words, place) for number, said, words, place in found]


def wanted() -> list[str]:
    sections = [one.rpartition(".") for one in LAST.split()]
    return [f"{section}.{n}" for section, _, last in sections for n in range(1, int(last) + 1)]


def test_every_requirement_stands_there_once() -> None:
    assert [number for number, *_ in rows()] == wanted()
    assert len(rows()) == 253


def test_every_conclusion_is_one_of_three_and_has_words() -> None:
    for number, said, words, _ in rows():
        assert (number, said in {"做到", "不适用", "未做到"}, bool(words)) == (number, True, True)


def test_whatever_is_held_names_a_test_or_a_place_that_exists() -> None:
    lost = [number for number, said, _, place in rows() if (said == "做到" or place) and not exists(place)]
    assert lost == []


def exists(place: str) -> bool:
    """`folder/file.py`, or `folder/test_file.py::test_name` with a function of that name in it."""
    name, _, function = place.partition("::")
    file = ROOT / name
    if not name or not file.exists():
        return False
    if not function:
        return True
    tree = ast.parse(file.read_text("utf-8"))
    return function in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_the_counts_above_the_list_are_those_of_the_list() -> None:
    counted = {said: sum(1 for one in rows() if one[1] == said) for said in ("做到", "不适用", "未做到")}
    told = "Of {} requirements {} are held, {} do not apply, {} are open."
    assert told.format(len(rows()), *counted.values()) in LIST.read_text("utf-8")
