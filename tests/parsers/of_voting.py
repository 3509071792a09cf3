"""The readers of `voting`."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any, Final

import msgspec
import pyotp
from python_calamine import CalamineError

from ballots.credentials import generate_uuid
from ballots.errors import Malformed, TooLarge
from tests.parsers.registry import Reader
from tests.pictures import jpeg, png
from tests.simulator import seeded
from tests.voting.workbooks import workbook
from voting import cards, casting, counts, publishing, rules, strict_json
from voting.accounts import passwords, second_steps
from voting.accounts.facts import Passkey
from voting.actors import NotFound
from voting.candidates import CandidatesError, read_candidates, template_csv
from voting.checking_in import facts as passes
from voting.collecting import codes, entry, gate
from voting.collecting import table as collecting_table
from voting.counts import SelectCounts
from voting.errors import InputError, RulesError, TextError
from voting.handling import keeping
from voting.handling.refusals import CalendarError
from voting.ledger import Place
from voting.lists import columns, kinds
from voting.lists import table as lists_table
from voting.people import Deputy, Village
from voting.photos import PhotoError, prepare
from voting.publicity import opinions
from voting.receptions import NamesUnclear, read_names, written
from voting.reporting import headings, periods
from voting.reporting import table as reporting_table
from voting.screening import papers, plans
from voting.sheets import Cell, Row, Sheet, SheetError, read_sheets
from voting.text import clean_line, clean_prose
from voting.xlsx import read_workbook
from voting.years import earlier

NOW: Final = datetime(2026, 1, 25, 8, 0, tzinfo=UTC)
SECRET: Final = b"s" * 32
SURROUNDINGS: Final = kinds.Surroundings(level="county")
DEPUTIES: Final = tuple(
    Deputy(id=str(number), congress="c", number=number, name=name, delegation=delegation)
    for number, (name, delegation) in enumerate([("王伟", "东河"), ("王伟", "西河"), ("李娜", "东河")], 1)
)
LISTS: Final = collecting_table.Lists(
    categories=(), villages=(Village(id="v", congress="c", name="东河村"),), today=date(2026, 9, 30)
)


@cache
def _deck() -> cards.Deck:
    random = seeded("deck")
    return cards.make_deck(2, [generate_uuid(random)], random)


def _public() -> bytes:
    ((uuid, halves),) = _deck().public.items()
    return cards.public_file(uuid, halves)


def _sheet(*rows: tuple[str, ...]) -> list[Sheet]:
    numbered = (Row(number, tuple(map(Cell, cells))) for number, cells in enumerate(rows, start=1))
    return [Sheet("表", tuple(numbered))]


def _listed(name: str, raw: bytes) -> object:
    kind = kinds.KINDS[name]
    return lists_table.read_table(kind, kind.columns(SURROUNDINGS), "table.csv", raw)


def _list_written(name: str, rows: Any) -> bytes:
    return lists_table.as_csv(kinds.KINDS[name].columns(SURROUNDINGS), rows).encode()


def _list_reader(name: str) -> Reader:
    kind = kinds.KINDS[name]
    return Reader(
        f"voting.lists.table.read_table {name}",
        partial(_listed, name),
        (SheetError, lists_table.ListTableError),
        lambda: [lists_table.template_csv(kind.columns(SURROUNDINGS))],
    )


def _registered(answer: str) -> object:
    site = second_steps.Site("vote.example.cn", "https://vote.example.cn")
    key = Passkey(account="a", credential="AAAA", public_key=b"", sign_count=0, name="手机", created_at=NOW)
    return second_steps.signed(site, (key,), answer, b"challenge")


def _docx() -> bytes:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return file.getvalue()


def _cleaner(name: str, clean: Any, sound: str, *own: type[Exception]) -> Reader:
    return Reader(name, clean, (TextError, *own), lambda: [sound], str)


ANSWER: Final = (
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":'
    '{"clientDataJSON":"eyJ0eXAiOiJ4In0","authenticatorData":"SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MBAAAAAQ",'
    '"signature":"AAAA","userHandle":null}}'
)
"""What a browser says of a passkey, signed by nobody."""
COUNTS: Final = SelectCounts(
    all_deputies=9, present=9, issued=9, returned=9, invalid=0, votes=(7, 5), blank=1
)
RULES: Final = rules.Rules(ballot="select_k", candidates=3, places=2, publish="list_and_votes")

READERS: Final = [
    Reader(
        "voting.accounts.passwords.clean_login",
        passwords.clean_login,
        (passwords.LoginNameUnfit,),
        lambda: ["zhangsan"],
        str,
    ),
    Reader(
        "voting.accounts.second_steps.step_of_code",
        lambda text: second_steps.step_of_code("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", text, 0, NOW),
        (second_steps.CodeWrong,),
        lambda: [pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").at(NOW)],
    ),
    Reader(
        "voting.candidates.read_candidates",
        lambda raw: read_candidates("table.csv", raw),
        (SheetError, CandidatesError),
        lambda: [template_csv()],
    ),
    Reader(
        "voting.cards.read_deck_file",
        cards.read_deck_file,
        (cards.CardsError,),
        lambda: [cards.deck_file("2B3C4D5E", _deck())],
        msgspec.json.encode,
        canonical=True,
    ),
    Reader(
        "voting.cards.read_public_file",
        cards.read_public_file,
        (cards.CardsError,),
        lambda: [_public()],
        lambda found: cards.public_file(*found),
        canonical=True,
    ),
    Reader(
        "voting.cards.read_serial",
        cards.read_serial,
        (cards.CardsError,),
        lambda: [cards.serial_of(1), " " + cards.serial_of(20_000)],
        str,
    ),
    Reader(
        "voting.casting._open",
        casting._open,
        (Malformed, TooLarge),
        lambda: [b'{"election_hash":"x","credential":"' + b"a" * 64 + b'"}'],
    ),
    Reader(
        "voting.checking_in.facts.read_pass",
        passes.read_pass,
        (),
        lambda: [passes.pass_text("2B3C4D5E", "2B3C4D5E6F")],
        lambda found: passes.pass_text(*found),
    ),
    Reader("voting.checking_in.facts.is_from_card", passes.is_from_card, (), lambda: ["/v/x#y"]),
    Reader(
        "voting.collecting.codes.read_code",
        codes.read_code,
        (codes.CodeUnreadable,),
        lambda: ["abcd-efgh-jkmn-pqrs"],
        codes.grouped,
    ),
    _cleaner(
        "voting.collecting.entry.clean_optional", lambda text: entry.clean_optional(text, "地点"), "村口"
    ),
    _cleaner("voting.collecting.entry.clean_phone", entry.clean_phone, "139 1234 5678"),
    _cleaner("voting.collecting.entry.clean_text", entry.clean_text, "晚上看不见路"),
    Reader(
        "voting.collecting.gate.read_slip",
        lambda text: gate.read_slip(SECRET, "c", text, NOW),
        (gate.SlipInvalid,),
        lambda: [gate.give_slip(SECRET, "c", "0" * 32, NOW, seeded("slip"))],
    ),
    Reader("voting.collecting.gate.read_mark", gate.read_mark, (), lambda: ["0" * 32], str),
    Reader(
        "voting.collecting.gate.has_worked", lambda text: gate.has_worked("slip", text), (), lambda: ["1"]
    ),
    Reader(
        "voting.collecting.table.read_table",
        lambda raw: collecting_table.read_table("table.csv", raw, LISTS),
        (SheetError, collecting_table.TableError),
        lambda: [collecting_table.template_csv()],
    ),
    Reader(
        "voting.counts.decode_counts",
        counts.decode_counts,
        (InputError,),
        lambda: [msgspec.json.encode(COUNTS)],
        msgspec.json.encode,
    ),
    Reader(
        "voting.handling.keeping.read_table",
        lambda sheets: keeping.read_table("c", sheets),
        (CalendarError, TextError),
        lambda: [_sheet(("日期", "", ""), ("2027-02-08", "放假", "春节"), ("2027-02-20", "上班", ""))],
    ),
    Reader(
        "voting.ledger.Place.read",
        Place.read,
        (),
        lambda: ["2027-42", "2027-42-20261130"],
        lambda found: found.written,
    ),
    *map(_list_reader, kinds.KINDS),
    Reader(
        "voting.lists.columns.number",
        lambda text: columns.number(text, "号"),
        (TextError,),
        lambda: ["12"],
        str,
    ),
    Reader("voting.photos.prepare", prepare, (PhotoError,), lambda: [jpeg(16, 12), png(9, 9)], dear=True),
    _cleaner("voting.publicity.opinions.clean_name", opinions.clean_name, "周大爷", opinions.OpinionError),
    _cleaner(
        "voting.publicity.opinions.clean_opinion", opinions.clean_opinion, "路修好了", opinions.OpinionError
    ),
    _cleaner("voting.publicity.opinions.clean_reason", opinions.clean_reason, "重复", opinions.OpinionError),
    _cleaner("voting.publicity.opinions.clean_reply", opinions.clean_reply, "谢谢", opinions.OpinionError),
    Reader(
        "voting.publishing.digests", publishing.digests, (publishing.TrackerUnreadable,), lambda: ["A" * 43]
    ),
    Reader(
        "voting.receptions.read_names",
        lambda text: read_names(text, DEPUTIES),
        (NamesUnclear,),
        lambda: ["李娜、王伟（西河）"],
        lambda some: written(some, DEPUTIES),
    ),
    Reader(
        "voting.reporting.periods.read_period",
        periods.read_period,
        (NotFound,),
        lambda: ["2027Q1", "2027-12"],
    ),
    Reader(
        "voting.reporting.periods.read_period_words",
        periods.read_period_words,
        (),
        lambda: ["2027年第1季度", "2027年12月"],
        lambda period: period.words,
    ),
    Reader(
        "voting.reporting.headings.period_in",
        lambda sheets: headings.period_in(headings.understand(sheets)),
        (headings.ReportTableError,),
        lambda: [_sheet(headings.COLUMNS, ("2027年第1季度", "1", "公路", "1", "开工", "0"))],
    ),
    Reader(
        "voting.reporting.table.read_table",
        lambda sheets: reporting_table.read_table(
            headings.understand(sheets), periods.read_period("2027Q1"), [], {}
        ),
        (headings.ReportTableError,),
        list,
        unsound=[_sheet(headings.COLUMNS, ("2027年第1季度", "1", "公路", "1", "开工", "0"))],
    ),
    Reader(
        "voting.rules.decode_rules",
        rules.decode_rules,
        (InputError, RulesError),
        lambda: [rules.encode_rules(RULES)],
        rules.encode_rules,
        unsound=[rules.encode_rules(RULES).replace(b'"places"', b'"\\ud800"')],
    ),
    Reader(
        "voting.screening.papers.check_paper pdf",
        lambda raw: papers.check_paper("方案.pdf", raw),
        (papers.PaperError,),
        lambda: [b"%PDF-1.7\n%%EOF"],
    ),
    Reader(
        "voting.screening.papers.check_paper docx",
        lambda raw: papers.check_paper("方案.docx", raw),
        (papers.PaperError,),
        lambda: [_docx()],
    ),
    Reader(
        "voting.screening.papers.check_paper name",
        lambda text: papers.check_paper(text, b"%PDF-1.7\n%%EOF"),
        (papers.PaperError,),
        lambda: ["方案.pdf"],
        str,
    ),
    Reader(
        "voting.screening.plans.read_amount",
        lambda text: plans.read_amount(text, "投资"),
        (plans.PlanError,),
        lambda: ["1,200.5", "３２０万元"],
        plans.written,
    ),
    Reader(
        "voting.sheets.read_sheets csv",
        lambda raw: read_sheets("table.csv", raw),
        (SheetError,),
        lambda: ["序号,名称\r\n1,公路\r\n".encode(), "序号,名称\r\n1,公路\r\n".encode("gb18030")],
    ),
    Reader(
        "voting.sheets.read_sheets xlsx",
        lambda raw: read_sheets("table.xlsx", raw),
        (SheetError,),
        lambda: [workbook([["序号", "名称"], [1, "公路"]])],
        dear=True,
    ),
    Reader(
        "voting.sheets.read_sheets name",
        lambda text: read_sheets(text, b"x"),
        (SheetError,),
        lambda: ["table.csv"],
    ),
    Reader(
        "voting.strict_json.decode",
        lambda raw: strict_json.decode(raw, rules.Rules, "票决办法", rules.FIELDS),
        (InputError,),
        lambda: [msgspec.json.encode(RULES)],
        msgspec.json.encode,
    ),
    Reader(
        "voting.strict_json.parsed",
        lambda raw: strict_json.parsed(raw, "办法"),
        (InputError,),
        lambda: [b'{"a":1}', rules.encode_rules(RULES)],
    ),
    _cleaner("voting.text.clean_line", clean_line, "农村公路改造"),
    _cleaner("voting.text.clean_prose", clean_prose, "一\n二"),
    Reader(
        "voting.xlsx.read_workbook",
        read_workbook,
        (CalamineError,),
        lambda: [workbook([["序号", "名称"], [1, "公路"]])],
        dear=True,
    ),
    Reader(
        "voting.years.earlier.read_scores",
        lambda raw: earlier.read_scores("table.csv", raw),
        (SheetError, earlier.EarlierError),
        lambda: [earlier.template_csv()],
    ),
    Reader(
        "voting.accounts.second_steps.signed",
        _registered,
        (second_steps.PasskeyRefused,),
        list,
        unsound=[ANSWER, "[" * 2000, ANSWER.replace("eyJ0eXAiOiJ4In0", "W1tbW1s")],
    ),
]
NOT_READERS: Final = {
    "voting.rules.read_rules": "reads what encode_rules wrote into our own database",
}
