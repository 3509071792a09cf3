"""Candidates on their way: fetching is authorising, and changing needs the lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from voting.actors import Actor, NotFound
from voting.duties import may
from voting.screening.criteria import Answer
from voting.screening.drafts import Assessment, Draft, DraftState, Version
from voting.screening.fates import Fate
from voting.screening.plans import Plan
from voting.store.locks import lock_congress
from voting.store.suggestions import visible_suggestions
from voting.store.tables import round_
from voting.store.tables.collecting import suggestion
from voting.store.tables.screening import (
    assessment,
    draft,
    draft_source,
    draft_version,
    feasibility,
    slate,
    slate_entry,
)
from voting.store.visible import is_id
from voting.suggestions import Suggestion

_FACTS = select(*(draft.c[name] for name in Draft.__struct_fields__))
_VERSION_FACTS = [
    draft_version.c["content" if name == "plan" else name].label(name) for name in Version.__struct_fields__
]
_ASSESSMENT_FACTS = [assessment.c[name] for name in Assessment.__struct_fields__]
_SUGGESTION_FACTS = [suggestion.c[name] for name in Suggestion.__struct_fields__]


def visible_drafts(actor: Actor) -> ColumnElement[bool]:
    """Offices and presidium: all of their congress. A unit: what its opinion was asked on. A deputy: what
    stands on a list that is open for reading."""
    own = draft.c.congress == actor.congress
    if may(actor, "read_suggestions") or actor.role == "system":
        return own
    if actor.role == "unit" and actor.unit:
        asked = exists().where(
            feasibility.c.congress == draft.c.congress,
            feasibility.c.draft == draft.c.id,
            feasibility.c.unit == actor.unit,
        )
        return and_(own, asked)
    if actor.role == "deputy":
        return and_(own, _stands_on(slate.c.opened_at.is_not(None)))
    return false()


def _stands_on(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        slate_entry.c.congress == draft.c.congress,
        slate_entry.c.draft == draft.c.id,
        slate.c.congress == slate_entry.c.congress,
        slate.c.id == slate_entry.c.slate,
        which,
    )


class Drafts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self, congress: str) -> None:
        """Until the transaction ends nobody else makes a draft or a list in the congress. Raises NotFound."""
        lock_congress(self._connection, congress)

    def add(self, new: Draft) -> None:
        self._connection.execute(insert(draft).values(asdict(new)))

    def get(self, actor: Actor, draft_id: str) -> Draft:
        """Raises NotFound."""
        return self._one(actor, draft_id)

    def lock(self, actor: Actor, draft_id: str) -> Draft:
        """As `get`; until the transaction ends nobody else changes it, or puts it on a list."""
        return self._one(actor, draft_id, alone=True)

    def find(self, actor: Actor, draft_id: str) -> Draft | None:
        """The draft that this very form made before."""
        try:
            return self.get(actor, draft_id)
        except NotFound:
            return None

    def of_year(self, actor: Actor, year: int, *states: DraftState) -> tuple[Draft, ...]:
        """In the order in which they were made; without states: all of the year."""
        which = [draft.c.state.in_(states)] if states else []
        return self._many(visible_drafts(actor), draft.c.year == year, *which)

    def in_reserve(self, actor: Actor) -> tuple[Draft, ...]:
        """储备库, of all years."""
        return self._many(visible_drafts(actor), draft.c.state == "reserve")

    def years(self, actor: Actor) -> tuple[int, ...]:
        """Newest first."""
        query = select(draft.c.year).where(visible_drafts(actor)).distinct().order_by(draft.c.year.desc())
        return tuple(self._connection.execute(query).scalars())

    def change(self, before: Draft, **changes: object) -> Draft:
        """Write the named fields; the draft as it is afterwards."""
        which = (draft.c.congress == before.congress, draft.c.id == before.id)
        self._connection.execute(update(draft).where(*which).values(changes))
        return replace(before, **changes)

    def add_version(self, new: Version) -> None:
        columns = asdict(new)
        columns["content"] = msgspec.json.encode(columns.pop("plan"))
        self._connection.execute(insert(draft_version).values(columns))

    def judge(self, before: Version, **verdict: object) -> Version:
        """Write verdict, reason, by whom and when."""
        which = (
            draft_version.c.congress == before.congress,
            draft_version.c.draft == before.draft,
            draft_version.c.version == before.version,
        )
        self._connection.execute(update(draft_version).where(*which).values(verdict))
        return replace(before, **verdict)

    def versions(self, of: Draft) -> tuple[Version, ...]:
        """Of a draft that the caller was given, from the first."""
        query = select(*_VERSION_FACTS).where(
            draft_version.c.congress == of.congress, draft_version.c.draft == of.id
        )
        rows = self._connection.execute(query.order_by(draft_version.c.version)).mappings()
        return tuple(_version(row) for row in rows)

    def plans(self, congress: str, which: Sequence[tuple[str, int]]) -> dict[str, Plan]:
        """By draft, the plan of the version that is named with it; for drafts that the caller was given."""
        wanted = set(which)
        query = select(draft_version.c.draft, draft_version.c.version, draft_version.c.content).where(
            draft_version.c.congress == congress, draft_version.c.draft.in_([one for one, _ in which])
        )
        return {
            row.draft: msgspec.json.decode(row.content, type=Plan)
            for row in self._connection.execute(query)
            if (row.draft, row.version) in wanted
        }

    def add_assessment(self, new: Assessment) -> None:
        columns = asdict(new)
        columns["answers"] = msgspec.json.encode(columns["answers"])
        self._connection.execute(insert(assessment).values(columns))

    def assessments(self, of: Draft) -> tuple[Assessment, ...]:
        """Of a draft that the caller was given, oldest first."""
        query = select(*_ASSESSMENT_FACTS).where(
            assessment.c.congress == of.congress, assessment.c.draft == of.id
        )
        rows = self._connection.execute(query.order_by(assessment.c.at, assessment.c.id)).mappings()
        return tuple(_assessment(row) for row in rows)

    def link(self, of: Draft, suggestions: Sequence[Suggestion]) -> None:
        """The suggestions it came from; a link is never taken away."""
        rows = [{"congress": of.congress, "draft": of.id, "suggestion": one.id} for one in suggestions]
        if rows:
            self._connection.execute(insert(draft_source), rows)

    def sources(self, actor: Actor, of: Draft) -> tuple[Suggestion, ...]:
        """The suggestions behind a draft, also those merged into one of them since; oldest first.

        Each only to whom the suggestion itself is visible.
        """
        linked = select(draft_source.c.suggestion).where(
            draft_source.c.congress == of.congress, draft_source.c.draft == of.id
        )
        query = select(*_SUGGESTION_FACTS).where(
            visible_suggestions(actor),
            suggestion.c.congress == of.congress,
            or_(suggestion.c.id.in_(linked), suggestion.c.merged_into.in_(linked)),
        )
        rows = self._connection.execute(query.order_by(suggestion.c.received_at, suggestion.c.id)).mappings()
        return tuple(Suggestion(**row) for row in rows)

    def source_counts(self, congress: str, drafts: Sequence[str]) -> dict[str, int]:
        """How many suggestions are linked to each of the drafts."""
        query = (
            select(draft_source.c.draft, func.count())
            .where(draft_source.c.congress == congress, draft_source.c.draft.in_(drafts))
            .group_by(draft_source.c.draft)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def waiting_suggestions(
        self, actor: Actor, year: int, before: tuple[int, int] | None, limit: int
    ) -> tuple[Suggestion, ...]:
        """线索 that stand for themselves and went into no draft yet, newest first.

        Those below `before` (year, number). Of the year and of the one before: what came in outside the
        call's window bears the calendar's year.
        """
        used = exists().where(
            draft_source.c.congress == suggestion.c.congress, draft_source.c.suggestion == suggestion.c.id
        )
        which = [
            visible_suggestions(actor),
            suggestion.c.year.between(year - 1, year),
            # Said in these ways, no index on the two fits: the rows come by number, and stop at the limit.
            func.coalesce(suggestion.c.merged_into, "") == "",
            suggestion.c.state.not_in(("received", "refused")),
            or_(suggestion.c.kind == "clue", suggestion.c.route == "candidate"),
            ~used,
        ]
        if before is not None:
            which.append(tuple_(suggestion.c.year, suggestion.c.number) < tuple_(*before))
        newest = (suggestion.c.year.desc(), suggestion.c.number.desc())
        query = select(*_SUGGESTION_FACTS).where(*which).order_by(*newest).limit(limit)
        return tuple(Suggestion(**row) for row in self._connection.execute(query).mappings())

    def of_suggestion(self, suggestion_id: str) -> tuple[Fate, ...]:
        """What became of it, or of the one it was merged into, as a candidate; newest draft last.

        For a caller who was given the suggestion, by its role or by the query code.
        """
        if not is_id(suggestion_id):
            return ()
        merged = select(suggestion.c.merged_into).where(suggestion.c.id == suggestion_id).scalar_subquery()
        linked = or_(draft_source.c.suggestion == suggestion_id, draft_source.c.suggestion == merged)
        query = select(*_FATE).select_from(_WITH_SLATE).where(linked).order_by(draft.c.made_at, draft.c.id)
        found = [Fate(**row) for row in self._connection.execute(query).mappings()]
        return tuple(_latest(found).values())

    def _one(self, actor: Actor, draft_id: str, *, alone: bool = False) -> Draft:
        if not is_id(draft_id):
            raise NotFound
        query = _FACTS.where(visible_drafts(actor), draft.c.id == draft_id)
        if alone:
            query = query.with_for_update(of=draft)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Draft(**row)

    def _many(self, *which: ColumnElement[bool]) -> tuple[Draft, ...]:
        query = _FACTS.where(*which).order_by(draft.c.made_at, draft.c.id)
        return tuple(Draft(**row) for row in self._connection.execute(query).mappings())


_FATE = [
    draft.c.id.label("draft"),
    draft.c.title,
    draft.c.year,
    draft.c.state,
    draft.c.reason,
    slate.c.id.label("slate"),
    func.coalesce(slate.c.title, "").label("slate_title"),
    slate_entry.c.number,
    slate.c.frozen_at,
    slate.c.round,
    round_.c.state.label("round_state"),
]
_WITH_SLATE = (
    draft_source.join(
        draft, and_(draft.c.congress == draft_source.c.congress, draft.c.id == draft_source.c.draft)
    )
    .outerjoin(
        slate_entry, and_(slate_entry.c.congress == draft.c.congress, slate_entry.c.draft == draft.c.id)
    )
    .outerjoin(slate, and_(slate.c.congress == slate_entry.c.congress, slate.c.id == slate_entry.c.slate))
    .outerjoin(round_, and_(round_.c.congress == slate.c.congress, round_.c.id == slate.c.round))
)


def _latest(found: Sequence[Fate]) -> dict[str, Fate]:
    """One for each draft: a suggestion may be linked twice, a draft stand on lists of several years."""
    fates: dict[str, Fate] = {}
    for one in found:
        known = fates.get(one.draft)
        if known is None or known.frozen_at is None or (one.frozen_at and one.frozen_at > known.frozen_at):
            fates[one.draft] = one
    return fates


def _version(row: RowMapping) -> Version:
    return Version(**_decoded(row, "plan", Plan))


def _assessment(row: RowMapping) -> Assessment:
    return Assessment(**_decoded(row, "answers", tuple[Answer, ...]))


def _decoded(row: RowMapping, field: str, kind: Any) -> Mapping[str, Any]:
    fields: dict[str, Any] = {str(name): value for name, value in row.items()}
    fields[field] = msgspec.json.decode(fields[field], type=kind)
    return fields
