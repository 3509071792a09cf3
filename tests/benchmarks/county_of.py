"""A county with as many suggestions as one likes, written past the store's doors: a hundred thousand forms
would take an hour. What the doors would have written, words and counts, is written too."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, Final

import msgspec
import psycopg
from msgspec.structs import asdict
from psycopg import sql
from sqlalchemy import Table, create_engine, make_url, select

from ballots.encoding import sha256_hex
from tests.benchmarks.made_up import suggestions, village_names
from voting import drafting
from voting.actors import Actor, system
from voting.people import Category, Deputy, Unit, Village
from voting.store import Store
from voting.store.tables import collecting, handling, ledger
from voting.suggestions import Suggestion
from voting.words import words_of

_CATEGORIES: Final = (
    "交通出行",
    "教育",
    "医疗卫生",
    "养老服务",
    "人居环境",
    "水利农业",
    "住房保障",
    "文化体育",
    "公共安全",
    "就业创业",
    "市政设施",
    "其他",
)
_BATCH: Final = 5_000


def new_id(name: str) -> str:
    return sha256_hex(name.encode())[:32]


def build(url: str, number: int) -> Actor:
    """Fill the migrated database at `url`; its clerk."""
    random = Random(7)  # noqa: S311 - made-up data, the same in every run
    with Store.open(url) as store:
        congress = drafting.create_congress(store, system(""), f"{number}件县", "county").id
        lists = _lists(store, congress, random)
    clerk = Actor(role="staff", congress=congress, name="刘科长", link=new_id("clerk"))
    counts: Counter[str] = Counter()
    produced = suggestions(lists, number, random)
    while batch := list(islice(produced, _BATCH)):
        _write(url, batch, lists["units"], counts, random)
    load(url, ledger.word_count, [{"congress": congress, "word": "", "suggestions": number}])
    load(
        url,
        ledger.word_count,
        [{"congress": congress, "word": w, "suggestions": n} for w, n in counts.items()],
    )
    tidy(url)
    _count(url, congress)
    tidy(url)
    return clerk


def _count(url: str, congress: str) -> None:
    """As the store would have with every form."""
    with Store.open(url) as store:
        ids = _ids(url)
        for start in range(0, len(ids), _BATCH):
            with store.write() as tx:
                for one in ids[start : start + _BATCH]:
                    tx.totals.touch(congress, one)


def _ids(url: str) -> list[str]:
    engine = create_engine(make_url(url))
    try:
        with engine.connect() as connection:
            return list(connection.execute(select(collecting.suggestion.c.id)).scalars())
    finally:
        engine.dispose()


def _lists(store: Store, congress: str, random: Random) -> dict[str, Any]:
    names = village_names(random, 300)
    villages = [
        Village(id=new_id(name), congress=congress, name=name, town=f"{names[n % 30][:2]}镇", place=n)
        for n, name in enumerate(names)
    ]
    categories = [Category(id=new_id(one), congress=congress, name=one) for one in _CATEGORIES]
    units = [Unit(id=new_id(f"unit{n}"), congress=congress, name=f"县第{n}局") for n in range(40)]
    deputies = [
        Deputy(id=new_id(f"deputy{n}"), congress=congress, number=n, name=f"代表{n}", delegation="城关代表团")
        for n in range(1, 300)
    ]
    with store.write() as tx:
        tx.villages.add_many(villages)
        tx.categories.add_many(categories)
        tx.units.add_many(units)
        tx.deputies.add_many(deputies)
    return {
        "congress": congress,
        "villages": [(one.id, one.name) for one in villages],
        "categories": [one.id for one in categories],
        "stations": [None],
        "units": [one.id for one in units],
    }


def _write(
    url: str, batch: Sequence[Suggestion], units: Sequence[str], counts: Counter[str], random: Random
) -> None:
    words = [words_of(one.title, one.text) for one in batch]
    for counted in words:
        counts.update(counted.keys())
    load(url, collecting.suggestion, [asdict(one) for one in batch])
    load(
        url,
        ledger.wording,
        [
            {"congress": one.congress, "suggestion": one.id, "words": msgspec.json.encode(counted)}
            for one, counted in zip(batch, words, strict=True)
        ],
    )
    load(
        url,
        ledger.word,
        sorted(
            (
                {"congress": one.congress, "word": word, "year": one.year, "number": one.number}
                for one, counted in zip(batch, words, strict=True)
                for word in counted
            ),
            key=lambda row: row["word"],
        ),
    )
    load(
        url,
        handling.handling,
        [_handling(one, random.choice(units)) for one in batch if one.route == "handed"],
    )
    load(
        url,
        handling.confirmation,
        [_confirmation(one, random) for one in batch if one.state == "closed" and random.random() < 0.6],
    )
    load(url, collecting.photo, [_photo(one) for one in batch if one.photos])
    by_subject: dict[str, Suggestion] = {}
    pairs = []
    for one in batch:
        former = by_subject.setdefault(one.title, one)
        if former is not one:
            pairs += [(former, one), (one, former)]
    load(url, ledger.kin, [{"congress": a.congress, "suggestion": a.id, "other": b.id} for a, b in pairs])


def _handling(one: Suggestion, unit: str) -> dict[str, object]:
    handed = one.received_at + timedelta(days=5)
    return {
        "congress": one.congress,
        "id": one.id,
        "suggestion": one.id,
        "unit": unit,
        "part": "lead",
        "state": "released" if one.answered_at else "accepted",
        "handed_at": handed,
        "handed_by": "刘科长",
        "task": "请按时答复。",
        "return_by": handed.date(),
        "contact_by": handed.date(),
        "key": False,
        "hard": False,
        "chief": "",
        "watcher": "",
        "answer_by": handed.date() + timedelta(days=90),
        "officer": "",
        "plan": "",
        "promised": None,
        "accepted_at": handed,
        "returned_at": None,
        "return_reason": "",
        "wanted_until": None,
        "wanted_reason": "",
        "extension": "none",
        "extension_reply": "",
        "answered_at": one.answered_at,
        "answer": one.answer,
        "result": "B" if one.answered_at else "",
        "released_at": one.answered_at,
        "again": 0,
    }


def _confirmation(one: Suggestion, random: Random) -> dict[str, object]:
    grade = random.choices(("satisfied", "basic", "unsatisfied"), (80, 15, 5))[0]
    return {
        "congress": one.congress,
        "id": one.id,
        "suggestion": one.id,
        "round": 1,
        "grade": grade,
        "text": "",
        "by": "周大爷",
        "at": one.closed_at,
    }


def _photo(one: Suggestion) -> dict[str, object]:
    return {
        "congress": one.congress,
        "id": one.id,
        "suggestion": one.id,
        "place": 1,
        "width": 1600,
        "height": 1200,
        "small": b"\0" * 2_000,
        "body": b"\0" * 6_000,
    }


def load(url: str, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of one table, all with the same columns, past the store."""
    if not rows:
        return
    if make_url(url).drivername.startswith("sqlite"):
        _load_sqlite(url, table, rows)
    else:
        _load_postgresql(url, table, rows)


def _load_sqlite(url: str, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    with sqlite3.connect(str(make_url(url).database)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-400000")
        connection.executemany(
            f'INSERT INTO "{table.name}" ({", ".join(map(_quoted, names))}) VALUES ({marks})',  # noqa: S608 - our names
            ([_sqlite_value(row[name]) for name in names] for row in rows),
        )
    connection.close()


def _load_postgresql(url: str, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    names = list(rows[0])
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with psycopg.connect(_dsn(url)) as connection, connection.cursor().copy(copy) as target:
        for row in rows:
            target.write_row([row[name] for name in names])


def tidy(url: str) -> None:
    """What a database does by itself within minutes: PostgreSQL's autovacuum, SQLite's checkpoint."""
    if make_url(url).drivername.startswith("sqlite"):
        connection = sqlite3.connect(str(make_url(url).database))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    with psycopg.connect(_dsn(url), autocommit=True) as session:
        session.execute("VACUUM ANALYZE")


def _dsn(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _sqlite_value(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value
