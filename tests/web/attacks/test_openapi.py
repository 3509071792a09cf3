"""`piaojue openapi` describes what programs may read, and the answers are what it says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema_rs import validator_for

from tests.web.attacks.target import Target
from tests.web.house import House
from web.cli import main
from web.openapi import FILES, JSON, PARAMETER, document, operations, plain

pytestmark = pytest.mark.xdist_group("attacks")


def test_the_command_prints_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["openapi"])
    assert ended.value.code == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["openapi"] == "3.1.0"
    assert set(printed["paths"]) == {plain(path) for path in FILES}


def test_every_file_is_a_route_and_no_page_of_a_role_is_named(target: Target) -> None:
    assert set(FILES) <= {path for path, _ in operations(target.app)}
    assert not [path for path in FILES if "{link:str}" in path]


def test_open_files_hold_what_the_document_says_and_nothing_more(target: Target) -> None:
    """Every JSON answer, checked with the components; nothing has fields that are not described."""
    made = document(target.app)
    checked = 0
    for path, file in FILES.items():
        if file.media_type != JSON or path.endswith("/ballots"):
            continue
        address = PARAMETER.sub(lambda found: target.ids.get(found[1], "0" * 64), path)
        answer = target.visitor.get(address)
        schema: dict[str, Any] = made["paths"][plain(path)]["get"]["responses"][str(answer.status_code)]
        content = schema["content"]
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in content
        if kind == JSON:
            whole = {**content[JSON]["schema"], "components": made["components"]}
            validator_for(whole).validate(answer.json())
            checked += answer.status_code == 200
            assert "\\\\A" not in answer.text  # a pattern of Python's in a schema for everybody
    assert checked >= 5


def test_the_running_service_shows_no_document_of_its_api(house: House) -> None:
    visitor = house.visitor()
    for path in (
        "/schema",
        "/openapi.json",
        "/docs",
        "/schema/openapi.json",
        "/swagger",
        "/redoc",
        "/metrics",
    ):
        assert visitor.get(path).status_code == 404
