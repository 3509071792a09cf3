"""Settings come from a file and the environment; what does not fit is refused in a sentence."""

from pathlib import Path

import msgspec
import pytest

from web.settings import Settings, SettingsError, load, table


def test_defaults_serve_this_machine_only() -> None:
    settings = load({})
    assert (settings.url, settings.host, settings.https) == ("http://127.0.0.1:8000", "127.0.0.1", False)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "piaojue.toml"
    file.write_text('port = 9000\nfooter = "主办：示例县人大"\n', encoding="utf-8")
    settings = load({"PIAOJUE_SETTINGS": str(file), "PIAOJUE_PORT": "9001", "PATH": "/bin"})
    assert (settings.port, settings.footer) == (9001, "主办：示例县人大")


def test_a_named_file_is_used_instead_of_the_one_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "piaojue.toml"
    file.write_text("workers = 3\n")
    assert load({"PIAOJUE_SETTINGS": "/nowhere"}, file).workers == 3


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"PIAOJUE_PORT": "acht"}, "port"),
        ({"PIAOJUE_PORT": "70000"}, "port"),
        ({"PIAOJUE_PLAIN_HTTP": "maybe"}, "plain_http"),
        ({"PIAOJUE_HOTS": "x"}, "hots"),
        ({"PIAOJUE_URL": "vote.example.cn"}, "url"),
        ({"PIAOJUE_URL": "https://vote.example.cn/path"}, "url"),
        ({"PIAOJUE_URL": "http://192.168.1.7"}, "url"),
        ({"PIAOJUE_SETTINGS": "/nowhere/piaojue.toml"}, "/nowhere/piaojue.toml"),
    ],
)
def test_what_does_not_fit_is_named_in_the_sentence(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(environ)
    assert named in refused.value.sentence


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "piaojue.toml"
    file.write_text("port = = 1")
    with pytest.raises(SettingsError, match=r"piaojue\.toml"):
        load({}, file)


def test_plain_http_in_a_network_needs_to_be_allowed_by_name() -> None:
    settings = load({"PIAOJUE_URL": "http://192.168.1.7", "PIAOJUE_PLAIN_HTTP": "true"})
    assert not settings.https


def test_links_begin_with_the_address_without_a_doubled_slash() -> None:
    settings = Settings(url="https://vote.example.cn/")
    assert settings.address("/v/abc") == "https://vote.example.cn/v/abc"
    assert settings.origin == "https://vote.example.cn"


def test_the_table_explains_every_setting_in_a_row_of_its_own() -> None:
    rows = table().splitlines()[2:]
    names = [field.name for field in msgspec.structs.fields(Settings)]
    assert [row.split("`")[1] for row in rows] == names
    assert all(len(row.split("|")[4].strip()) >= 5 for row in rows)
