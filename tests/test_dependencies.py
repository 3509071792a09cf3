"""Known weaknesses of libraries are found in what both programs report; none is passed over in silence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests import dependencies
from tests.dependencies import (
    Accepted,
    Report,
    Weakness,
    known,
    main,
    of_npm_audit,
    of_pip_audit,
    unexplained,
)

TODAY = date(2026, 11, 22)
PIP = {
    "dependencies": [
        {"name": "jinja2", "version": "2.4.1", "vulns": [
            {"id": "PYSEC-2021-66", "aliases": ["CVE-2020-28493"], "fix_versions": ["2.11.3"]},
        ]},
        {"name": "msgspec", "version": "0.22.0", "vulns": []},
        {"name": "own", "skip_reason": "not found"},
    ],
    "fixes": [],
}  # fmt: skip
NPM = {
    "auditReportVersion": 2,
    "vulnerabilities": {
        "minimist": {"name": "minimist", "via": [
            {"source": 1, "name": "minimist", "url": "https://example.org/advisories/GHSA-xvch-5gv4-984h"},
        ]},
        "mkdirp": {"name": "mkdirp", "via": ["minimist"]},
    },
    "metadata": {"dependencies": {"prod": 4, "dev": 3, "total": 7}},
}  # fmt: skip


def accepted(weakness: str = "CVE-2020-28493", until: date = TODAY) -> Accepted:
    return Accepted(package="jinja2", id=weakness, reason="模板都是我们自己的", until=until)


def test_both_reports_are_read() -> None:
    assert of_pip_audit(json.dumps(PIP)) == Report(
        (Weakness("jinja2", "PYSEC-2021-66", ("CVE-2020-28493",), "2.11.3"),), 2, 1
    )
    assert of_npm_audit(json.dumps(NPM)) == Report((Weakness("minimist", "GHSA-xvch-5gv4-984h"),), 7)


@pytest.mark.parametrize("said", ["", "Traceback …", "[]", "null", '{"message": "405", "statusCode": 405}'])
def test_a_service_that_says_nothing_has_looked_nothing_up(said: str) -> None:
    assert of_pip_audit(said) == of_npm_audit(said) == Report()


def test_a_known_weakness_fails_until_somebody_has_explained_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "known.toml"
    monkeypatch.setattr(dependencies, "ACCEPTED", file)
    monkeypatch.setattr(dependencies, "known", lambda: known(file))
    file.write_text("")
    found = {"pip-audit": of_pip_audit(json.dumps(PIP))}
    assert main(TODAY, found) == 1
    assert "KNOWN WEAKNESS  jinja2: PYSEC-2021-66, mended in 2.11.3" in capsys.readouterr().out
    entry = 'package = "jinja2"\nid = "PYSEC-2021-66"\nreason = "模板都是我们自己的"\nuntil = 2026-12-31\n'
    file.write_text(f"[[accepted]]\n{entry}", encoding="utf-8")
    assert main(TODAY, found) == 0
    assert main(date(2027, 1, 1), found) == 1


def test_what_was_explained_counts_by_any_of_its_numbers_until_its_day() -> None:
    (found,) = of_pip_audit(json.dumps(PIP)).weaknesses
    assert unexplained([found], [accepted()], TODAY) == []
    assert unexplained([found], [accepted(until=date(2026, 11, 21))], TODAY) == [found]
    assert unexplained([found], [accepted("CVE-2020-1")], TODAY) == [found]


def test_where_nothing_can_be_looked_up_it_is_said_and_nothing_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(TODAY, {"pip-audit": Report(), "npm audit": Report((), 7)}) == 0
    said = capsys.readouterr().out
    assert "NOT LOOKED UP  pip-audit" in said
    assert "npm audit: 7 packages looked up" in said


def test_the_file_of_what_was_explained_can_be_read() -> None:
    assert all(one.reason for one in known())
