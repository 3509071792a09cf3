"""What is changed, and which tests may notice."""

from __future__ import annotations

from typing import Final

from tests.parts import ROOT

BALLOTS: Final = (
    "ballots.archive",
    "ballots.ballot",
    "ballots.ceremony",
    "ballots.checks",
    "ballots.companion",
    "ballots.credentials",
    "ballots.election",
    "ballots.encoding",
    "ballots.errors",
    "ballots.group",
    "ballots.inspection",
    "ballots.proofs",
    "ballots.record",
    "ballots.report",
    "ballots.sealing",
    "ballots.tally",
    "ballots.trustees",
    "ballots.verify",
)

RULES: Final = (
    "voting.conclusions",
    "voting.counts",
    "voting.cycle",
    "voting.disclosure",
    "voting.grading",
    "voting.outcome",
    "voting.ranking",
    "voting.ratings",
    "voting.reasons",
    "voting.rules",
    "voting.runoff",
    "voting.wording",
)
"""From counts to the outcome, to the level of a project, and to what of both is shown, to whom and when."""

AFTERWARDS: Final = (
    "voting.rating.comparison",
    "voting.rating.completion_report",
    "voting.rating.inquiries",
    "voting.rating.ladder",
    "voting.rating.rated",
    "voting.rating.rectifications",
    "voting.rating.scores",
    "voting.rating.unit_index",
)
"""What is drawn from levels once they stand."""

AROUND: Final = (
    "voting.paper_ballots.sheets",
    "voting.scrutinising.subsets",
    "voting.strict_json",
    "voting.text",
)
"""What feeds them; held by tests with a database above all."""

TESTS: Final = (
    "tests/ballots",
    *(str(one.relative_to(ROOT)) for one in sorted((ROOT / "tests/voting").glob("test_*.py"))),
    "tests/voting/paper_ballots",
    "tests/voting/scrutinising",
    "tests/voting/rating",
)
"""Without a database, a browser or another program's verifier: those tests are left out by their fixtures."""

LEFT_OUT: Final = (
    "tests/ballots/test_killed_worker.py",
    "tests/ballots/test_main.py",
    "tests/ballots/test_peer.py",
    "tests/ballots/test_pyz.py",
)
IN_OTHER_PROCESSES: Final = "two_processes"
"""These start other processes, which read the sound files."""

AT_IMPORT: Final = frozenset({("voting.counts", "_described"), ("voting.grading", "_described")})
"""Functions that have done their work before a fault could be put into them."""
