"""Where the application takes its master keys from, and what no key is ever found in."""

import logging
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.bootstrap import Application, build
from core.config import AppMode, ConfigurationError, Settings, settings
from core.domain.errors import ModelError, ModelFault, StoreError
from core.services.keys import Keys
from tests.builders import ALICE, BOB, a_resume
from tests.key_doubles import KEY, OTHER_KEY, SERVER, ListingProvider
from tests.known_providers import ANTHROPIC, COMPATIBLE, GEMINI, OPENAI

_RING = f"k1:{b64encode(b'1' * 32).decode()}"
_Build = Callable[..., Application]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def built(data_dir: Path) -> Iterator[_Build]:
    """Builds applications on one data folder; the way log records are made is put back."""
    factory = logging.getLogRecordFactory()

    def make(mode: AppMode = AppMode.LOCAL, ring: str = "") -> Application:
        return build(
            Settings(app_mode=mode, data_dir=data_dir, app_encryption_keys=SecretStr(ring))
        )

    yield make
    logging.setLogRecordFactory(factory)


def _keys(app: Application, provider: ListingProvider) -> Keys:
    return replace(app.keys, list_models=provider.list_models)


# --- master keys --------------------------------------------------------------------------------


def test_local_app_makes_a_private_file_beside_the_database(built: _Build, data_dir: Path) -> None:
    vault = built().keys.vault
    assert vault is not None
    assert vault.can_seal
    assert (data_dir / "master.key").stat().st_mode & 0o777 == 0o600


def test_local_key_opens_after_a_restart(built: _Build) -> None:
    provider = ListingProvider()
    _keys(built(), provider).add_key(ALICE, OPENAI, KEY, keep=True)
    again = _keys(built(), provider)
    assert again.open_key(ALICE, OPENAI).key.reveal() == KEY


def test_lost_file_makes_stored_keys_unreadable_and_new_ones_can_be_stored(
    built: _Build, data_dir: Path
) -> None:
    provider = ListingProvider()
    _keys(built(), provider).add_key(ALICE, OPENAI, KEY, keep=True)
    (data_dir / "master.key").unlink()
    keys = _keys(built(), provider)
    assert [entry.is_readable for entry in keys.keys_of(ALICE)] == [False]
    keys.add_key(ALICE, OPENAI, KEY, keep=True)
    assert [entry.is_readable for entry in keys.keys_of(ALICE)] == [True]


def test_hosted_app_without_a_ring_has_no_vault_and_makes_no_file(
    built: _Build, data_dir: Path
) -> None:
    assert built(AppMode.HOSTED).keys.vault is None
    assert not (data_dir / "master.key").exists()


def test_hosted_app_takes_no_file(built: _Build) -> None:
    built()
    assert built(AppMode.HOSTED).keys.vault is None


@pytest.mark.parametrize("mode", AppMode)
def test_ring_of_the_setting_is_taken_in_every_mode(
    built: _Build, data_dir: Path, mode: AppMode
) -> None:
    vault = built(mode, _RING).keys.vault
    assert vault is not None
    assert vault.can_seal
    assert not (data_dir / "master.key").exists()


def test_other_master_key_under_the_same_name_stores_nothing(built: _Build) -> None:
    built(AppMode.HOSTED, _RING)
    vault = built(AppMode.HOSTED, f"k1:{b64encode(b'x' * 32).decode()}").keys.vault
    assert vault is not None
    assert not vault.can_seal


def test_broken_ring_keeps_the_app_from_starting_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("APP_ENCRYPTION_KEYS", f"{_RING},{_RING}")
    settings.cache_clear()
    with pytest.raises(ConfigurationError) as refused:
        settings()
    assert str(refused.value) == (
        "The setting APP_ENCRYPTION_KEYS cannot be used: the name k1 stands there twice."
    )
    assert _RING[3:12] not in "".join(traceback.format_exception(refused.value))


def test_broken_file_is_told_and_left_alone(built: _Build, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "master.key").write_text("k1:short")
    with pytest.raises(StoreError, match=r"master\.key"):
        built()
    assert (data_dir / "master.key").read_text() == "k1:short"


def test_settings_do_not_show_the_ring() -> None:
    shown = repr(Settings(app_encryption_keys=SecretStr(_RING)))
    assert _RING[3:12] not in shown


# --- nothing leaks ------------------------------------------------------------------------------


def _written_under(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def _every_flow(keys: Keys, provider: ListingProvider) -> list[BaseException]:
    """Adds, opens, lists and fails in every way; the errors that were raised."""
    keys.add_key(ALICE, OPENAI, KEY, keep=True)
    keys.add_key(ALICE, COMPATIBLE, OTHER_KEY, SERVER, keep=False)
    keys.open_key(ALICE, OPENAI)
    keys.choose_model(ALICE, OPENAI, "large")
    keys.models(ALICE, COMPATIBLE)
    keys.store.save_key(BOB, keys.store.keys(ALICE)[0])

    def refuse_by_the_provider() -> None:
        provider.error = ModelError(ModelFault.KEY_REFUSED, "OpenAI")
        keys.add_key(ALICE, OPENAI, KEY, keep=True)

    failing: list[Callable[[], object]] = [
        refuse_by_the_provider,
        lambda: keys.add_key(ALICE, ANTHROPIC, KEY, keep=True),
        lambda: keys.add_key(ALICE, OPENAI, f"{KEY} {KEY}", keep=True),
        lambda: keys.add_key(ALICE, COMPATIBLE, KEY, f"http://{KEY}@x", keep=True),
        lambda: keys.open_key(BOB, OPENAI),
        lambda: keys.open_key(BOB, GEMINI),
        lambda: keys.add_key(ALICE, OPENAI, "", keep=True),
    ]
    return [_error_of(work) for work in failing]


def _error_of(work: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception, match=r".") as raised:
        work()
    logging.getLogger("tests.keys").error("It failed", exc_info=raised.value)
    return raised.value


def _chain(error: BaseException | None) -> Iterator[str]:
    """Everything that an error and all that led to it can show."""
    while error:
        yield f"{error!r} {error} {error.args} {vars(error)}"
        error = error.__cause__ or error.__context__


def test_no_key_is_in_any_file_log_error_or_traceback(
    built: _Build, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app, provider = built(AppMode.HOSTED, _RING), ListingProvider()
    keys = _keys(app, provider)
    errors = _every_flow(keys, provider)
    shown = "\n".join(
        [
            caplog.text,
            repr(caplog.records),
            *(text for error in errors for text in _chain(error)),
            *("".join(traceback.format_exception(error)) for error in errors),
            repr(keys.keys_of(ALICE)),
            repr(keys.open_key(ALICE, OPENAI)),
        ]
    )
    written = _written_under(data_dir)
    assert b"api_keys" in written
    assert "It failed" in caplog.text
    for key in (KEY, OTHER_KEY, _RING.partition(":")[2]):
        assert key not in shown
        assert key.encode() not in written


def test_download_of_the_history_holds_nothing_of_keys(built: _Build) -> None:
    app = built(AppMode.HOSTED, _RING)
    app.preparing.keep_resume(ALICE, a_resume())
    _keys(app, ListingProvider()).add_key(ALICE, OPENAI, KEY, keep=True)
    (row,) = app.keys.store.keys(ALICE)
    download = app.files.history_json(app.exporting.history(ALICE))
    assert "Ilva" in download
    assert not [part for part in (KEY, row.sealed, row.last4, "openai") if part in download]


def test_deleting_everything_deletes_stored_keys_and_forgets_the_others(built: _Build) -> None:
    app = built(AppMode.HOSTED, _RING)
    keys = _keys(app, ListingProvider())
    keys.add_key(ALICE, OPENAI, KEY, keep=True)
    keys.add_key(ALICE, GEMINI, "AIza4711Zq8vXw", keep=False)
    keys.add_key(BOB, OPENAI, OTHER_KEY, keep=True)
    app.exporting.delete_everything(ALICE)
    assert keys.keys_of(ALICE) == ()
    assert len(keys.keys_of(BOB)) == 1
