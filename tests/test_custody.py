"""Everything of a candidate goes away with them, comes along with them, and nothing of others does.

On both databases, by a walk over all tables: one that is added later is walked as well.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, func, insert, select, text

from cli.__main__ import main
from core.adapters.database import open_sqlite
from core.adapters.sql_practice import SqlPracticeStore
from core.adapters.sql_preparations import SqlPreparationStore
from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_replies import SqlReplyStore
from core.adapters.sql_shares import SqlShareStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import identities, metadata, sessions, users
from core.bootstrap import Application, build, forget_application
from core.config import AppMode, Settings
from core.domain.access import KeptReply, Scope
from core.domain.audit import AuditKind
from core.domain.errors import InvalidInputError, NotFoundError, StoreError
from core.domain.speech import recording_of
from core.ports import Lease, WorkKey, WorkKind
from core.services.accounts import LOCAL_CANDIDATE, new_guest_token
from core.services.parcels import kept_recordings
from core.upkeep import custody
from tests.builders import ALICE, BOB, NOW, a_resume, an_answered_interview
from tests.hosted_database import HostedDatabase
from tests.key_doubles import KEY, ListingProvider
from tests.known_providers import OPENAI
from tests.learning_doubles import a_preparation, a_review, an_item
from tests.sharing_doubles import a_share
from tests.speaking_doubles import RECORDING_ID, WEBM, a_take

CONTENT = b"Ilva Brandmere\nBackend Engineer"
OF_CANDIDATES = [table for table in metadata.sorted_tables if "user_id" in table.columns]


@dataclass(frozen=True)
class House:
    """An application, everything in its database as nobody else sees it, and its folder of files."""

    app: Application
    admin: Engine
    folder: Path
    environment: dict[str, str]

    def rows_of(self, user_id: UUID) -> dict[str, int]:
        with self.admin.connect() as connection:
            return {
                table.name: connection.scalar(
                    select(func.count()).select_from(table).where(table.c.user_id == user_id)
                )
                or 0
                for table in OF_CANDIDATES
            }

    def files(self) -> list[Path]:
        return [path for path in self.folder.glob("resume-files/*/*") if path.is_file()]

    def mentions(self, user_id: UUID) -> set[str]:
        """The tables in which the candidate's id stands anywhere in a row."""
        forms = {str(user_id), user_id.hex}
        found = set()
        with self.admin.connect() as connection:
            for table in metadata.sorted_tables:
                rows = connection.execute(text(f"select * from {table.name}")).all()  # noqa: S608 - our own names
                if any(form in str(value) for row in rows for value in row for form in forms):
                    found.add(table.name)
        return found


def _settings(tmp_path: Path, **changes: Any) -> Settings:
    chosen: dict[str, Any] = {"app_mode": AppMode.LOCAL, "data_dir": tmp_path / "var", **changes}
    return Settings(**chosen)


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    environment = {"APP_MODE": "local", "DATA_DIR": str(tmp_path / "var")}
    if request.param == "sqlite":
        app = build(_settings(tmp_path))
        admin = open_sqlite(app.settings.database_path)
    else:
        postgres: HostedDatabase = request.getfixturevalue("postgres")
        app = build(_settings(tmp_path, database_url=SecretStr(postgres.url)))
        admin = postgres.admin()
        environment |= {"DATABASE_URL": postgres.url, "DATABASE_OWNER_URL": postgres.owner_url}
    yield House(app, admin, tmp_path / "var", environment)
    app.close()
    admin.dispose()


def _move_in(house: House, user_id: UUID) -> UUID:
    """Fill every table with something of the candidate's; the id of their interview."""
    app, engine = house.app, house.app.keys.store._engine  # type: ignore[attr-defined]  # the app's own
    store = SqlStore(engine, app.clock)
    answered = replace(an_answered_interview(), id=uuid4())
    take = (a_take(is_kept=True),)
    turns = tuple(
        replace(turn, attempts=tuple(replace(a, takes=take) for a in turn.attempts))
        for turn in answered.turns
    )
    interview = replace(answered, turns=turns)
    assert kept_recordings(interview) == (RECORDING_ID,)
    store.add_interview(user_id, interview)
    SqlRecordingStore(engine).keep_recording(
        user_id, interview.id, RECORDING_ID, recording_of(WEBM)
    )
    store.claim(
        user_id, WorkKey(interview.id, kind=WorkKind.PLAN), Lease("x", NOW, NOW), may_repeat=True
    )
    resume = app.preparing.keep_resume(user_id, a_resume(id=uuid4()))
    app.filing.keep(user_id, resume, CONTENT)
    keys = replace(app.keys, list_models=ListingProvider().list_models)
    keys.add_key(user_id, OPENAI, KEY, keep=True)
    app.tokens.make_token(user_id, "a program", (Scope.READ,), 1)
    SqlReplyStore(engine).keep_reply(user_id, "k", KeptReply("r", 200, "{}", {}, NOW), NOW, 10)
    app.remembering.note(user_id, "What would you delete first?")
    preparations = SqlPreparationStore(engine, app.clock)
    preparations.save_preparation(user_id, a_preparation(id=uuid4()))
    SqlShareStore(engine).add_share(
        user_id, a_share(id=uuid4(), interview_id=interview.id), f"secret of {user_id}"
    )
    item = an_item(reviews=(a_review(interview_id=interview.id),))
    SqlPracticeStore(engine).change_items(
        user_id, frozenset({"slow-query"}), lambda known: (*known, item)
    )
    return interview.id


def _sign_in(house: House, user_id: UUID) -> None:
    """Make an account of the guest, in one browser."""
    token = new_guest_token()
    with house.admin.begin() as connection:
        connection.execute(
            insert(identities).values(
                issuer="test", subject=str(user_id), user_id=user_id, email="", created_at=NOW
            )
        )
        connection.execute(
            insert(sessions).values(
                id=uuid4(),
                user_id=user_id,
                fingerprint=token,
                bound_to="",
                issuer="test",
                subject="",
                email="",
                proven_at=NOW,
                seen_at=NOW,
                ends_at=NOW,
            )
        )


def test_the_walk_meets_every_table_of_candidates(house: House) -> None:
    _move_in(house, ALICE)
    _sign_in(house, ALICE)
    empty = [name for name, rows in house.rows_of(ALICE).items() if not rows]
    assert empty == []
    assert len(house.files()) == 1


def test_deleting_the_account_leaves_no_row_and_no_file_of_it(house: House) -> None:
    for user in (ALICE, BOB):
        _move_in(house, user)
        _sign_in(house, user)
    of_bob = house.rows_of(BOB)
    house.app.exporting.delete_everything(ALICE)
    assert set(house.rows_of(ALICE).values()) == {0}
    assert house.mentions(ALICE) == {"audit_events"}
    assert house.rows_of(BOB) == of_bob
    assert [path.parent.name for path in house.files()] == [str(BOB)]


def test_deleting_one_interview_takes_its_rows_and_recordings(house: House) -> None:
    interview_id = _move_in(house, ALICE)
    house.app.interviewing.delete_interview(ALICE, interview_id)
    rows = house.rows_of(ALICE)
    gone = {"interviews", "responses", "asked_questions", "recordings", "leases", "practice_items"}
    assert {name for name in gone if rows[name]} == set()
    assert (rows["resumes"], rows["api_keys"], len(house.files())) == (1, 1, 1)


def test_deleting_the_resume_takes_its_file(house: House) -> None:
    _move_in(house, ALICE)
    house.app.preparing.forget_resume(ALICE)
    rows = house.rows_of(ALICE)
    assert (rows["resumes"], rows["resume_files"], house.files()) == (0, 0, [])
    assert rows["interviews"] == 1


def test_deleting_a_key_takes_its_row_alone(house: House) -> None:
    _move_in(house, ALICE)
    before = house.rows_of(ALICE)
    house.app.keys.remove_key(ALICE, OPENAI)
    assert house.rows_of(ALICE) == {**before, "api_keys": 0}


def test_what_is_taken_away_comes_back_elsewhere_files_and_recordings_included(
    house: House,
) -> None:
    _move_in(house, ALICE)
    app = house.app
    zipped = app.files.parcel_as_zip(app.parcels.pack(ALICE))
    assert KEY.encode() not in zipped
    for added in (1, 0):
        assert app.parcels.unpack(BOB, app.files.parcel_from_file(zipped)) == added
    (file,) = app.filing.files_of(BOB)
    assert app.filing.content(BOB, file.id) == CONTENT
    restored = app.parcels.pack(BOB)
    assert restored.recordings == {RECORDING_ID: recording_of(WEBM)}
    assert len(restored.history.interviews) == 1


def test_what_was_deleted_comes_back_to_the_same_candidate(house: House) -> None:
    _move_in(house, ALICE)
    app = house.app
    zipped = app.files.parcel_as_zip(app.parcels.pack(ALICE))
    app.exporting.delete_everything(ALICE)
    assert app.parcels.unpack(ALICE, app.files.parcel_from_file(zipped)) == 1
    rows = house.rows_of(ALICE)
    assert (rows["resume_files"], rows["recordings"], len(house.files())) == (1, 1, 1)


# --- the command line -----------------------------------------------------------------------------


@pytest.fixture
def shell(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., str]]:
    """Runs a command on the same data; what it prints."""

    def run(*arguments: str, **settings: str) -> str:
        for name, value in {**house.environment, **settings}.items():
            monkeypatch.setenv(name, value)
        forget_application()
        assert main(arguments) == 0
        return capsys.readouterr().out

    yield run
    forget_application()


class _Meanwhile:
    """The FileMaintenance in whose presence something happens. It knows of no file."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happens = happens

    def stored_names(self) -> frozenset[str]:
        return frozenset()

    def names_of(self, _user_ids: Iterable[UUID]) -> tuple[str, ...]:
        self._happens()
        return ()


def _last_used(house: House, user_id: UUID, days_ago: int) -> None:
    day = house.app.clock.now().date() - timedelta(days=days_ago)
    with house.admin.begin() as connection:
        connection.execute(users.update().where(users.c.id == user_id).values(last_used_on=day))


def test_unused_guests_go_with_rows_and_files_and_others_stay(
    house: House, shell: Callable[..., str]
) -> None:
    for user, days in ((ALICE, 91), (BOB, 89)):
        _move_in(house, user)
        _last_used(house, user, days)
    told = shell("retention", GUEST_RETENTION_DAYS="90")
    assert "1 guests unused for 90 days" in told
    assert house.mentions(ALICE) == {"audit_events"}
    assert [path.parent.name for path in house.files()] == [str(BOB)]
    assert "unused guest deleted" in shell("audit")


def test_account_is_no_guest_however_long_it_is_unused(
    house: House, shell: Callable[..., str]
) -> None:
    _move_in(house, ALICE)
    _sign_in(house, ALICE)
    _last_used(house, ALICE, 4000)
    assert "0 guests unused" in shell("retention", GUEST_RETENTION_DAYS="90")
    assert house.rows_of(ALICE)["interviews"] == 1


def test_guest_who_comes_back_is_kept(house: House, shell: Callable[..., str]) -> None:
    _move_in(house, ALICE)
    _last_used(house, ALICE, 400)
    house.app.guard.visiting.arrive(ALICE, "")
    assert "0 guests unused" in shell("retention", GUEST_RETENTION_DAYS="90")


def test_guest_who_signs_in_while_the_unused_are_deleted_keeps_everything(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _move_in(house, ALICE)
    _last_used(house, ALICE, 400)
    for name, value in {**house.environment, "GUEST_RETENTION_DAYS": "90"}.items():
        monkeypatch.setenv(name, value)
    forget_application()
    with closing(custody()) as found:
        retiring = replace(found.retiring, maintenance=_Meanwhile(lambda: _sign_in(house, ALICE)))
        assert retiring.retire() == 0
    assert house.rows_of(ALICE)["interviews"] == 1
    assert len(house.files()) == 1


def test_candidate_of_the_command_line_is_no_guest(house: House, shell: Callable[..., str]) -> None:
    _move_in(house, LOCAL_CANDIDATE)
    _last_used(house, LOCAL_CANDIDATE, 400)
    assert "0 guests unused" in shell("retention", GUEST_RETENTION_DAYS="90")


def test_no_guest_is_deleted_unless_a_time_is_set(house: House, shell: Callable[..., str]) -> None:
    _move_in(house, ALICE)
    _last_used(house, ALICE, 4000)
    assert "no guest was deleted" in shell("retention")
    assert house.rows_of(ALICE)["interviews"] == 1


def test_events_are_listed_without_anything_that_was_written(
    house: House, shell: Callable[..., str]
) -> None:
    house.app.guard.visiting.arrive(ALICE, "203.0.113.7")
    _move_in(house, ALICE)
    house.app.exporting.delete_everything(ALICE)
    told = shell("audit", "--days", "1")
    for kind in (AuditKind.KEY_ADDED, AuditKind.TOKEN_MADE, AuditKind.ACCOUNT_DELETED):
        assert kind.value in told
    assert str(ALICE) in told
    for secret in ("203.0.113.7", KEY, KEY[-4:], "Ilva", "delete first"):
        assert secret not in told


# --- parcels that were tampered with ----------------------------------------------------------------


def test_unknown_names_in_a_parcel_are_left_aside_and_broken_ones_refused(house: House) -> None:
    files = house.app.files
    for data in (b"PK\x03\x04 broken", b"", b"PK\x05\x06" + bytes(18)):
        with pytest.raises(InvalidInputError):
            files.parcel_from_file(data)


def test_account_whose_files_cannot_be_deleted_stays_whole(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _move_in(house, ALICE)

    def refuse(_self: Path, *, missing_ok: bool = False) -> None:  # noqa: ARG001 - the library's name
        raise PermissionError

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", refuse)
        with pytest.raises(StoreError):
            house.app.exporting.delete_everything(ALICE)
    assert house.rows_of(ALICE)["interviews"] == 1
    house.app.exporting.delete_everything(ALICE)
    assert house.files() == []
    with pytest.raises(NotFoundError):
        house.app.filing.delete(ALICE, uuid4())
