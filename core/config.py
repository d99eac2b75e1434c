"""The only reader of the environment: one typed Settings, read once."""

import os
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.domain.client_address import Proxies, parse_proxies
from core.domain.key_ring import KeyRing, parse_ring
from core.domain.supabase_keys import is_secret_key

_API_URL = "_API_URL"
ROOT = Path(__file__).resolve().parents[1]
_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


class AppMode(StrEnum):
    """Who can reach the app."""

    LOCAL = "local"
    HOSTED = "hosted"


class GuestMode(StrEnum):
    """What somebody may do who is not signed in."""

    ALLOWED = "allowed"
    NONE = "none"


class LimitMode(StrEnum):
    """Where limits on candidates and addresses are in force."""

    HOSTED = "hosted"
    ALWAYS = "always"
    NEVER = "never"


class ConfigurationError(RuntimeError):
    """A setting cannot be used; the message is one sentence that names it."""


def _api_urls() -> dict[str, str]:
    """By a provider's id: what its `…_API_URL` is set to. Which providers there are is not known here."""
    return {
        name.removesuffix(_API_URL).lower(): value
        for name, value in os.environ.items()
        if name.endswith(_API_URL) and value
    }


class Settings(BaseSettings):
    """What can be set from outside. The README's table is generated from these descriptions."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    app_mode: AppMode = Field(
        default=AppMode.HOSTED,
        description="`hosted` for everyone else's browser (cookies need https), `local` for your own "
        "machine; `make run` sets `local`.",
    )
    data_dir: Path = Field(
        default=Path("var"),
        description="The folder for all state (the database, and in `local` mode the master key). "
        "Relative paths start at the repository.",
    )
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="The database: `postgresql://app_login:…@host:5432/postgres` ([docs/hosting.md](docs/hosting.md)), "
        "or `sqlite:///` and a path. Empty means SQLite in `DATA_DIR`.",
    )
    database_owner_url: SecretStr = Field(
        default=SecretStr(""),
        description="The same Postgres as seen by its owner, for `python -m cli database migrate` and "
        "`python -m cli keys`. The app itself never reads it; keep it off the host.",
    )
    app_encryption_keys: SecretStr = Field(
        default=SecretStr(""),
        description="The master keys that seal candidates' own keys for AI providers: "
        "`k1:<32 bytes in base 64>`, more of them after commas; the first seals, all open. Empty means a "
        "file `master.key` beside the database in `local` mode, and that `hosted` stores no key.",
    )
    port: int = Field(
        default=8501, ge=1, le=65535, description="The port that `make run` listens on."
    )
    is_durable: bool = Field(
        default=True,
        description="Whether `DATA_DIR` outlives a restart. Set `false` on hosts that forget their "
        "disk (Community Cloud): the Practice page then says so and offers a download.",
    )
    parser_memory_mb: int = Field(
        default=512,
        ge=128,
        description="The most memory one document or recording may take to be read, in MiB; 256 suits "
        "small hosts.",
    )

    supabase_url: str = Field(
        default="",
        description="The Supabase project whose Auth signs people in by e-mail: `https://abcd.supabase.co` "
        "([docs/hosting.md](docs/hosting.md)). Empty means no sign-in by e-mail.",
    )
    supabase_anon_key: SecretStr = Field(
        default=SecretStr(""),
        description="That project's publishable key (`sb_publishable_…`) or its older anon key. "
        "A secret or service_role key is refused here.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1, ::1",
        description="Whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses or networks "
        "after commas, `*` for whoever connects. Everyone else's are taken away.",
    )
    session_idle_hours: int = Field(
        default=48,
        ge=1,
        description="After so many hours without use a browser is signed out.",
    )
    session_days: int = Field(
        default=14,
        ge=1,
        le=400,
        description="After so many days a browser is signed out, however much it is used.",
    )
    supabase_secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="The project's secret key (`sb_secret_…`): resume files are then kept in its Storage, for which "
        "alone it is used. Empty means a folder in `DATA_DIR`.",
    )
    supabase_bucket: str = Field(
        default="resumes", min_length=1, description="The private bucket for resume files."
    )
    guests: GuestMode = Field(
        default=GuestMode.ALLOWED,
        description="`none`: whoever is not signed in reads the first page and is told to sign in, and the "
        "REST API refuses.",
    )
    guest_retention_days: int = Field(
        default=0,
        ge=0,
        description="`python -m cli retention` deletes guests who were not there for so many days, with "
        "everything of theirs. 0 keeps them.",
    )
    limits: LimitMode = Field(
        default=LimitMode.HOSTED,
        description="Where the limits below are in force: in `hosted` mode, `always` or `never`.",
    )
    uploads_per_hour: int = Field(
        default=30,
        ge=1,
        description="How many files one candidate may hand in: resumes, histories.",
    )
    interviews_per_hour: int = Field(
        default=30, ge=1, description="How many interviews one candidate may begin."
    )
    evaluations_per_hour: int = Field(
        default=300, ge=1, description="How many answers of one candidate are judged."
    )
    sign_in_codes_per_hour: int = Field(
        default=6,
        ge=1,
        description="How many sign-in codes are sent for one visitor or to one e-mail.",
    )
    sign_in_tries_per_hour: int = Field(
        default=30,
        ge=1,
        description="How many codes or passwords are tried by one visitor or for one e-mail.",
    )
    address_limit_factor: int = Field(
        default=5,
        ge=1,
        description="How many times as much all visitors of one address may do together "
        "(`TRUSTED_PROXIES` tells addresses).",
    )
    api_requests_per_minute: int = Field(
        default=300,
        ge=1,
        description="How many requests a minute one candidate may send to the REST API.",
    )
    provider_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="The key that `python -m cli evaluate` and `python -m bench.judge` use with "
        "`--provider`; asked for where it is empty. The app itself never reads it.",
    )
    api_urls: dict[str, str] = Field(
        default_factory=_api_urls,
        title="OPENAI_API_URL, ANTHROPIC_API_URL, …",
        description="Called instead of that provider's own address, in local mode only (a gateway, a "
        "stub). The name is the provider's id and `_API_URL`.",
    )

    bench_data: Path = Field(
        default=Path("../shared/data"),
        description="Real documents and graded answers to measure with, for benches and some tests; "
        "where the folder is absent they skip.",
    )

    @field_validator("database_url", "database_owner_url")
    @classmethod
    def _usable_url(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _is_database_url(value.get_secret_value()):
            message = (
                "it has to begin with postgresql:// or sqlite:///, and characters such as @, : and / "
                "in a password have to be percent-encoded"
            )
            raise ValueError(message)
        return value

    @field_validator("supabase_anon_key")
    @classmethod
    def _public_key(cls, value: SecretStr) -> SecretStr:
        if is_secret_key(value.get_secret_value()):
            message = (
                "it is a secret key, which may read everything; set the publishable or the anon key"
            )
            raise ValueError(message)
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        parse_proxies(value)
        return value

    @field_validator("app_encryption_keys")
    @classmethod
    def _usable_ring(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value().strip():
            parse_ring(value.get_secret_value())
        return value

    @property
    def proxies(self) -> Proxies:
        """The proxies whose word on a visitor's address is taken."""
        return parse_proxies(self.trusted_proxies)

    @model_validator(mode="after")
    def _usable_supabase(self) -> Self:
        url = urlsplit(self.supabase_url)
        if bool(self.supabase_url) != bool(self.supabase_anon_key.get_secret_value()):
            raise ValueError("SUPABASE_URL and SUPABASE_ANON_KEY belong together: set both or none")
        if self.supabase_secret_key.get_secret_value() and not self.supabase_url:
            raise ValueError("SUPABASE_SECRET_KEY is of a project: set SUPABASE_URL as well")
        if self.supabase_url and (not url.netloc or url.scheme not in self._schemes()):
            raise ValueError("SUPABASE_URL has to be an address that begins with https://")
        return self

    def _schemes(self) -> tuple[str, ...]:
        return ("https",) if self.is_hosted else ("https", "http")

    @property
    def is_hosted(self) -> bool:
        """Whether strangers can reach the app."""
        return self.app_mode is AppMode.HOSTED

    @property
    def has_limits(self) -> bool:
        """Whether what candidates do is limited."""
        return self.limits is LimitMode.ALWAYS or (
            self.limits is LimitMode.HOSTED and self.is_hosted
        )

    @property
    def master_keys(self) -> KeyRing | None:
        """The ring that seals candidates' keys, None where the setting is empty."""
        text = self.app_encryption_keys.get_secret_value()
        return parse_ring(text) if text.strip() else None

    @property
    def postgres_url(self) -> str:
        """Where the hosted database is, with the password; empty where the database is a file."""
        url = self.database_url.get_secret_value()
        return "" if url.startswith(_SQLITE) else url

    @property
    def database_path(self) -> Path:
        """Where the SQLite file is."""
        url = self.database_url.get_secret_value()
        if url.startswith(_SQLITE):
            return ROOT / url.removeprefix(_SQLITE)
        return ROOT / self.data_dir / "interviews.db"


def _is_database_url(url: str) -> bool:
    """Whether it can be taken apart; what is wrong with it is not told, as it may hold a password."""
    if url.startswith(_SQLITE):
        return True
    try:
        port = urlsplit(url).port
    except ValueError:
        return False
    return urlsplit(url).scheme in _POSTGRES and port != 0


@cache
def settings() -> Settings:
    """The process's settings; ConfigurationError in one sentence when the environment is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        reason = first["msg"].removeprefix("Value error, ")
        subject = f"The setting {str(first['loc'][0]).upper()}" if first["loc"] else "The settings"
        message = f"{subject} cannot be used: {reason}."
        raise ConfigurationError(message) from None
