"""会议档案: everything of a session for the archive office, in one ZIP; of the same data the same bytes.

Sealed ballots go in only where the 办法 publishes the record to everybody: what k scrutineers could still
open is not handed to a third party for ever. Of other rounds the papers, the signed report and the head of
the record go in, which is enough to recognise the record as long as it is kept.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.actors import PUBLIC, ROLE_NAMES, Actor, NotYet
from voting.change_names import what_name
from voting.cycle import already
from voting.days import CHINA
from voting.documents.session import formal
from voting.documents.session.facts import RoundFacts, SessionFacts, facts_of_session
from voting.documents.session.papers import Wish, made_for_round, made_for_session, of_round, of_session
from voting.duties import demand
from voting.keeping.handover import ArchiveSettings, Piece, Term, list_paper, list_xlsx, rows
from voting.minisign import comment_of, public_key_file, signature_file
from voting.open_data import table_csv
from voting.publishing import archive, has_archive, round_json
from voting.signing import Signer
from voting.store import Store

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_TERMS: Final[dict[str, Term]] = {"script": "D30", "notice": "D10", "contingency": "D10", "leave": "D30"}
"""The others are 永久: what was decided, by whom, and how it can be checked."""
_PACKED: Final = (".docx", ".xlsx", ".pdf", ".pyz")
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class SessionArchive(Struct, frozen=True, kw_only=True):
    """`title` names the file; `sealed` are rounds whose ballots are not in it."""

    title: str
    pieces: tuple[Piece, ...]
    lines: tuple[tuple[str, ...], ...]
    sealed: tuple[str, ...]
    body: bytes


def make(
    store: Store, actor: Actor, session_id: str, signer: Signer, verifier: bytes, now: datetime
) -> SessionArchive:
    """Raises NotYet while a round is under way or none was held, NotFound, Forbidden."""
    demand(actor, "keep_records")
    facts = facts_of_session(store, actor, session_id, now)
    refuse_early(facts)
    at = _moment(facts)
    facts = facts_of_session(store, actor, session_id, at)  # a paper that bears a day bears this one
    with store.read() as tx:
        settings = tx.settings.get(actor.congress, ArchiveSettings)
        public = {one.round.id for one in facts.rounds if has_archive(tx, one.round)}
    pieces = (*_whole(facts, at), *_rounds(store, facts, public, signer, verifier, at))
    lines = tuple(rows(settings, pieces, at.astimezone(CHINA).year))
    sealed = tuple(
        one.title for one in facts.rounds if one.round.method == "electronic" and one.round.id not in public
    )
    body = _zip(_files(facts, pieces, lines, sealed, signer, at))
    return SessionArchive(title=facts.title, pieces=pieces, lines=lines, sealed=sealed, body=body)


def refuse_early(facts: SessionFacts) -> None:
    """Raises NotYet: an archive is made of what is over."""
    waiting = [one.title for one in facts.rounds if _under_way(one)]
    if waiting:
        raise NotYet(f"“{'”“'.join(waiting)}”还没有结束，会议档案要等各轮宣布或者宣布无效以后再做。")
    if not any(one.round.state in {"announced", "published", "void"} for one in facts.rounds):
        raise NotYet("本次会议还没有宣布过结果，没有可以移交的档案。")


def _under_way(of: RoundFacts) -> bool:
    state = of.round.state
    return state != "void" and already(state, "seal") and not already(state, "announce")


def _moment(facts: SessionFacts) -> datetime:
    """Of the last step: all of the clock that enters a file."""
    return max(step.at for one in facts.rounds for step in one.steps)


def _whole(facts: SessionFacts, at: datetime) -> Iterator[Piece]:
    for key, paper, standing in of_session(facts):
        if standing.state != "later":
            files = tuple(
                (f"{paper.name}.{form}", made_for_session(facts, key, form, at)[1]) for form in paper.forms
            )
            yield _piece(facts, paper.name, _TERMS.get(key, "Y"), "会议", files, _day(at))


def _rounds(
    store: Store, facts: SessionFacts, public: set[str], signer: Signer, verifier: bytes, at: datetime
) -> Iterator[Piece]:
    for place, one in enumerate(facts.rounds, start=1):
        if one.round.state in {"drafted", "adopted"}:
            continue
        folder = f"{place:02d} {_safe(one.title)}"
        yield from _papers(facts, one, folder, at)
        yield _steps(facts, one, folder, at)
        if one.round.id in public:
            yield _record(store, facts, one, folder, signer, verifier)


def _papers(facts: SessionFacts, of: RoundFacts, folder: str, at: datetime) -> Iterator[Piece]:
    for key, paper, standing in of_round(facts, of):
        if standing.state == "later":
            continue
        name = paper.name(of)
        made = ((form, made_for_round(facts, of, key, form, Wish(), at)[1]) for form in paper.forms)
        files = tuple((f"{name}.{form}", body) for form, body in made)
        published = of.round.published
        announced = published if key == "announcement" and published is not None else None
        day = announced.date if announced else _day(of.round.opened_at or at)
        yield _piece(
            facts, f"{of.title}：{name}", "Y", folder, files, day, announced.number if announced else ""
        )


def _steps(facts: SessionFacts, of: RoundFacts, folder: str, at: datetime) -> Piece:
    head = ("环节", "时间（北京时间）", "身份", "姓名", "说明")
    lines = [
        (
            what_name("round", one.step),
            f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
            ROLE_NAMES[one.role],
            one.name,
            one.note,
        )
        for one in of.steps
    ]
    files = (("办理步骤.csv", table_csv(head, lines)),)
    return _piece(facts, f"{of.title}：办理步骤", "Y", folder, files, _day(of.round.opened_at or at))


def _record(
    store: Store, facts: SessionFacts, of: RoundFacts, folder: str, signer: Signer, verifier: bytes
) -> Piece:
    """As everybody can download it, and signed in the same way."""
    bodies = {
        "archive.bel": archive(store, PUBLIC, of.round.id),
        "round.json": round_json(store, PUBLIC, of.round.id, signer),
    }
    published = of.round.published
    at = published.at if published else of.round.drafted_at
    about = f"round:{of.round.id} {facts.title} {of.title}"
    signed = {
        f"{name}.minisig": signature_file(signer, body, comment_of(name, at, about))
        for name, body in bodies.items()
    }
    files = tuple(sorted((bodies | signed | {"verify.pyz": verifier}).items()))
    return _piece(
        facts, f"{of.title}：票箱记录和核验程序", "Y", folder, files, _day(of.round.opened_at or at)
    )


def _piece(
    facts: SessionFacts,
    title: str,
    term: Term,
    folder: str,
    files: tuple[tuple[str, bytes], ...],
    day: date,
    number: str = "",
) -> Piece:
    steady = tuple((_safe(name), _steady(name, body)) for name, body in files)
    pages = next((page_count(body) for name, body in steady if name.endswith(".pdf")), 0)
    return Piece(
        title=title,
        term=term,
        folder=folder,
        files=steady,
        day=day,
        author=facts.congress.name,
        number=number,
        pages=pages,
    )


def page_count(pdf: bytes) -> int:
    """Of a PDF that we set: the page tree is not compressed."""
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    return int(found[1]) if found else 0


def _files(
    facts: SessionFacts,
    pieces: Sequence[Piece],
    lines: Sequence[tuple[str, ...]],
    sealed: Sequence[str],
    signer: Signer,
    at: datetime,
) -> dict[str, bytes]:
    found = {f"{one.folder}/{name}": body for one in pieces for name, body in one.files}
    found["minisign.pub"] = public_key_file(signer.public_hex)
    size = sum(len(body) for body in found.values())
    found["移交清单.xlsx"] = _steady("移交清单.xlsx", list_xlsx(facts.title, lines))
    found["移交清单.pdf"] = formal.pdf(list_paper(facts.title, lines, len(found) - 1, size), at)
    found["说明.txt"] = explanation(facts, sealed).encode()
    found["散列值.txt"] = "".join(
        f"{hashlib.sha256(found[name]).hexdigest()}  {name}\n" for name in sorted(found)
    ).encode()
    return found


def explanation(facts: SessionFacts, sealed: Sequence[str]) -> str:
    """说明.txt: what lies where, and how it is checked in thirty years."""
    kept = "、".join(sealed)
    without = (
        f"以下各轮的办法不公布票箱记录，封好的票不移交：{kept}。它们的报告单和会议记录在内。\n"
        if kept
        else ""
    )
    return (
        f"{facts.title} 会议档案（电子）\n\n"
        "会议/ 是整个会议的文件；01、02……各是一轮票决或者测评。\n"
        "每份文件有 PDF（固定版式，PDF/A）和可以编辑的 Word、Excel。\n"
        "移交清单.xlsx、移交清单.pdf：每件的档号、题名、日期、页数、保管期限。档号里的全宗号、机构代码没有设置的，请手填；\n"
        "保管期限是建议，以本单位经批准的归档范围和保管期限表为准。密级一栏为空：系统里不录入涉密内容。\n"
        "散列值.txt：每个文件的 SHA-256。核对：sha256sum -c 散列值.txt\n"
        "*.minisig：文件的签名。核对：minisign -V -p minisign.pub -m 文件名\n"
        "票箱记录：python3 verify.pyz verify archive.bel --round round.json（先安装 msgspec 和 pynacl）。\n"
        "archive.bel 也可以用别人写的 belenios-tool 核验，格式是公开发表的。\n"
        f"{without}"
        "纸质原件（签名、盖章的报告单、公告、纸质票）由会务另行移交。\n"
    )


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in sorted(files):
            _put(target, name, files[name], packed_already=name.endswith(_PACKED))
    return packed.getvalue()


def _put(target: zipfile.ZipFile, name: str, body: bytes, *, packed_already: bool = False) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if packed_already else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    target.writestr(entry, body)


def _steady(name: str, body: bytes) -> bytes:
    """Office files are ZIPs that hold the moment of their making: it goes."""
    if not name.endswith((".docx", ".xlsx")):
        return body
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(packed, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            _put(target, entry.filename, part)
    return packed.getvalue()


def _safe(name: str) -> str:
    """What every system may write as a file's name."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(" .") or "_"


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()
