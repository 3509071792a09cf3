"""belenios-tool at work on a whole election in a folder: keys, cards, ballots, decryptions, the archive.

Each method is one command of the tool; what it makes can be mixed with what `ballots` makes.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ballots.election import Question
from ballots.encoding import encode, sha256_hex


class SingleKey(NamedTuple):
    """A key made by the tool: the line for `public_keys.jsons`, the secret, and the file it stands in."""

    public: bytes
    secret: int
    file: Path


class SharedKey(NamedTuple):
    """One scrutineer's part of a threshold key: the files with the own secret and with the share."""

    key: Path
    share: Path


class Peer:
    """The program at `tool`, working in an empty `folder`."""

    def __init__(self, tool: Path, folder: Path) -> None:
        self.tool, self.folder = tool, folder
        self.uuid = self.run("setup", "generate-token", "--length=14").decode().strip()

    @property
    def version(self) -> str:
        return "belenios-tool " + self.run("--version").decode().split()[0]

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        done = subprocess.run(
            [self.tool, *arguments], cwd=self.folder, input=stdin, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    # Keys

    def single_key(self) -> SingleKey:
        before = {*self.folder.glob("*.privkey")}
        self.run("setup", "generate-trustee-key", "--group=Ed25519")
        (file,) = {*self.folder.glob("*.privkey")} - before
        public = file.with_suffix(".pubkey").read_bytes().strip()
        return SingleKey(public, int(msgspec.json.decode(file.read_bytes())), file)

    def threshold_keys(self, needed: int, size: int) -> list[SharedKey]:
        """The whole ceremony; writes `threshold.json`."""
        certificates = [self.certificate(index, needed, size) for index in range(1, size + 1)]
        self.keep_certificates([file.read_bytes() for file in certificates])
        keys = [file.with_suffix(".key") for file in certificates]
        deals = [self.deal(key) for key in keys]
        shares = [self.receive(key, deals) for key in keys]
        (self.folder / "threshold.json").write_bytes(self.assemble(deals, shares))
        return [SharedKey(key, key.with_suffix(".dkey")) for key in keys]

    def keep_certificates(self, certificates: Sequence[bytes]) -> None:
        """Those of all owners, in order; the tool checks them."""
        self._write("certs.jsons", certificates)
        self._step(2)

    def deal(self, key: Path) -> bytes:
        return self._step(3, f"--key={key.name}").strip()

    def receive(self, key: Path, deals: Sequence[bytes]) -> bytes:
        """The tool checks what everybody dealt and hands out what is for each."""
        self._write("polynomials.jsons", deals)
        self._step(4, "--polynomials=polynomials.jsons")
        return self._step(5, f"--key={key.name}", stdin=key.with_suffix(".vinput").read_bytes()).strip()

    def assemble(self, deals: Sequence[bytes], shares: Sequence[bytes]) -> bytes:
        self._write("polynomials.jsons", deals)
        lines = b"".join(share + b"\n" for share in shares)
        return self._step(6, "--polynomials=polynomials.jsons", stdin=lines).strip()

    def certificate(self, index: int, needed: int, size: int) -> Path:
        """The file with the first message; the secret lies beside it, as `.key`."""
        name = self.run(
            "setup",
            "generate-trustee-key-threshold",
            "--group=Ed25519",
            "--step=1",
            f"--threshold-context={index}/{needed}/{size}",
        )
        return self.folder / f"{name.decode().strip()}.cert"

    def _step(self, step: int, *arguments: str, stdin: bytes = b"") -> bytes:
        command = ("setup", "generate-trustee-key-threshold", "--group=Ed25519", "--certs=certs.jsons")
        return self.run(*command, f"--step={step}", *arguments, stdin=stdin)

    # Before the vote

    def cards(self, number: int) -> list[str]:
        """Private credentials; writes `public_creds.json`."""
        self.run(
            "setup", "generate-credentials", f"--uuid={self.uuid}", "--group=Ed25519", f"--count={number}"
        )
        (private,), (public,) = self.folder.glob("*.privcreds"), self.folder.glob("*.pubcreds")
        public.rename(self.folder / "public_creds.json")
        cards: dict[str, str] = msgspec.json.decode(private.read_bytes())
        return [*cards.values()]

    def public_credential(self, card: str) -> str:
        command = ("setup", "generate-credentials", "--group=Ed25519", f"--uuid={self.uuid}")
        return self.run(*command, f"--derive={card}").decode().strip()

    def election(self, name: str, questions: Sequence[Question], keys: Sequence[bytes]) -> bytes:
        """The election under these Single keys and the threshold key if there is one; begins the archive."""
        self._write("public_keys.jsons", keys)
        self.run("setup", "make-trustees")
        template = {"description": "票决", "name": name, "questions": questions}
        (self.folder / "template.json").write_bytes(encode(template))
        self.run(
            "setup",
            "make-election",
            f"--uuid={self.uuid}",
            "--group=Ed25519",
            "--template=template.json",
        )
        self.run("archive", "init")
        return (self.folder / "election.json").read_bytes().strip()

    # The vote

    def ballot(self, card: str, choices: Sequence[Sequence[int]]) -> bytes:
        (self.folder / "card").write_text(card)
        (self.folder / "choice").write_bytes(encode(choices))
        return self.run("election", "generate-ballot", "--privcred=card", "--choice=choice").strip()

    def add(self, kind: str, *data: bytes) -> None:
        self.run("archive", "add-event", f"--type={kind}", stdin=b"".join(one + b"\n" for one in data))

    # After the vote

    def close(self) -> bytes:
        """Ends the ballots and adds their sum, which it returns."""
        self.add("EndBallots")
        lines = self.run("election", "compute-encrypted-tally").splitlines()
        self.add("EncryptedTally", *lines)
        return lines[0]

    def decrypt(self, owner: int, key: SingleKey | SharedKey) -> bytes:
        if isinstance(key, SingleKey):
            lines = self.run("election", "decrypt", f"--privkey={key.file.name}", f"--trustee-id={owner}")
        else:
            files = (f"--key={key.key.name}", f"--decryption-key={key.share.name}")
            lines = self.run("election", "decrypt-threshold", *files, f"--trustee-id={owner}")
        return lines.splitlines()[0]

    def add_decryption(self, owner: int, part: bytes) -> None:
        self.add("PartialDecryption", part, encode({"owner": owner, "payload": sha256_hex(part)}))

    def count(self) -> bytes:
        """Adds the result, which it returns."""
        result = self.run("election", "compute-result").strip()
        self.add("Result", result)
        return result

    @property
    def archive(self) -> bytes:
        return (self.folder / f"{self.uuid}.bel").read_bytes()

    def verify(self) -> None:
        self.run("election", "verify")

    def _write(self, name: str, lines: Sequence[bytes]) -> None:
        (self.folder / name).write_bytes(b"".join(line.strip() + b"\n" for line in lines))


def fields(raw: bytes) -> Any:
    return msgspec.json.decode(raw)
