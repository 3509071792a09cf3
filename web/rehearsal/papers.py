"""The paper ballots of a rehearsed hall: two tellers count them, a scrutineer signs."""

from voting.demo.common_key import report_key
from voting.demo.simulation import plain_sum
from voting.paper_ballots.agreeing import paper_text, sign_paper
from voting.paper_ballots.sheets import Entry
from voting.paper_ballots.tellers import enter_counts
from web.rehearsal.convening import Hall, Place, now


def count_papers(place: Place, hall: Hall) -> None:
    """After closing: both tellers enter the same, the 总监票人 signs."""
    rows = tuple(tuple(row) for row in plain_sum(hall.papers))
    entry = Entry(returned=len(hall.papers), rows=rows)
    for number in (1, 2):
        enter_counts(place.store, hall.stage.teller(number), hall.stage.round_id, entry, now())
    chief = hall.stage.scrutineer(1)
    with place.store.read() as tx:
        text = paper_text(tx, chief, tx.rounds.get(chief, hall.stage.round_id)) or ""
    signature = report_key(hall.stage.seeds[0]).sign(text.encode()).hex()
    sign_paper(place.store, chief, hall.stage.round_id, signature, now())
