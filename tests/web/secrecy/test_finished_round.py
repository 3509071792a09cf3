"""A round is over, and somebody has everything that is stored, written and published: what can be learned?"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.web.secrecy.attacks import ATTACKS
from tests.web.secrecy.hold import held
from tests.web.secrecy.order import ENOUGH


def test_nothing_ties_a_deputy_to_a_card_or_a_card_to_a_choice(sqlite_template: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'piaojue.db')}"
    with held(tmp_path, database, ENOUGH, every=6) as attacker:
        found = {name: attack(attacker) for name, attack in ATTACKS.items()}
        assert found == {name: [] for name in ATTACKS}
        assert attacker.opened_with([1, 2]), "two of three scrutineers open what one cannot"
