"""The pages on which two suggestions are compared and merged, and what stands beside one: similar ones."""

from __future__ import annotations

import pytest

from tests.county import County
from tests.web.house import House, Person
from voting.suggestions import Suggestion

TEXT = "东河村二组没有路灯，老人晚上不敢出门。"


@pytest.fixture
def county(house: House) -> County:
    return house.county


@pytest.fixture
def clerk(house: House) -> Person:
    return house.enter_as(house.county.staff)


@pytest.fixture
def pair(county: County) -> tuple[Suggestion, Suggestion]:
    """Two that ask for the same, among others."""
    titles = ("东河村二组路灯", "东河村二组安装路灯", "修建公厕", "增加客车班次", "开办幼儿园")
    many = [county.suggest(title, text=TEXT if n < 2 else title) for n, title in enumerate(titles)]
    with county.store.write() as tx:
        tx.words.bulk_put(many)
    return many[0], many[1]


def seen(county: County, one: Suggestion) -> Suggestion:
    with county.store.read() as tx:
        return tx.suggestions.get(county.staff, one.id)


def test_similar_ones_stand_beside_a_suggestion(clerk: Person, pair: tuple[Suggestion, Suggestion]) -> None:
    one, other = pair
    page = clerk.get(f"/suggestions/{one.id}").text
    assert "很像" in page
    assert f"/suggestions/{one.id}/merge?main={other.label}" in page
    assert "<mark>路灯</mark>" in page


def test_both_stand_beside_each_other_before_they_are_merged(
    clerk: Person, county: County, pair: tuple[Suggestion, Suggestion]
) -> None:
    one, main = pair
    page = clerk.get(f"/suggestions/{one.id}/merge?main={main.label}").text
    assert page.count(TEXT) == 2
    answer = clerk.post(f"/suggestions/{one.id}/merge", main=main.label)
    assert answer.headers["location"].endswith(f"/suggestions/{main.id}")
    assert seen(county, one).merged_into == main.id
    again = clerk.post(f"/suggestions/{one.id}/merge", main=main.label)
    assert again.status_code == 303
    assert f"已并入 {main.label}" in clerk.get(f"/suggestions/{one.id}").text.replace(
        f'<a href="{clerk.base}/suggestions/{main.id}">', ""
    )


def test_the_log_says_the_number_of_what_it_was_merged_into(
    clerk: Person, county: County, house: House, pair: tuple[Suggestion, Suggestion]
) -> None:
    one, main = pair
    clerk.post(f"/suggestions/{one.id}/merge", main=main.label)
    log = house.enter_as(county.presidium)
    assert f"并入：<strong>{main.label}</strong>" in log.get("/audit").text
    assert f"→ {main.label}" in log.get("/audit.csv").text


def test_taken_out_again_it_stands_for_itself(
    clerk: Person, county: County, pair: tuple[Suggestion, Suggestion]
) -> None:
    one, main = pair
    clerk.post(f"/suggestions/{one.id}/merge", main=main.label)
    assert clerk.post(f"/suggestions/{one.id}/unmerge").status_code == 303
    assert seen(county, one) == one
    assert clerk.post(f"/suggestions/{one.id}/unmerge").status_code == 409


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写完整的编号"),
        ("路灯", "请填写完整的编号"),
        ("2027-99999", "没有找到这个编号"),
        ("<script>", "请填写完整的编号"),
        ("9" * 10_000, "请填写完整的编号"),
    ],
)
def test_a_number_that_is_none_is_told_beside_its_field(
    clerk: Person, county: County, pair: tuple[Suggestion, Suggestion], typed: str, sentence: str
) -> None:
    answer = clerk.post(f"/suggestions/{pair[0].id}/merge", main=typed)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert "<script>" not in answer.text
    assert seen(county, pair[0]) == pair[0]


def test_the_number_of_another_congress_is_no_number(
    house: House, county: County, pair: tuple[Suggestion, Suggestion]
) -> None:
    theirs = county.town.suggest("镇里的")
    town = house.enter_as(county.town.staff)
    assert town.get(f"/suggestions/{pair[0].id}/merge").status_code == 404
    assert town.post(f"/suggestions/{pair[0].id}/merge", main=theirs.label).status_code == 404
    assert town.post(f"/suggestions/{pair[0].id}/unmerge").status_code == 404


def test_the_presidium_sees_similar_ones_and_merges_nothing(
    house: House, county: County, pair: tuple[Suggestion, Suggestion]
) -> None:
    presidium = house.enter_as(county.presidium)
    page = presidium.get(f"/suggestions/{pair[0].id}").text
    assert "相似的" in page
    assert "/merge" not in page
    assert presidium.post(f"/suggestions/{pair[0].id}/merge", main=pair[1].label).status_code == 404
