"""Rows come before files and go after them: no file is ever without a row that names it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from core.adapters.database import open_sqlite
from core.adapters.sql_resume_files import SqlFileMaintenance, SqlResumeFiles
from core.adapters.sql_store import SqlStore
from core.adapters.system_clock import SystemClock
from core.domain.errors import InvalidInputError, NotFoundError, StoreError
from core.services.filing import LEFT_OVER_AFTER, Filing, Sweeping
from tests.builders import ALICE, BOB, a_resume
from tests.doubles import FrozenClock, MemoryFiles

CONTENT = b"Ilva Brandmere\nBackend Engineer"


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Where Alice has a resume."""
    engine = open_sqlite(tmp_path / "interviews.db")
    SqlStore(engine, FrozenClock()).save_resume(ALICE, a_resume())
    yield engine
    engine.dispose()


@pytest.fixture
def files() -> MemoryFiles:
    return MemoryFiles()


@pytest.fixture
def filing(engine: Engine, files: MemoryFiles) -> Filing:
    return Filing(SqlResumeFiles(engine), files, FrozenClock())


def _keep(filing: Filing) -> UUID:
    return filing.keep(ALICE, a_resume(), CONTENT).id


def test_file_is_handed_back_as_it_was(filing: Filing) -> None:
    assert filing.content(ALICE, _keep(filing)) == CONTENT


def test_its_name_tells_nothing_of_the_candidate_but_their_id(filing: Filing) -> None:
    _keep(filing)
    (file,) = filing.files_of(ALICE)
    owner, _, rest = file.stored_as.partition("/")
    assert owner == str(ALICE)
    assert UUID(rest.partition(".")[0]) == file.id
    assert file.name.startswith("resume-")


def test_nobody_has_the_file_of_another(filing: Filing) -> None:
    kept = _keep(filing)
    assert filing.files_of(BOB) == ()
    for use in (filing.content, filing.delete):
        with pytest.raises(NotFoundError):
            use(BOB, kept)


def test_deleting_it_leaves_neither_row_nor_file(filing: Filing, files: MemoryFiles) -> None:
    filing.delete(ALICE, _keep(filing))
    assert (filing.files_of(ALICE), files.kept) == ((), {})


def test_file_that_was_changed_where_it_lies_is_not_given_out(
    filing: Filing, files: MemoryFiles
) -> None:
    kept = _keep(filing)
    (name,) = files.kept
    files.put(name, b"something else", "")
    with pytest.raises(InvalidInputError):
        filing.content(ALICE, kept)


def test_file_that_cannot_be_stored_leaves_no_row_where_the_store_answers(
    filing: Filing, files: MemoryFiles
) -> None:
    files.before_put = _raise_store_error
    with pytest.raises(StoreError, match="resume was read and is kept"):
        _keep(filing)
    assert (filing.files_of(ALICE), files.kept) == ((), {})


def test_row_stays_while_the_store_is_away_as_the_file_may_have_arrived(
    filing: Filing, files: MemoryFiles
) -> None:
    files.error = StoreError("away")
    with pytest.raises(StoreError):
        _keep(filing)
    assert len(filing.files_of(ALICE)) == 1


def test_process_killed_between_row_and_file_leaves_no_unknown_file(
    filing: Filing, files: MemoryFiles
) -> None:
    files.before_put = _die
    with pytest.raises(Killed):
        _keep(filing)
    (file,) = filing.files_of(ALICE)
    assert files.kept == {}
    with pytest.raises(NotFoundError):
        filing.content(ALICE, file.id)
    filing.delete(ALICE, file.id)
    assert filing.files_of(ALICE) == ()


def test_account_deleted_while_the_file_is_stored_leaves_no_file(
    engine: Engine, filing: Filing, files: MemoryFiles
) -> None:
    store = SqlStore(engine, FrozenClock())

    def delete_account() -> None:
        filing.delete_all(ALICE)
        store.delete_candidate(ALICE)

    files.before_put = delete_account
    with pytest.raises(NotFoundError):
        _keep(filing)
    assert files.kept == {}


def test_file_that_nobody_knows_is_swept_after_a_while_and_others_stay(
    engine: Engine, filing: Filing, files: MemoryFiles
) -> None:
    _keep(filing)
    known = set(files.kept)
    files.put(f"{ALICE}/left-over.pdf", CONTENT, "")
    clock = FrozenClock(SystemClock().now())
    sweeping = Sweeping(SqlFileMaintenance(engine), files, clock)
    assert sweeping.sweep() == 0
    clock.advance(LEFT_OVER_AFTER.total_seconds() + timedelta(minutes=1).total_seconds())
    assert sweeping.sweep() == 1
    assert set(files.kept) == known


def _die() -> None:
    raise Killed


def _raise_store_error() -> None:
    raise StoreError("The disk is full.")
