"""What a sceptic and a proxy ask this server about itself."""

from __future__ import annotations

import re

from sqlalchemy import text

from tests.web.house import House


def test_a_second_device_sees_the_hashes_that_the_ballots_page_demands(house: House) -> None:
    shown = house.visitor().get("/scripts").text
    code = house.hall.session.code
    demanded = re.findall(r'integrity="(sha[0-9]+-[^"]+)"', house.visitor().get(f"/v/{code}").text)
    scripts = [one for one in demanded if one in shown]
    assert scripts, "no script of the ballot's page stands on the page of hashes"
    served = house.app.state.house.assets.client_hashes()
    assert all(name in shown and integrity in shown for name, integrity in served)
    assert house.hall.signer.public_hex in shown


def test_it_says_what_the_hashes_do_not_prove(house: House) -> None:
    assert "不能说明" in house.visitor().get("/scripts").text


def test_a_proxy_learns_that_the_service_answers_and_nothing_else(house: House) -> None:
    answers = [house.visitor().get(path) for path in ("/health", "/ready")]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "ok\n")] * 2
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_without_its_database_the_service_is_not_ready(house: House) -> None:
    with house.store.write() as tx:
        tx.rounds._connection.execute(text("ALTER TABLE congress RENAME TO hidden"))
    try:
        answer = house.visitor().get("/ready")
        assert (answer.status_code, "ok" in answer.text) == (503, False)
        assert house.visitor().get("/health").status_code == 200
    finally:
        with house.store.write() as tx:
            tx.rounds._connection.execute(text("ALTER TABLE hidden RENAME TO congress"))
