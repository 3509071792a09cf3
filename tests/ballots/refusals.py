"""What the verifier says of every tampered record, word by word.

A stranger has nothing but this sentence to find the place by. `python -m tests.ballots.refusals` writes the
sentences anew: read the difference before you keep it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from ballots.checks import Refused

FILE: Final = Path(__file__).with_name("refusals.json")
SENTENCES: Final[dict[str, str]] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
"""By the name of the case."""
_CHANCE: Final = re.compile("[0-9a-fA-F]{16,}|[0-9A-Za-z+/]{43}")


def spoken(refused: Refused) -> str:
    """The sentence, without the hashes and keys that differ from one election to the next."""
    return _CHANCE.sub("*", str(refused))


def main() -> None:
    from tests.ballots import test_verify
    from tests.ballots.tampering import CASES, refusal

    assert test_verify.SUBJECTS  # imported for all that they register
    cases = sorted(CASES, key=lambda case: case.name)
    said = {case.name: spoken(refusal(case.submission())) for case in cases}
    FILE.write_text(json.dumps(said, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
