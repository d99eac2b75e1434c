from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config import ROOT, AppMode, ConfigurationError, Settings, settings

_UNUSABLE = "postgresql://app_login:hunter2/@db.example.com/interviews"
_HOSTED = "postgresql://app_login:hunter2@db.example.com:5432/interviews"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An environment that sets nothing, and no settings remembered before or after."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def _refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as refused:
        settings()
    return str(refused.value)


def test_nothing_has_to_be_set() -> None:
    assert settings().port == 8501


def test_app_is_hosted_unless_it_is_told_otherwise() -> None:
    assert settings().is_hosted


def test_local_mode_is_set_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_MODE", "local")
    assert settings().app_mode is AppMode.LOCAL
    assert not settings().is_hosted


def test_database_is_in_the_data_folder_of_the_repository() -> None:
    assert settings().database_path == ROOT / "var" / "interviews.db"


def test_relative_data_folder_starts_at_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "elsewhere")
    assert settings().database_path == ROOT / "elsewhere" / "interviews.db"


def test_absolute_data_folder_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert settings().database_path == tmp_path / "interviews.db"


def test_database_url_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/mine.db")
    assert settings().database_path == tmp_path / "mine.db"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_database_url_names_a_postgres(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    url = _HOSTED.replace("postgresql", scheme)
    monkeypatch.setenv("DATABASE_URL", url)
    assert settings().postgres_url == url


@pytest.mark.parametrize("url", ["", "sqlite:///var/mine.db"])
def test_without_a_postgres_the_database_is_a_file(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert settings().postgres_url == ""


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_settings_shown_show_no_password(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, _HOSTED)
    assert "hunter2" not in f"{settings()!r} {settings()} {settings().model_dump_json()}"


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = settings()
    monkeypatch.setenv("PORT", "9000")
    assert settings() is first


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings().port = 9000


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APP_MODE", "public"),
        ("PORT", "many"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PARSER_MEMORY_MB", "1"),
        ("IS_DURABLE", "perhaps"),
        ("DATABASE_URL", "mysql://localhost/interviews"),
        ("DATABASE_URL", "postgresql://app_login:with/slash@localhost/interviews"),
        ("DATABASE_OWNER_URL", "localhost"),
        ("APP_ENCRYPTION_KEYS", "k1:short"),
    ],
)
def test_wrong_setting_is_refused_in_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sentence = _refused(monkeypatch, name, value)
    assert sentence.startswith(f"The setting {name} cannot be used: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_refusal_does_not_show_the_secret_in_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hunter2" not in _refused(monkeypatch, "DATABASE_URL", _UNUSABLE)


def test_refusal_hides_the_error_that_shows_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", _UNUSABLE)
    with pytest.raises(ConfigurationError) as refused:
        settings()
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_variables_of_others_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME_OF_SOMETHING_ELSE", "1")
    assert settings().app_mode is AppMode.HOSTED


def test_only_proxies_of_the_machine_itself_are_trusted_unless_others_are_named() -> None:
    assert [str(network) for network in settings().proxies] == ["127.0.0.1/32", "::1/128"]


def test_proxy_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "TRUSTED_PROXIES" in _refused(monkeypatch, "TRUSTED_PROXIES", "nginx")


def test_key_of_a_store_for_files_needs_its_project(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SUPABASE_URL" in _refused(monkeypatch, "SUPABASE_SECRET_KEY", "sb_secret_x")
