"""Static files under addresses that change with their content, and tags that pin it."""

import gzip
import hashlib
import re
from base64 import b64encode
from pathlib import Path

import pytest

from tests.web.house import House
from web.assets import Assets, MissingAsset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "deputy.js").write_text("vote()")
    (tmp_path / "page.css").write_text("p{}")
    (tmp_path / "page.css.orig").write_text("left by an editor")
    return tmp_path


def test_a_tag_pins_the_very_bytes(folder: Path) -> None:
    integrity = "sha384-" + b64encode(hashlib.sha384(b"vote()").digest()).decode()
    tag = Assets(folder).script("client/deputy.js")
    assert f'integrity="{integrity}"' in tag
    assert tag.startswith("<script defer ")


def test_the_address_changes_with_the_content(folder: Path) -> None:
    before = Assets(folder).stylesheet("page.css")
    (folder / "page.css").write_text("p{color:red}")
    assert Assets(folder).stylesheet("page.css") != before


def test_a_file_that_was_not_built_is_named(folder: Path) -> None:
    with pytest.raises(MissingAsset, match=r"client/scrutineer\.js"):
        Assets(folder).require("client/deputy.js", "client/scrutineer.js")


def test_only_styles_scripts_and_drawings_are_served(folder: Path) -> None:
    assets = Assets(folder)
    digest = re.findall("static/(.*?)/", assets.stylesheet("page.css"))[0]
    assert assets.find(digest, "page.css") is not None
    assert assets.find(digest, "page.css.orig") is None


def _address(house: House) -> str:
    found = re.search(r'href="(/static/[^"]+)"', house.visitor().get("/").text)
    assert found
    return found[1]


def test_a_page_names_a_file_that_may_be_kept_for_ever(house: House) -> None:
    answer = house.visitor().get(_address(house))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "accept-encoding"


def test_compressed_and_plain_are_the_same_file(house: House) -> None:
    visitor, address = house.visitor(), _address(house)
    plain = visitor.get(address, headers={"accept-encoding": "identity"})
    small = visitor.get(address, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.content == plain.content
    assert len(gzip.compress(plain.content)) < len(plain.content)


@pytest.mark.parametrize(
    "path",
    [
        "/static/0000000000000000/piaojue.css",
        "/static/0000000000000000/../app.py",
        "/static/0000000000000000/%2e%2e/app.py",
    ],
)
def test_another_hash_or_a_way_out_of_the_folder_leads_nowhere(house: House, path: str) -> None:
    assert house.visitor().get(path).status_code == 404
