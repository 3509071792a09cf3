"""`/`, `/r/{round}` and `/r/{round}/technical`: for everybody, after 公布, as far as the rules publish it."""

import re
from datetime import date

import pytest
from msgspec.structs import replace

from tests.people import SELECT, STANCES, STATES
from tests.web.house import House, MakeHouse
from voting import publishing
from voting.cycle import State
from voting.rules import Extent


def published(open_house: MakeHouse, extent: Extent = "with_archive") -> House:
    """Four deputies mark 1 and 2, one marks 3, one abstains: 1 and 2 are chosen with four votes each."""
    house = open_house(replace(SELECT, publish=extent), state="open")
    for card in range(4):
        house.hall.cast(card, 1, 2)
    house.hall.cast(4, 3)
    house.hall.cast(5)
    house.hall.reach("published")
    return house


def page(house: House, path: str = "") -> str:
    answer = house.visitor().get(f"/r/{house.id}{path}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


@pytest.mark.parametrize("state", [state for state in STATES if state != "published"])
@pytest.mark.parametrize("path", ["", "/technical", "/archive.bel", "/round.json"])
def test_before_publishing_there_is_nothing(open_house: MakeHouse, state: str, path: str) -> None:
    house = open_house(state=next(one for one in STATES if one == state))
    answer = house.visitor().get(f"/r/{house.id}{path}")
    assert answer.status_code == 404
    assert "尚未公布" in answer.text
    assert house.hall.round.title not in answer.text


@pytest.mark.parametrize("state", ["drafted", "announced"])
def test_a_round_that_does_not_exist_looks_like_one_that_is_not_published(
    open_house: MakeHouse, state: State
) -> None:
    house = open_house(state=state)
    visitor = house.visitor()
    unknown, early = visitor.get(f"/r/{'0' * 32}"), visitor.get(f"/r/{house.id}")
    assert (unknown.status_code, unknown.text) == (early.status_code, early.text)


@pytest.mark.parametrize("round_id", ["1", "x" * 3000, "%e4%bd%a0", "a%00b", "%2e%2e"])
def test_a_malformed_id_leads_nowhere(house: House, round_id: str) -> None:
    assert house.visitor().get(f"/r/{round_id}").status_code == 404


def test_the_list_is_empty_until_something_is_published(open_house: MakeHouse) -> None:
    house = open_house(state="announced")
    visitor = house.visitor()
    before = visitor.get("/").text
    house.hall.reach("published")
    after = visitor.get("/").text
    assert "还没有公布的结果" in before
    assert f'href="/r/{house.id}"' in after
    assert "2026年1月26日公布 · 公告第5号" in after


def test_with_votes_the_page_says_how_many_and_why(open_house: MakeHouse) -> None:
    text = page(published(open_house, "list_and_votes"))
    assert text.count('<tr class="chosen">') == 2
    assert "得赞成票4票，超过全体代表半数" in text
    assert text.count('class="bar"') == 3
    assert "有效票6张" in text


def test_the_bars_are_drawn_to_the_ballots_that_came_back(open_house: MakeHouse) -> None:
    drawn = re.findall(r'width="([\d.]+)" height="10" fill="#(?:9a1b1e|857a75)"', page(published(open_house)))
    assert [round(float(width), 1) for width in drawn] == [66.7, 66.7, 16.7]


def test_the_list_alone_gives_no_figure_away(open_house: MakeHouse) -> None:
    house = published(open_house, "list")
    text = page(house)
    assert text.count('<tr class="chosen">') == 2
    assert 'class="bar"' not in text
    assert not re.search(r"得赞成票\d|得票并?列?第\d|有效票\d|收回\d", text)


@pytest.mark.parametrize("extent", ["list", "list_and_votes"])
def test_the_record_is_offered_only_where_the_rules_publish_it(open_house: MakeHouse, extent: Extent) -> None:
    house = published(open_house, extent)
    assert "票箱记录不对外公布" in page(house)
    for name in ("archive.bel", "round.json"):
        answer = house.visitor().get(f"/r/{house.id}/{name}")
        assert answer.status_code == 403
        assert "按本轮的办法" in answer.text


def test_the_head_of_the_record_is_published_in_any_case(open_house: MakeHouse) -> None:
    house = published(open_house, "list")
    shown = publishing.public_result(house.store, house.id)
    assert shown.archive_head[:4] + "</span>" in page(house, "/technical")
    assert (shown.round.closing_head or "")[:4] + "</span>" in page(house, "/technical")


def test_for_and_against_has_three_figures_for_each(open_house: MakeHouse) -> None:
    house = open_house(STANCES, state="open")
    house.hall.cast(0, 1)
    house.hall.reach("published")
    assert "反对</th>" in page(house)


def test_words_of_the_trade_stand_on_the_technical_page_only(open_house: MakeHouse) -> None:
    house = published(open_house)
    jargon = re.compile("哈希|指纹|Belenios|SHA|hash|Ed25519|uuid", re.IGNORECASE)
    text = re.sub(r'integrity="[^"]*"', "", page(house))
    assert not jargon.search(text)
    assert jargon.search(page(house, "/technical"))


def test_the_page_has_no_script_and_prints_its_address(open_house: MakeHouse) -> None:
    house = published(open_house)
    assert "<script" not in page(house)
    assert f"{house.settings.url}/r/{house.id}" in page(house)


def test_a_tracker_is_found_and_nothing_is_said_about_the_choice(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    tracker = house.hall.cast(0, 1).tracker
    house.hall.reach("published")
    for typed in (tracker, tracker[:12], f"  {tracker[:20]} {tracker[20:]} "):
        answer = house.visitor().post(f"/r/{house.id}", data={"tracker": typed})
        assert answer.status_code == 200
        assert "在票箱记录里" in answer.text
        assert "看不出投了什么" in answer.text


def test_an_unknown_tracker_is_told_so_and_what_to_do(open_house: MakeHouse) -> None:
    house = published(open_house)
    answer = house.visitor().post(f"/r/{house.id}", data={"tracker": "A" * 43})
    assert answer.status_code == 200
    assert "没有查到" in answer.text


@pytest.mark.parametrize(
    "typed", ["", "abc", "x" * 10_000, "a\0bcdefghijklm", "农村公路改造农村公路改造", "<script>"]
)
def test_what_is_no_tracker_is_kept_in_the_field_beside_its_sentence(
    open_house: MakeHouse, typed: str
) -> None:
    house = published(open_house)
    answer = house.visitor().post(f"/r/{house.id}", data={"tracker": typed})
    assert answer.status_code == 422
    assert "回执号写法不对" in answer.text
    assert "<script>" not in answer.text


def test_a_tracker_is_not_looked_up_before_publishing(open_house: MakeHouse) -> None:
    house = open_house(state="announced")
    answer = house.visitor().post(f"/r/{house.id}", data={"tracker": "A" * 43})
    assert answer.status_code == 404


def test_a_published_page_stays_as_it_is_and_may_be_kept_a_minute(open_house: MakeHouse) -> None:
    house = published(open_house)
    visitor = house.visitor()
    first, second = visitor.get(f"/r/{house.id}"), visitor.get(f"/r/{house.id}")
    assert first.text == second.text
    assert first.headers["cache-control"] == "public, max-age=60"


def test_publication_shows_number_date_and_approval(open_house: MakeHouse) -> None:
    house = open_house(state="announced")
    publishing.publish(
        house.store,
        house.hall.staff,
        house.id,
        "〔2026〕第7号",
        date(2026, 2, 3),
        "主席团第三次会议同意",
        house.hall.now(),
    )
    assert "2026年2月3日公布 · 公告〔2026〕第7号 · 主席团第三次会议同意" in page(house)


@pytest.mark.parametrize(
    "path", ["/", "/r/x/technical", "/r/x/archive.bel", "/r/x/round.json", "/verify.pyz"]
)
def test_these_pages_are_only_looked_at(house: House, path: str) -> None:
    assert house.visitor().post(path).status_code == 405
