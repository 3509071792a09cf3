"""Whatever is written into the log of changes has words of its own for the presidium."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.parts import ROOT
from voting.change_names import (
    SUBJECTS,
    WHATS,
    field_name,
    subject_name,
    value_words,
    what_name,
    whats_called,
)
from voting.lists.kinds import KINDS

_DEED = re.compile(r"[a-z][a-z_]*")


def _trees() -> list[ast.Module]:
    return [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "voting").rglob("*.py")]


def _places(trees: list[ast.Module]) -> dict[str, set[int]]:
    """For each function that takes `what` was done and when: where it stands, `self` not counted."""
    found: dict[str, set[int]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in node.args.args if one.arg != "self"]
                if "what" in names and {"at", "now"} & set(names):
                    found.setdefault(node.name, set()).add(names.index("what"))
    return found


def _deeds() -> Iterator[str]:
    """The deeds that the program can write, as far as they stand there as words."""
    trees = _trees()
    places = _places(trees)
    for tree in trees:
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            given = [call.args[at] for at in places.get(name, ()) if at < len(call.args)]
            given += [one.value for one in call.keywords if one.arg == "what"]
            said = [leaf for one in given for leaf in (one, *_either(one)) if isinstance(leaf, ast.Constant)]
            yield from (
                one.value for one in said if isinstance(one.value, str) and _DEED.fullmatch(one.value)
            )


def _either(given: ast.expr) -> tuple[ast.expr, ...]:
    """Both of `a if … else b`."""
    return (given.body, given.orelse) if isinstance(given, ast.IfExp) else ()


def test_every_deed_that_is_written_has_words() -> None:
    named = {key.rpartition(".")[2] for key in WHATS}
    named |= {"change"} if "round.change" in WHATS else set()
    found = set(_deeds())
    assert {"adopt", "change_settings", "receive", "issue_link"} <= found
    assert found - named == set()


def test_every_change_of_a_list_has_words() -> None:
    for kind in KINDS.values():
        assert kind.table in SUBJECTS
        for verb in ("add", "change", "end", "return"):
            assert f"{verb}_{kind.table}" in WHATS


def test_the_same_word_for_two_things_is_told_apart() -> None:
    assert what_name("suggestion", "accept") != what_name("handling", "accept")
    assert set(whats_called(what_name("handling", "accept"))) == {"accept"}


def test_what_has_no_words_is_shown_as_it_is() -> None:
    assert (what_name("x", "y"), subject_name("x"), field_name("x")) == ("y", "x", "x")


def test_values_read_as_a_person_says_them() -> None:
    values = [None, "", False, ["东河村", "西山村"], [], {"name": "甲"}, 3]
    said = ["（空）", "（空）", "否", "东河村、西山村", "（空）", "名称 甲", "3"]
    assert [value_words("x", one) for one in values] == said
    coded = [("kind", "station"), ("kind", "clue"), ("state", "closed"), ("role", "unit"), ("state", "x")]
    assert [value_words(*one) for one in coded] == ["站", "民生实事线索", "已办结", "承办单位", "x"]
    moments = ["2026-12-07", "2026-11-22T21:36:12.394630Z", "2026-13-45", "2026-12-07的会"]
    said = ["2026年12月7日", "2026年11月23日05:36", "2026-13-45", "2026-12-07的会"]
    assert [value_words("x", one) for one in moments] == said
