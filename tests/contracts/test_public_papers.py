"""Contract of `tx.public_papers`: documents for everybody, each with a signature that minisign checks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.contracts.cases import case
from tests.county import Body, County
from tests.drafts import PDF
from tests.people import seeded
from tests.refusals import refused, unchanged
from voting.actors import PUBLIC, Forbidden, NotFound
from voting.days import today
from voting.minisign import signature_file
from voting.screening.papers import PaperError
from voting.signing import Signer
from voting.years.facts import PublicPaper, YearError, YearStep
from voting.years.issuing import Issue, issue, withdraw


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer.create(tmp_path / "signing.key", seeded("key"))


def published(body: Body, signer: Signer, title: str = "测评结果公告", pdf: bytes = PDF) -> PublicPaper:
    now = body.now()
    said = Issue(year=2027, title=title, number="第5号", day=today(now))
    return issue(body.store, body.staff, signer, said, "公告.pdf", pdf, now)


@case("public_papers.add", "public_papers.get", "public_papers.body", "public_papers.same")
def test_a_document_is_signed_and_everybody_reads_it(county: County, signer: Signer) -> None:
    made = published(county, signer)
    with unchanged(county.store):
        assert published(county, signer) == made
    for actor in (PUBLIC, county.staff, county.deputy, county.town.deputy):
        with county.store.read() as tx:
            assert tx.public_papers.get(actor, made.id) == made
            assert tx.public_papers.body(made) == PDF
            assert tx.public_papers.same(county.congress.id, made.hash) == made
            assert tx.public_papers.same(county.town.congress.id, made.hash) is None
    comment = f"timestamp:{int(made.at.timestamp())} file:公告.pdf hashed 示例县人民代表大会 测评结果公告"
    assert made.signature == signature_file(signer, PDF, comment)
    assert (made.name, made.media_type) == ("公告.pdf", "application/pdf")


@case("public_papers.listing")
def test_documents_are_listed_newest_first_by_congress(county: County, signer: Signer) -> None:
    first = published(county, signer)
    second = published(county, signer, "整改通报", PDF + b"\n")
    published(county.town, signer)
    with county.store.read() as tx:
        assert tx.public_papers.listing(PUBLIC, county.congress.id, 10) == (second, first)
        assert tx.public_papers.listing(PUBLIC, county.congress.id, 1) == (second,)
        assert tx.public_papers.listing(county.town.staff, county.congress.id, 10) == ()


@case("public_papers.lock", "public_papers.change")
def test_what_was_withdrawn_is_found_by_its_office_alone(county: County, signer: Signer) -> None:
    made = published(county, signer)
    gone = withdraw(county.store, county.staff, made.id, county.now())
    with unchanged(county.store):
        assert withdraw(county.store, county.staff, made.id, county.now()) == gone
    with county.store.read() as tx:
        for actor in (PUBLIC, county.deputy, county.government, county.town.staff):
            with pytest.raises(NotFound):
                tx.public_papers.get(actor, made.id)
        assert tx.public_papers.get(county.staff, made.id).withdrawn_at is not None
        assert tx.public_papers.listing(PUBLIC, county.congress.id, 10) == ()
    with refused(county.store, YearStep, "后来撤下了"):
        published(county, signer)


def test_only_documents_of_today_or_before_are_published(county: County, signer: Signer) -> None:
    now = county.now()
    later = Issue(year=2027, title="公告", number="", day=today(now) + timedelta(days=1))
    with refused(county.store, YearError, "不能晚于今天"):
        issue(county.store, county.staff, signer, later, "公告.pdf", PDF, now)
    good = Issue(year=2027, title="公告", number="", day=date(2026, 1, 1))
    with refused(county.store, PaperError):
        issue(county.store, county.staff, signer, good, "公告.exe", PDF, now)
    with refused(county.store, PaperError, "不是完整的 PDF"):
        issue(county.store, county.staff, signer, good, "公告.pdf", b"x", now)


def test_only_the_congress_publishes_and_withdraws_its_papers(county: County, signer: Signer) -> None:
    made = published(county, signer)
    said = Issue(year=2027, title="公告", number="", day=date(2026, 1, 1))
    for actor in (county.government, county.deputy, county.unit, county.presidium, PUBLIC):
        with refused(county.store, Forbidden):
            issue(county.store, actor, signer, said, "公告.pdf", PDF, county.now())
        with refused(county.store, Forbidden):
            withdraw(county.store, actor, made.id, county.now())
    with refused(county.store, NotFound):
        withdraw(county.store, county.town.staff, made.id, county.now())
