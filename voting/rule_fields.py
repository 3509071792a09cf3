"""What the rules of both kinds of round are made of: values to choose from, fields named in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Meta

Base = Literal["all_deputies", "present", "returned"]
Extent = Literal["list", "list_and_votes", "with_archive"]

Fields = Mapping[str, tuple[str, str]]
"""For every field of a class: its name and what it may hold, in words."""


def described(fields: Fields, field: str, **schema: Any) -> Meta:
    """The field in words, for the published schema."""
    name, expected = fields[field]
    return Meta(description=f"{name}：{expected}", extra_json_schema=schema or None)
