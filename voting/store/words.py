"""The index of words: put a suggestion into it, count with it, find similar ones by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, and_, delete, exists, func, insert, literal, or_, select, union_all, update

from voting.actors import Actor, system
from voting.errors import VotingError
from voting.similar import VERY, Other, Rarity, Similar, ranked, telling
from voting.store.locks import lock_congress
from voting.store.suggestions import visible_suggestions
from voting.store.tables.collecting import suggestion
from voting.store.tables.ledger import kin, word, word_count, wording
from voting.suggestions import Suggestion
from voting.words import sought, words_of

_ALL: Final = ""
"""Stands in the counts for all suggestions."""
_BUDGET: Final = 12_000
_LOOKED_UP: Final = 14
"""Places of the index, and words, that one search for similar ones looks at;"""
_COMPARED: Final = 40
"""and how many it then compares."""
_BATCH: Final = 200
"""Suggestions put at a time: their words are bound one by one, and SQLite binds 32,766."""
_WIDEST: Final = 60
_MOST_PLACES: Final = 30_000
"""How many words of the index, and places of theirs, a part of a word may stand for."""
_MOST_KIN: Final = 10


class SearchTooWide(VotingError):
    """A search that would find nearly everything."""


class Words:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def turn(self, congress: str) -> None:
        """Wait until nobody else numbers, indexes or merges suggestions of this congress."""
        lock_congress(self._connection, congress)

    def put(self, new: Suggestion) -> None:
        """Make a suggestion findable by its title and text, instead of by former ones; and note which of
        other years are very much like it.

        Takes the lock of the congress: whoever locks suggestions too takes this one first.
        """
        lock_congress(self._connection, new.congress)
        self._replace([new])
        self._note_kin(new)

    def bulk_put(self, new: Sequence[Suggestion]) -> None:
        """As `put`, for many of one congress."""
        if not new:
            return
        lock_congress(self._connection, new[0].congress)
        for start in range(0, len(new), _BATCH):
            self._replace(new[start : start + _BATCH])
        for one in new:
            self._note_kin(one)

    def blank(self, old: Sequence[Suggestion]) -> None:
        """Nobody finds these, of one congress, by a word any more, and nothing is like them; words that
        nothing else has are gone."""
        if not old:
            return
        congress, ids = old[0].congress, [one.id for one in old]
        lock_congress(self._connection, congress)
        former = self._former(congress, ids)
        self._forget([one for one in old if one.id in former], former)
        blank = [{"congress": congress, "suggestion": one, "words": b"{}"} for one in ids]
        self._insert(wording, blank)
        change = Counter({_ALL: len(ids) - len(former)})
        for words in former.values():
            change.subtract(words.keys())
        self._count(congress, {text: by for text, by in change.items() if by})
        self._drop_unused(congress, list(change))

    def _drop_unused(self, congress: str, words: Sequence[str]) -> None:
        nobodys = and_(word_count.c.congress == congress, word_count.c.suggestions <= 0)
        for start in range(0, len(words), _BATCH):
            its = word_count.c.word.in_(words[start : start + _BATCH])
            self._connection.execute(delete(word_count).where(nobodys, word_count.c.word != _ALL, its))

    def missing(self, congress: str) -> tuple[str, ...]:
        """Ids of suggestions that cannot be found yet, oldest number first: whoever imported them is at it,
        or is gone."""
        known = exists().where(wording.c.congress == congress, wording.c.suggestion == suggestion.c.id)
        query = select(suggestion.c.id).where(suggestion.c.congress == congress, ~known)
        query = query.order_by(suggestion.c.year, suggestion.c.number)
        return tuple(self._connection.execute(query).scalars())

    def having(self, congress: str, words: Iterable[str]) -> Rarity:
        """How many suggestions there are, and how many have each of the words."""
        counts = self._counts(congress, [_ALL, *words])
        return Rarity(counts.pop(_ALL, 0), counts)

    def meant(self, congress: str, text: str) -> tuple[tuple[str, ...], ...]:
        """What to look for in the index: for each word of a search, the words that would do.

        A word that the index knows stands for itself, for a compound is listed under its parts as well.
        Others, and single characters typed alone, stand for every word with them inside: 桥 finds 大桥 and
        危桥. Raises SearchTooWide.
        """
        words = sought(text)
        if text.strip() and not words:
            raise SearchTooWide("搜索的文字里只有标点和常用字，找不出内容。请换成具体的词，例如“路灯”。")
        if all(len(word) == 1 for word in words):
            return self._characters(congress, words)
        long = [word for word in words if len(word) > 1]
        known = self._counts(congress, long)
        return tuple((word,) if known.get(word) else self._containing(congress, word) or () for word in long)

    def _characters(self, congress: str, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Those of the characters that tell something; beside whole words they are not looked at."""
        found = [self._containing(congress, word) for word in words]
        telling = tuple(one for one in found if one is not None)
        if words and not telling:
            raise SearchTooWide(f"带“{words[0]}”的件太多，找不出来。请再多输入一两个字，例如“路灯”“村道”。")
        return telling

    def _containing(self, congress: str, part: str) -> tuple[str, ...] | None:
        """The words of the index with `part` in them; None when they would find nearly everything."""
        query = (
            select(word_count.c.word, word_count.c.suggestions)
            .where(
                word_count.c.congress == congress,
                word_count.c.word != _ALL,
                word_count.c.suggestions > 0,
                word_count.c.word.contains(part, autoescape=True),
            )
            .limit(_WIDEST + 1)
        )
        found = self._connection.execute(query).all()
        if len(found) > _WIDEST or sum(row.suggestions for row in found) > _MOST_PLACES:
            return None
        return tuple(row.word for row in found)

    def similar(self, actor: Actor, one: Suggestion, most: int = 5) -> tuple[Similar, ...]:
        """Those of all years that the actor may see and that are alike, the most alike first."""
        words = words_of(one.title, one.text)
        rarity = self.having(one.congress, words)
        others = self._candidates(actor, one, telling(words, rarity, _BUDGET, _LOOKED_UP))
        return ranked(words, others, rarity, most)

    def _candidates(
        self, actor: Actor, one: Suggestion, looked_up: Sequence[tuple[str, float]]
    ) -> tuple[Other, ...]:
        """Those that share the most weight of these words; each word is one stretch of the index."""
        if not looked_up:
            return ()
        stretches = [
            select(word.c.year, word.c.number, literal(weight).label("weight")).where(
                word.c.congress == one.congress, word.c.word == text
            )
            for text, weight in looked_up
        ]
        found = union_all(*stretches).subquery()
        weight = func.sum(found.c.weight)
        best = (
            select(found.c.year, found.c.number)
            .group_by(found.c.year, found.c.number)
            .order_by(weight.desc(), found.c.year.desc(), found.c.number.desc())
            .limit(_COMPARED + 1)
            .subquery()
        )
        names = [name for name in Other.__struct_fields__ if name != "words"]
        at = and_(suggestion.c.year == best.c.year, suggestion.c.number == best.c.number)
        its = and_(wording.c.congress == suggestion.c.congress, wording.c.suggestion == suggestion.c.id)
        query = (
            select(*(suggestion.c[name] for name in names), wording.c.words)
            .select_from(best)
            .join(suggestion, and_(suggestion.c.congress == one.congress, at))
            .join(wording, its)
            .where(visible_suggestions(actor), suggestion.c.id != one.id, suggestion.c.kind != "complaint")
        )
        rows = self._connection.execute(query).mappings()
        return tuple(Other(**{**row, "words": msgspec.json.decode(row["words"])}) for row in rows)

    def _replace(self, new: Sequence[Suggestion]) -> None:
        congress = new[0].congress
        former = self._former(congress, [one.id for one in new])
        counted = {one.id: words_of(one.title, one.text) for one in new}
        change: Counter[str] = Counter({_ALL: len(new) - len(former)})
        for one in new:
            change.update(counted[one.id].keys())
            change.subtract(former.get(one.id, {}).keys())
        self._forget([one for one in new if one.id in former], former)
        self._insert(
            word,
            [
                {"congress": congress, "word": text, "year": one.year, "number": one.number}
                for one in new
                for text in sorted(counted[one.id])
            ],
        )
        self._insert(
            wording,
            [
                {"congress": congress, "suggestion": one.id, "words": msgspec.json.encode(counted[one.id])}
                for one in new
            ],
        )
        self._count(congress, {text: by for text, by in change.items() if by})

    def _former(self, congress: str, ids: Sequence[str]) -> dict[str, dict[str, int]]:
        query = select(wording.c.suggestion, wording.c.words).where(
            wording.c.congress == congress, wording.c.suggestion.in_(ids)
        )
        return {row.suggestion: msgspec.json.decode(row.words) for row in self._connection.execute(query)}

    def _forget(self, old: Sequence[Suggestion], former: Mapping[str, Mapping[str, int]]) -> None:
        for one in old:
            self._connection.execute(
                delete(word).where(
                    word.c.congress == one.congress,
                    word.c.word.in_(list(former[one.id])),
                    word.c.year == one.year,
                    word.c.number == one.number,
                )
            )
            self._connection.execute(
                delete(wording).where(wording.c.congress == one.congress, wording.c.suggestion == one.id)
            )
            both = or_(kin.c.suggestion == one.id, kin.c.other == one.id)
            self._connection.execute(delete(kin).where(kin.c.congress == one.congress, both))

    def _count(self, congress: str, change: Mapping[str, int]) -> None:
        known = self._counts(congress, change)
        self._insert(
            word_count,
            [
                {"congress": congress, "word": text, "suggestions": by}
                for text, by in change.items()
                if text not in known
            ],
        )
        by_amount: dict[int, list[str]] = {}
        for text in known:
            by_amount.setdefault(change[text], []).append(text)
        for by, texts in by_amount.items():
            which = and_(word_count.c.congress == congress, word_count.c.word.in_(texts))
            more = word_count.c.suggestions + by
            self._connection.execute(update(word_count).where(which).values(suggestions=more))

    def _counts(self, congress: str, words: Iterable[str]) -> dict[str, int]:
        query = select(word_count.c.word, word_count.c.suggestions).where(
            word_count.c.congress == congress, word_count.c.word.in_(list(words))
        )
        return {row.word: row.suggestions for row in self._connection.execute(query)}

    def _note_kin(self, one: Suggestion) -> None:
        """Only the very much alike of other years; a complaint is compared with nothing."""
        if one.kind == "complaint":
            return
        alike = self.similar(system(one.congress), one, most=_COMPARED)
        others = [found.other.id for found in alike if found.score >= VERY and found.other.year != one.year]
        for other in others[:_MOST_KIN]:
            self.add_kin(one.congress, one.id, other)

    def add_kin(self, congress: str, one: str, other: str) -> None:
        """年年提: these two, of different years, ask for the same. Said again, it changes nothing."""
        known = select(kin.c.other).where(
            kin.c.congress == congress, kin.c.suggestion == one, kin.c.other == other
        )
        if self._connection.execute(known).one_or_none() is None:
            pairs = ((one, other), (other, one))
            self._insert(kin, [{"congress": congress, "suggestion": a, "other": b} for a, b in pairs])

    def drop_kin(self, congress: str, one: str, other: str) -> None:
        """These two do not ask for the same, whatever their words."""
        for a, b in ((one, other), (other, one)):
            self._connection.execute(
                delete(kin).where(kin.c.congress == congress, kin.c.suggestion == a, kin.c.other == b)
            )

    def _insert(self, table: Any, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)
