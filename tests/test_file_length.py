"""Nothing grows until nobody can read it: files, functions and suppressed warnings are counted."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.sources import sources

_LINES_OF_A_FILE: Final = 400
_LINES_OF_A_FUNCTION: Final = 60
_SUPPRESSION: Final = re.compile(
    r"# noqa|# type: ignore|# pragma: no cover|@ts-|(?:eslint|prettier)-(?:disable|ignore)"
)
# The code where there is one, and the reason, on the same line; examples in the last test.
_REASONED: Final = re.compile(
    r"# noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+[#–—-]+ \S.{7}|# type: ignore\[[a-z-]+\]\s+[#–—-]+ \S.{7}"
    r"|(?:# pragma: no cover|@ts-expect-error)\s+[#–—-]+ \S.{7}"
)
_OPENS_A_FUNCTION: Final = re.compile(
    r"^(\s*)(?:.*\bfunction\b.*|.*=>\s*|(?:\w+ )*\w+\(.*\)(?:: .+)?\s*|\).*)\{$"
)


def _python_functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{file}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def _typescript_functions(file: Path) -> Iterator[tuple[str, int]]:
    """By indentation: a function ends at the first closing brace as far left as its first line."""
    lines = file.read_text().splitlines()
    for start, line in enumerate(lines):
        opening = _OPENS_A_FUNCTION.match(line)
        if opening:
            closing = opening[1] + "}"
            length = next((n for n, later in enumerate(lines[start:], 1) if later.startswith(closing)), 0)
            yield f"{file}:{start + 1}", length


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    files = sources("py", "ts", "css", "html", "typ", "js", "mjs")
    assert files
    lengths = {str(file): file.read_text().count("\n") for file in files}
    assert {file: lines for file, lines in lengths.items() if lines > _LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    functions = dict(found for file in sources("py") for found in _python_functions(file))
    functions |= dict(found for file in sources("ts") for found in _typescript_functions(file))
    assert functions
    assert {name: lines for name, lines in functions.items() if lines > _LINES_OF_A_FUNCTION} == {}


def test_a_long_typescript_function_would_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "long.ts"
    body = "  if (x) {\n    y();\n  }\n" * 25
    file.write_text(f"export async function seal(x: boolean): Promise<void> {{\n{body}}}\nconst one = 1;\n")
    assert next(_typescript_functions(file)) == (f"{file}:1", 77)


def _suppressions() -> list[str]:
    lines = (
        (file, number, line)
        for file in sources("py", "ts")
        if file.name != Path(__file__).name
        for number, line in enumerate(file.read_text().splitlines(), 1)
    )
    return [f"{file}:{number}: {line.strip()}" for file, number, line in lines if _SUPPRESSION.search(line)]


def test_every_suppressed_warning_has_its_code_and_a_reason_on_the_line() -> None:
    assert [line for line in _suppressions() if not _REASONED.search(line)] == []


def test_at_most_one_warning_in_a_thousand_lines_is_suppressed() -> None:
    lines = sum(file.read_text().count("\n") for file in sources("py", "ts"))
    assert len(_suppressions()) <= lines / 1000, _suppressions()


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        ("x = f()  # noqa: S603 - the command is fixed above", True),
        ("x = f()  # noqa: S603, S607  # both are fixed above", True),
        ("x = f()  # noqa: S603", False),
        ("x = f()  # noqa", False),
        ("x = f()  # type: ignore[arg-type]  # the stub is wrong", True),
        ("x = f()  # type: ignore  # the stub is wrong", False),
    ],
)
def test_a_suppression_without_code_or_reason_would_be_seen(line: str, *, accepted: bool) -> None:
    assert bool(_REASONED.search(line)) is accepted
