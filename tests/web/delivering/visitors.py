"""交办 and 实施方案 through the pages, as an office does it."""

from __future__ import annotations

import re

from tests.county import Body
from tests.schemes import fields
from tests.web.house import Person


def shown(page: str, name: str) -> str:
    """What stands in a field of a form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def hand_over(staff: Person) -> str:
    """The letter as it is proposed, with its number; the path of its page."""
    page = staff.get("/projects/handover?year=2027").text
    said = {name: shown(page, name) for name in ("key", "year", "sender", "recipient", "day")}
    text = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert text is not None
    listed = re.findall(r'name="listed" value="([^"]*)"', page)
    answer = staff.post("/projects/handover", number="函〔2027〕3号", text=text[1], listed=listed, **said)
    assert answer.status_code == 303
    return answer.headers["location"].removeprefix(staff.base)


def plan_and_publish(office: Person, body: Body, path: str) -> None:
    """Fill in the whole form, look at the project, publish."""
    version = shown(office.get(f"{path}/plan").text, "version")
    assert office.post(f"{path}/plan", version=version, **fields(body)).status_code == 303
    page = office.get(path).text
    assert "下一步：公布实施方案" in page
    for _ in range(2):
        assert office.post(f"{path}/publish", version=shown(page, "version")).status_code == 303
