"""What a sceptic and a proxy ask this server about itself."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha384
from pathlib import Path

from sqlalchemy import text

from tests.web.house import House
from web.assets import FOLDER


def test_a_second_device_sees_the_hashes_that_the_ballots_page_demands(house: House) -> None:
    shown = house.visitor().get("/scripts").text
    code = house.hall.session.code
    demanded = re.findall(r'integrity="(sha[0-9]+-[^"]+)"', house.visitor().get(f"/v/{code}").text)
    scripts = [one for one in demanded if one in shown]
    assert scripts, "no script of the ballot's page stands on the page of hashes"
    served = house.app.state.house.assets.client_hashes()
    assert all(name in shown and integrity in shown for name, integrity in served)
    assert house.hall.signer.public_hex in shown


def test_the_hashes_are_those_of_the_bytes_that_are_served(house: House) -> None:
    visitor = house.visitor()
    shown = visitor.get("/scripts").text
    listed = dict(
        re.findall(r'href="(/static/[^"]+\.js)">[^<]+</a></dt><dd class="code">(sha384-[^<]+)<', shown)
    )
    served = {path: visitor.get(path).content for path in listed}
    assert listed == {
        path: "sha384-" + b64encode(sha384(body).digest()).decode() for path, body in served.items()
    }
    built = {file.name for file in (FOLDER / "client").glob("*.js")}
    assert built == {Path(path).name for path in listed if "/client/" in path}


def test_every_script_of_every_page_for_votes_stands_on_it(house: House) -> None:
    """Nothing but these runs there: the policy forbids what stands in the page itself."""
    visitor, code = house.visitor(), house.hall.session.code
    listed = visitor.get("/scripts").text
    press = house.enter("staff").get(f"/sessions/{house.hall.session.id}/press")
    pages = [visitor.get(path) for path in (f"/v/{code}", f"/v/{code}/tablet", f"/hall/{code}")]
    for page in (*pages, house.enter("scrutineer").get(), press):
        scripts = re.findall(r'<script[^>]*src="([^"]+)" integrity="([^"]+)"></script>', page.text)
        assert scripts, page.url
        assert len(scripts) == page.text.count("<script")
        assert all(path in listed and integrity in listed for path, integrity in scripts)
        assert "script-src 'self';" in page.headers["content-security-policy"]


def test_it_says_what_the_hashes_do_not_prove(house: House) -> None:
    shown = house.visitor().get("/scripts").text
    assert "不能说明" in shown
    assert "只给一部手机换的，只有查看那部手机才能发现" in shown


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
