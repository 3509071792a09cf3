"""What every answer carries, whoever asks for whatever."""

import pytest

from tests.web.house import House, MakeHouse

PATHS = ("/", "/r/unknown", "/hall/unknown", "/api/v/unknown", "/enter/wrong", "/nowhere", "/verify.pyz")
EXPECTED = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@pytest.mark.parametrize("path", PATHS)
def test_security_headers_are_on_every_answer_also_errors_and_files(house: House, path: str) -> None:
    answer = house.visitor().get(path)
    assert {name: answer.headers[name] for name in EXPECTED} == EXPECTED


def test_over_https_the_browser_is_told_to_stay_there(open_house: MakeHouse) -> None:
    answer = open_house(url="https://vote.example.cn").visitor().get("/")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_over_http_on_this_machine_it_is_not(house: House) -> None:
    assert "strict-transport-security" not in house.visitor().get("/").headers


def test_what_is_not_known_to_be_public_is_not_kept(house: House) -> None:
    for path in ("/", "/hall/unknown", "/enter/wrong"):
        assert house.visitor().get(path).headers["cache-control"] == "no-store"


def test_pages_hold_no_script_or_style_of_their_own(open_house: MakeHouse) -> None:
    """The policy would block them; a page that needs one is broken."""
    house = open_house(state="published")
    staff = house.enter("staff")
    visitor = house.visitor()
    texts = [visitor.get(path).text for path in ("/", f"/r/{house.id}", f"/hall/{house.hall.session.code}")]
    texts += [staff.get(path).text for path in ("", "/trial", f"/rounds/{house.id}")]
    for text in texts:
        assert "style=" not in text
        assert "<style" not in text
        assert "onclick" not in text
        assert "<script>" not in text


def test_only_one_script_may_stand_before_the_network_and_only_below_the_hall(house: House) -> None:
    visitor, assets = house.visitor(), house.app.state.house.assets
    allowed = {
        one.name: scope
        for one in assets.scripts()
        if (scope := visitor.get(one.path).headers.get("service-worker-allowed")) is not None
    }
    assert allowed == {"hall_worker.js": "/hall/"}
