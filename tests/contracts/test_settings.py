"""Contract of `tx.settings`: what was set stays, and the log says what changed."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import Struct
from sqlalchemy import create_engine, text

from tests.contracts.cases import case
from tests.county import FIRST_DAY, County
from voting.actors import NotFound, system
from voting.congress_settings import PublicSettings
from voting.store.engine import parse_url


class Days(Struct, frozen=True, kw_only=True, tag="days_of_a_test"):
    """Settings of some other subject."""

    reply: int = 90
    names: tuple[str, ...] = ()


def logged(url: str, congress: str) -> list[tuple[object, object, object]]:
    """(what, before, after) of every row of the congress's log."""
    query = text("SELECT what, before, after FROM audit WHERE congress = :c ORDER BY at")
    with create_engine(parse_url(url)).connect() as connection:
        rows = connection.execute(query, {"c": congress}).all()
    connection.engine.dispose()
    return [(what, msgspec.json.decode(old), msgspec.json.decode(new)) for what, old, new in rows]


@case("settings.get")
def test_what_was_never_set_has_its_default(county: County) -> None:
    with county.store.read() as tx:
        assert tx.settings.get(county.congress.id, PublicSettings) == PublicSettings()
        assert tx.settings.get("f" * 32, Days) == Days()


@case("settings.put", "settings.get")
def test_what_was_set_is_found_in_its_own_congress_only(county: County) -> None:
    wanted = Days(reply=30, names=("预警", "催办"))
    with county.store.write() as tx:
        tx.settings.put(county.staff, Days(reply=60), FIRST_DAY)
    with county.store.write() as tx:
        tx.settings.put(county.staff, wanted, FIRST_DAY)
    with county.store.read() as tx:
        assert tx.settings.get(county.congress.id, Days) == wanted
        assert tx.settings.get(county.congress.id, PublicSettings) == PublicSettings()
        assert tx.settings.get(county.town.congress.id, Days) == Days()


@case("settings.put")
def test_the_log_holds_the_fields_that_changed_and_no_other(county: County, database_url: str) -> None:
    for value in (Days(reply=60), Days(reply=60), Days(reply=60, names=("预警",))):
        with county.store.write() as tx:
            tx.settings.put(county.staff, value, county.now())
    assert logged(database_url, county.congress.id) == [
        ("change_settings", {"reply": 90}, {"reply": 60}),
        ("change_settings", {"names": []}, {"names": ["预警"]}),
    ]


@case("settings.put")
def test_a_congress_that_is_not_there_keeps_nothing(county: County) -> None:
    with pytest.raises(NotFound), county.store.write() as tx:
        tx.settings.put(system("f" * 32), Days(), FIRST_DAY)


@case("settings.get")
def test_a_struct_without_a_tag_is_a_mistake_in_the_program(county: County) -> None:
    class Nameless(Struct, frozen=True):
        reply: int = 90

    with pytest.raises(TypeError, match="Nameless"), county.store.read() as tx:
        tx.settings.get(county.congress.id, Nameless)
