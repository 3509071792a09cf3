"""A function that does what a changed definition says, wherever it has been imported to already."""

from __future__ import annotations
import __future__

import functools
import importlib
import textwrap
from types import FunctionType
from typing import Any

from msgspec import Struct


class Mutant(Struct, frozen=True, kw_only=True):
    """`definition` is the whole changed function, without its decorators, not indented."""

    name: str
    """Module, function and number, and a digest of the definition: the same change has the same name."""
    module: str
    holder: str
    """The class of a method, empty for a function."""
    function: str
    lines: tuple[int, int]
    """First and last line of the statement that was changed; of a signature, those of the function."""
    change: tuple[str, ...]
    """The lines before (`- `) and after (`+ `)."""
    definition: str


def graft(mutant: Mutant) -> None:
    """Replaces the code of the living function, in a process that is thrown away: no file changes."""
    module = importlib.import_module(mutant.module)
    holder = vars(module)[mutant.holder] if mutant.holder else module
    living = plain(vars(holder)[mutant.function])
    made = _made(mutant, dict(vars(module)))
    living.__code__ = made.__code__
    living.__defaults__ = made.__defaults__
    living.__kwdefaults__ = made.__kwdefaults__


def plain(found: Any) -> FunctionType:
    """The function below its decorators."""
    while not isinstance(found, FunctionType) or hasattr(found, "__wrapped__"):
        if isinstance(found, property):
            found = found.fget
        elif isinstance(found, functools.cached_property):
            found = found.func
        elif isinstance(found, classmethod | staticmethod):
            found = found.__func__
        else:
            found = found.__wrapped__
    return found


def _made(mutant: Mutant, names: dict[str, Any]) -> FunctionType:
    text = mutant.definition
    if mutant.holder:
        text = f"class {mutant.holder}:\n{textwrap.indent(text, '    ')}"
    flags = __future__.annotations.compiler_flag
    code = compile(text, f"<{mutant.name}>", "exec", flags=flags, dont_inherit=True)
    exec(code, names)  # noqa: S102 - the changed text of our own function
    made = vars(names[mutant.holder])[mutant.function] if mutant.holder else names[mutant.function]
    assert isinstance(made, FunctionType)
    return made
