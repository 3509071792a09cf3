"""The store: the one door to the database. It takes and gives frozen structs, never rows.

    with store.read() as tx:    round = tx.rounds.get(actor, round_id)
    with store.write() as tx:   round = tx.rounds.change(tx.rounds.lock(actor, round_id), state="closed")

Opening never creates or changes a database: that is `Store.migrate`, a command of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from voting.store import listed
from voting.store.accounts import Accounts
from voting.store.activities import Activities
from voting.store.addressed import Addressed
from voting.store.aspects import Aspects
from voting.store.attendance import AttendanceMoves
from voting.store.audit import Audit
from voting.store.box import Box
from voting.store.calls import Calls
from voting.store.cards import Cards
from voting.store.ceremonies import Ceremonies
from voting.store.completions import Completions
from voting.store.conferences import Conferences
from voting.store.connections import Connections, Watch, clock
from voting.store.corrections import Corrections
from voting.store.cosigns import Cosigns
from voting.store.decks import Decks
from voting.store.drafts import Drafts
from voting.store.earlier import Earlier
from voting.store.engine import StoreError, parse_url, statements, transactions
from voting.store.erasing import Erasing
from voting.store.exports import Exports
from voting.store.feasibilities import Feasibilities
from voting.store.groups import Groups
from voting.store.handlings import Handlings
from voting.store.inbox import Inbox
from voting.store.incidents import Incidents
from voting.store.inquiries import Inquiries
from voting.store.invitations import Invitations
from voting.store.keeping import Keeping
from voting.store.ledger import Ledger
from voting.store.liaisons import Liaisons
from voting.store.links import Links
from voting.store.logins import Logins
from voting.store.memberships import Memberships
from voting.store.notices import Notices
from voting.store.opened_years import OpenedYears
from voting.store.orders import Orders
from voting.store.paper import Paper
from voting.store.photos import Photos
from voting.store.plenaries import Leaves, PassCodes, Plenaries
from voting.store.project_changes import ProjectChanges
from voting.store.project_files import ProjectFiles
from voting.store.projects import Projects
from voting.store.public_news import PublicNews
from voting.store.public_papers import PublicPapers
from voting.store.public_projects import PublicProjects
from voting.store.publicity import Citizens
from voting.store.rated import RatedRows
from voting.store.reception_days import ReceptionDays
from voting.store.record import Record
from voting.store.rectifications import Rectifications
from voting.store.rehearsals import Rehearsals
from voting.store.reports import Reports
from voting.store.resolutions import Resolutions
from voting.store.results import Results
from voting.store.rounds import Rounds
from voting.store.schema import NewerDatabase, NotMigrated, check, examine, migrate, revision_of
from voting.store.scrutineers import Scrutineers
from voting.store.sent_forms import SentForms
from voting.store.sessions import Sessions
from voting.store.settings import Settings
from voting.store.showing import Showing
from voting.store.sketches import Sketches
from voting.store.slates import Slates
from voting.store.stations import StationWork
from voting.store.steps import Steps
from voting.store.suggestions import Suggestions
from voting.store.sweeping import sweep
from voting.store.totals import Totals
from voting.store.visits import Visits
from voting.store.warnings import Warnings
from voting.store.words import Words

__all__ = ["Connections", "NewerDatabase", "NotMigrated", "Store", "StoreError", "Transaction"]


class Transaction:
    """The subjects of the store over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._people(connection)
        self._places(connection)
        self._suggestions(connection)
        self._candidates(connection)
        self._rounds(connection)
        self._delivery(connection)
        self._supervision(connection)
        self._years(connection)
        self._rating(connection)
        self._hall_paper(connection)
        self._hall_scrutinising(connection)
        self._hall_checking_in(connection)
        self._hall_handing_out(connection)
        self._hall_settling(connection)
        self._hall_rehearsing(connection)
        self._keeping(connection)

    def _people(self, connection: Connection) -> None:
        """Who works with it."""
        self.settings = Settings(connection)
        self.audit = Audit(connection)
        self.notices = Notices(connection)
        self.accounts = Accounts(connection)
        self.memberships = Memberships(connection)
        self.invitations = Invitations(connection)
        self.logins = Logins(connection)
        self.units = listed.units(connection)
        self.deputies = listed.deputies(connection)

    def _places(self, connection: Connection) -> None:
        """Where people are met."""
        self.villages = listed.villages(connection)
        self.stations = listed.stations(connection)
        self.station_work = StationWork(connection)
        self.reception_days = ReceptionDays(connection)
        self.activities = Activities(connection)
        self.liaisons = Liaisons(connection)

    def _suggestions(self, connection: Connection) -> None:
        """群众提."""
        self.categories = listed.categories(connection)
        self.calls = Calls(connection)
        self.totals = Totals(connection)
        self.suggestions = Suggestions(connection, self.totals)
        self.addressed = Addressed(connection)
        self.photos = Photos(connection)
        self.inbox = Inbox(connection)
        self.cosigns = Cosigns(connection)
        self.sent_forms = SentForms(connection)
        self.words = Words(connection)
        self.ledger = Ledger(connection)
        self.exports = Exports(connection)
        self.handlings = Handlings(connection, self.totals)
        self.showing = Showing(connection)

    def _candidates(self, connection: Connection) -> None:
        """From suggestions to candidates."""
        self.drafts = Drafts(connection)
        self.feasibilities = Feasibilities(connection)
        self.sketches = Sketches(connection)
        self.slates = Slates(connection)

    def _rounds(self, connection: Connection) -> None:
        """代表决."""
        self.sessions = Sessions(connection)
        self.rounds = Rounds(connection)
        self.scrutineers = Scrutineers(connection)
        self.cards = Cards(connection)
        self.box = Box(connection)
        self.record = Record(connection)
        self.links = Links(connection)
        self.steps = Steps(connection)

    def _delivery(self, connection: Connection) -> None:
        """政府办."""
        self.projects = Projects(connection)
        self.project_files = ProjectFiles(connection)
        self.public_projects = PublicProjects(connection)
        self.public_news = PublicNews(connection)
        self.results = Results(connection)
        self.citizens = Citizens(connection)
        self.reports = Reports(connection)
        self.warnings = Warnings(connection)

    def _supervision(self, connection: Connection) -> None:
        """Who watches, what may change, what is done."""
        self.groups = Groups(connection)
        self.visits = Visits(connection)
        self.orders = Orders(connection)
        self.conferences = Conferences(connection)
        self.corrections = Corrections(connection)
        self.project_changes = ProjectChanges(connection)
        self.completions = Completions(connection)

    def _rating(self, connection: Connection) -> None:
        """人大评."""
        self.rated = RatedRows(connection)
        self.rectifications = Rectifications(connection)
        self.inquiries = Inquiries(connection)
        self.aspects = Aspects(connection)

    def _hall_checking_in(self, connection: Connection) -> None:
        """签到."""
        self.plenaries = Plenaries(connection)
        self.attendance = AttendanceMoves(connection)
        self.leaves = Leaves(connection)
        self.pass_codes = PassCodes(connection)

    def _hall_handing_out(self, connection: Connection) -> None:
        """发票."""
        self.decks = Decks(connection)
        self.incidents = Incidents(connection)

    def _hall_settling(self, connection: Connection) -> None:
        """What a vote left open."""
        self.resolutions = Resolutions(connection)

    def _hall_rehearsing(self, connection: Connection) -> None:
        """演练."""
        self.rehearsals = Rehearsals(connection)

    def _keeping(self, connection: Connection) -> None:
        """Until when what is kept."""
        self.keeping = Keeping(connection)
        self.erasing = Erasing(connection)

    def _hall_scrutinising(self, connection: Connection) -> None:
        """监票."""
        self.ceremonies = Ceremonies(connection)

    def _hall_paper(self, connection: Connection) -> None:
        """纸质票."""
        self.paper = Paper(connection)

    def _years(self, connection: Connection) -> None:
        """From one year to the next."""
        self.opened_years = OpenedYears(connection)
        self.earlier = Earlier(connection)
        self.public_papers = PublicPapers(connection)


class Store:
    """One database, from as many threads and processes as you like."""

    def __init__(self, transactions: Engine, statements: Engine) -> None:
        self._transactions = transactions
        self._statements = statements
        self._watch = Watch(transactions, statements)

    @classmethod
    def open(cls, url: str) -> Self:
        """Raises StoreError: not migrated, newer than the program, not writable, not reachable."""
        parsed = parse_url(url)
        check(parsed)
        return cls(transactions(parsed), statements(parsed))

    @staticmethod
    def migrate(url: str) -> None:
        """Create the database or bring it up to this program. Raises StoreError."""
        migrate(parse_url(url))

    @staticmethod
    def revision(url: str) -> str | None:
        """Which revision lies there; None if none does. Raises StoreError."""
        return revision_of(parse_url(url))

    @staticmethod
    def examine(url: str) -> None:
        """Raises StoreError unless every table and column of this program is there."""
        examine(parse_url(url))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def clock(self) -> datetime | None:
        """What time it is for the database's server; None where the database is a file of this machine."""
        return clock(self._statements)

    def connections(self) -> Connections:
        """How this process stands with its database."""
        return self._watch.look()

    def close(self) -> None:
        self._transactions.dispose()
        self._statements.dispose()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """All of it is committed, and on disk, when the block ends; an exception leaves nothing behind."""
        with self._transactions.begin() as connection:
            tx = Transaction(connection)
            yield tx
            tx.totals.settle()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Each statement sees what was committed before it.

        What is read together here was written together, or never changes afterwards.
        """
        with self._statements.connect() as connection:
            yield Transaction(connection)

    def sweep(self) -> None:
        """After a change is on disk: the database's files forget what it deleted or wrote anew.

        Whatever hinders it is left to the next time: the change itself has been made.
        """
        with suppress(DBAPIError), self._statements.connect() as connection:
            sweep(connection)

    @contextmanager
    def cast(self) -> Iterator[Box]:
        """The ballot box alone. Each of its statements is a transaction by itself, so that a ballot costs two
        round trips and not six."""
        with self._statements.connect() as connection:
            yield Box(connection)
