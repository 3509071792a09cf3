"""Small faults in one function: mutmut's operators applied to its syntax tree, kept as text in memory.

Every function and method is taken, decorated ones too: nothing is copied into a module here, so the reasons
for which mutmut leaves those out do not apply. What stands outside functions (tables, types) is not changed.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import Mutation, MutationVisitor, deep_replace
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

from tests.mutations.grafting import Mutant

_NOTHING_IGNORED: Final = IgnoredCode(set(), set(), set())


def source_of(module: str) -> Path:
    """The file of a module that need not be imported yet."""
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        raise SystemExit(f"没有模块 {module}")
    return Path(found.origin)


def mutants_of(module: str) -> list[Mutant]:
    """All of a module's mutants that compile and differ, in the order of the text."""
    text = source_of(module).read_text("utf-8")
    wrapper = MetadataWrapper(cst.parse_module(text))
    visitor = _EveryFunction(mutation_operators, _NOTHING_IGNORED)
    tree = wrapper.visit(visitor)
    places = wrapper.resolve(PositionProvider)
    holders, statements = dict(_functions(tree)), _statements(text)
    seen, found = set[str](), list[Mutant]()
    for mutation in visitor.mutations:
        function = mutation.contained_by_top_level_function
        if function not in holders:
            continue
        before, after = _definition(tree, function), _definition(tree, _changed(function, mutation))
        key = f"{holders[function]}.{after}"
        if after == before or key in seen or not _compiles(after):
            continue
        seen.add(key)
        line = places[mutation.original_node].start.line
        found.append(
            Mutant(
                name=_name(module, holders[function], function, len(found) + 1, after),
                module=module,
                holder=holders[function],
                function=function.name.value,
                lines=_statement_around(statements, line),
                change=_difference(before, after),
                definition=after,
            )
        )
    return found


class _EveryFunction(MutationVisitor):
    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef):
            node = node.with_changes(decorators=())
        return super()._skip_node_and_children(node)


def _functions(tree: cst.Module) -> Iterator[tuple[cst.FunctionDef, str]]:
    for node in tree.body:
        if isinstance(node, cst.FunctionDef):
            yield node, ""
        elif isinstance(node, cst.ClassDef):
            for method in node.body.body:
                if isinstance(method, cst.FunctionDef):
                    yield method, node.name.value


def _changed(function: cst.FunctionDef, mutation: Mutation) -> cst.FunctionDef:
    changed = deep_replace(function, mutation.original_node, mutation.mutated_node)
    assert isinstance(changed, cst.FunctionDef)
    return changed


def _definition(tree: cst.Module, function: cst.FunctionDef) -> str:
    return tree.code_for_node(function.with_changes(decorators=(), leading_lines=()))


def _compiles(definition: str) -> bool:
    try:
        compile(definition, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _name(module: str, holder: str, function: cst.FunctionDef, number: int, definition: str) -> str:
    qualified = f"{holder}.{function.name.value}" if holder else function.name.value
    digest = hashlib.sha256(definition.encode()).hexdigest()[:8]
    return f"{module}:{qualified}:{number}:{digest}"


def _difference(before: str, after: str) -> tuple[str, ...]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return tuple(line for line in lines if line[:2] in ("- ", "+ "))


def _statements(text: str) -> list[tuple[int, int]]:
    """The lines of every statement: all of a simple one, the head of one with a body."""
    spans = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = node.end_lineno or node.lineno
            if body and not isinstance(node, ast.FunctionDef):
                last = max(node.lineno, body[0].lineno - 1)
            spans.append((node.lineno, last))
    return spans


def _statement_around(spans: list[tuple[int, int]], line: int) -> tuple[int, int]:
    around = [span for span in spans if span[0] <= line <= span[1]]
    return min(around, key=lambda span: span[1] - span[0]) if around else (line, line)
