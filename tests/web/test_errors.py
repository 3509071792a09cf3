"""One table from error to answer: complete, in words, and silent about persons."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

import ballots
import voting
from ballots.errors import BallotError
from tests.web.house import House
from voting import drafting
from voting.errors import VotingError
from web.error_table import TABLE
from web.errors import answer_to, is_api
from web.refusals import WebError

NOT_PUBLIC = re.compile("Traceback|Error|sqlalchemy|litestar", re.IGNORECASE)


def _all_below(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all_below(below)


def _import_everything() -> None:
    for package in (voting, ballots):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                importlib.import_module(module.name)


@pytest.mark.parametrize("root", [VotingError, BallotError, WebError])
def test_every_error_has_a_row_of_its_own(root: type[Exception]) -> None:
    _import_everything()
    missing = [kind for kind in _all_below(root) if kind not in TABLE and kind.__module__.startswith(ROOMS)]
    assert missing == []


ROOMS = ("voting", "ballots", "web")


def test_every_row_refuses_and_no_kind_means_two_things() -> None:
    for kind, answer in TABLE.items():
        assert 400 <= answer.status < 600, kind
    kinds = [(answer.kind, answer.status) for answer in TABLE.values()]
    assert len({kind for kind, _ in kinds}) == len(set(kinds))


@pytest.mark.parametrize("kind", [kind for kind in TABLE if hasattr(kind, "sentence")])
def test_every_class_says_in_chinese_what_is_wrong(kind: type[WebError]) -> None:
    assert re.match("[\u4e00-\u9fff]{2}.*。", kind.sentence)


def test_an_error_without_a_row_gets_that_of_the_class_above_it() -> None:
    class Later(drafting.TitleTaken):
        """Somebody will add one some day."""

    assert answer_to(Later()) == TABLE[drafting.TitleTaken]


def test_programs_get_json_and_people_a_page(house: House) -> None:
    visitor = house.visitor()
    program, person = visitor.get("/api/v/unknown1"), visitor.get("/hall/unknown1")
    assert program.json() == {"error": "not_found", "sentence": "没有找到您要看的内容。请核对网址或链接。"}
    assert person.headers["content-type"].startswith("text/html")
    assert "没有找到您要看的内容" in person.text
    assert program.status_code == person.status_code == 404


@pytest.mark.parametrize(
    ("path", "api"),
    [
        ("/api/v/abc", True),
        ("/scrutineer/1/api", True),
        ("/scrutineer/1/api/2/key", True),
        ("/scrutineer/1", False),
        ("/scrutineer/api", False),
        ("/", False),
        ("/apis", False),
    ],
)
def test_an_api_is_known_by_its_address(path: str, *, api: bool) -> None:
    assert is_api(path) is api


def test_an_address_that_is_nowhere_is_a_page_in_chinese(house: House) -> None:
    answer = house.visitor().get("/wp-login.php")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert not NOT_PUBLIC.search(answer.text)


def test_what_nobody_foresaw_gives_a_number_and_logs_no_person(house: House) -> None:
    person = house.enter("staff")
    house.store.close()  # the next question meets a database that has gone away
    house.file.unlink()
    with capture_logs() as logs:
        answer = person.get(f"/rounds/{house.id}")
    assert answer.status_code == 500
    number = re.search("事件编号 ([0-9A-F]{8})", answer.text)
    assert number
    assert not NOT_PUBLIC.search(answer.text)
    (record,) = logs
    assert record["incident"] == number[1]
    assert record["route"] == "/staff/{link}/rounds/{round_id}"
    said = str(record)
    assert not any(secret in said for secret in (house.id, "刘科长", person.base, "testclient"))


def test_an_incident_of_an_api_is_json_too(house: House) -> None:
    visitor = house.visitor()
    house.store.close()
    house.file.unlink()
    with capture_logs():
        answer = visitor.get(f"/api/v/{house.hall.session.code}")
    assert answer.status_code == 500
    assert answer.json()["error"] == "incident"
