"""What a stranger needs to check a round: the ballot protocol, and the strictest verifier of it.

The protocol is Belenios, crypto version 1, in the group Ed25519, homomorphic questions; "NOTES §n" in this
package means section n of its implementer's notes, which follow the published specification. Bytes go in, a
verdict comes out: no database, no network, nothing of ours; msgspec and PyNaCl are all it needs.

    election     what is voted on, the joint key, the hash of the rules     → fingerprint φ
    credential   the secret on a card; its public half stands on the round's list
    ballot       one ElGamal pair per choice, a proof that each is 0 or 1, a proof that as many are chosen as
                 may be, signed by the card                                 → tracker 回执号
    tally        the product of all ballots, choice by choice: it encrypts the counts and nothing else
    decryption   each scrutineer's part of opening the tally, with a proof
    archive      all of this as a chain of events in one file              → head 封箱码

A whole round with one scrutineer, three candidates for two places, and two deputies:

    >>> from hashlib import shake_256
    >>> from itertools import count
    >>> from ballots import credentials, tally, trustees
    >>> from ballots.ballot import check, tracker_of
    >>> from ballots.election import Election, ElectionDocument, Question, description, encode_election
    >>> from ballots.sealing import seal
    >>> numbers = count()
    >>> def random(size):  # from a fixed seed, so that this example always says the same
    ...     return shake_256(b"example %d" % next(numbers)).digest(size)

    >>> scrutineer = trustees.secret_from_seed("RwzTnGzHhFJ4wLrYcFnVqP")
    >>> keys = trustees.trustees_document([trustees.make_public_key(scrutineer, random)])
    >>> joint = trustees.check_trustees(keys)
    >>> question = Question(answers=("食堂", "公园", "校车"), blank=True, min=1, max=2, question="至多选2件")
    >>> election = Election.parse(encode_election(ElectionDocument(
    ...     version=1, description=description("0" * 64, "1" * 64), name="示例县票决", group="Ed25519",
    ...     public_key=joint.keys[1][::-1].hex(), questions=(question,), uuid="ExampLeRound12")))

    >>> cards = [credentials.generate(random) for _ in range(2)]
    >>> ballots = [
    ...     seal(election, cards[0], [[0, 1, 0, 1]], random),  # 食堂 and 校车
    ...     seal(election, cards[1], [[1, 0, 0, 0]], random),  # 弃权
    ... ]
    >>> checked = [check(election, ballot) for ballot in ballots]
    >>> checked[0].credential == credentials.public_credential(election.uuid, cards[0])
    True
    >>> len(tracker_of(ballots[0]))
    43

    >>> total = tally.sum_ballots(election, [ballot.answers for ballot in checked])
    >>> part = tally.partial_decryption(election, total, scrutineer, random)
    >>> tally.decrypt(election, joint, total, {1: part}, len(ballots))  # blanks first
    b'{"result":[[1,1,0,1]]}'
"""
