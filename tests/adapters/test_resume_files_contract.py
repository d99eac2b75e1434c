"""What every ResumeFiles promises, on the fake, in a folder and in a bucket; and what each adds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.adapters.local_files import LocalFiles
from core.adapters.supabase_files import PAGE_SIZE, SupabaseFiles
from core.adapters.wall import OPEN_WALL, PUBLIC_WALL
from core.custody_ports import ResumeFiles
from core.domain.errors import NotFoundError, StoreError
from tests.builders import ALICE, BOB
from tests.doubles import MemoryFiles
from tests.storage_double import BUCKET, KEY, StorageDouble

NAME = f"{ALICE}/11111111-0000-4000-8000-00000000000f.pdf"
OTHER = f"{BOB}/11111111-0000-4000-8000-00000000000e.pdf"
PDF = "application/pdf"
CONTENT = b"%PDF-1.7 " + bytes(range(256))


@pytest.fixture
def storage() -> Iterator[StorageDouble]:
    with StorageDouble() as running:
        yield running


@pytest.fixture
def bucket(storage: StorageDouble) -> SupabaseFiles:
    return SupabaseFiles(storage.url, KEY, BUCKET, OPEN_WALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "resume-files"


@pytest.fixture(params=["memory", "folder", "bucket"])
def files(request: pytest.FixtureRequest, folder: Path) -> ResumeFiles:
    if request.param == "memory":
        return MemoryFiles()
    if request.param == "folder":
        return LocalFiles(folder)
    bucket: SupabaseFiles = request.getfixturevalue("bucket")
    return bucket


def _soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


def test_file_comes_back_as_it_was(files: ResumeFiles) -> None:
    files.put(NAME, CONTENT, PDF)
    assert files.read(NAME) == CONTENT


def test_file_takes_the_place_of_one_of_its_name(files: ResumeFiles) -> None:
    files.put(NAME, b"before", PDF)
    files.put(NAME, CONTENT, PDF)
    assert files.read(NAME) == CONTENT


def test_file_that_is_not_there_is_not_found(files: ResumeFiles) -> None:
    with pytest.raises(NotFoundError):
        files.read(NAME)


def test_deleted_file_is_gone_and_others_stay(files: ResumeFiles) -> None:
    for name in (NAME, OTHER):
        files.put(name, CONTENT, PDF)
    files.delete([NAME])
    assert files.read(OTHER) == CONTENT
    with pytest.raises(NotFoundError):
        files.read(NAME)


def test_deleting_what_is_not_there_is_harmless(files: ResumeFiles) -> None:
    files.delete([NAME, OTHER])
    files.delete([])


def test_every_file_is_listed_by_when_it_was_stored(files: ResumeFiles) -> None:
    assert files.names(_soon()) == ()
    for name in (NAME, OTHER):
        files.put(name, CONTENT, PDF)
    assert files.names(_soon()) == (NAME, OTHER)
    assert files.names(datetime.now(UTC) - timedelta(hours=1)) == ()


# --- a folder -------------------------------------------------------------------------------------


def test_files_are_their_owners_alone(folder: Path) -> None:
    LocalFiles(folder).put(NAME, CONTENT, PDF)
    modes = [path.stat().st_mode & 0o777 for path in (folder, folder / str(ALICE), folder / NAME)]
    assert modes == [0o700, 0o700, 0o600]


def test_nothing_is_left_beside_a_file_that_was_stored(folder: Path) -> None:
    LocalFiles(folder).put(NAME, CONTENT, PDF)
    assert [path.name for path in (folder / str(ALICE)).iterdir()] == [NAME.rpartition("/")[2]]


def test_folder_goes_with_its_last_file(folder: Path) -> None:
    files = LocalFiles(folder)
    files.put(NAME, CONTENT, PDF)
    files.delete([NAME])
    assert list(folder.iterdir()) == []


def test_file_whose_writing_broke_off_is_listed_to_be_swept(folder: Path) -> None:
    files = LocalFiles(folder)
    files.put(NAME, CONTENT, PDF)
    (folder / str(ALICE) / "0a.new").write_bytes(b"half")
    assert f"{ALICE}/0a.new" in files.names(_soon())


@pytest.mark.parametrize("name", ["../interviews.db", "interviews.db", "a/../../b", "/etc/passwd"])
def test_no_name_leads_out_of_the_folder(folder: Path, name: str) -> None:
    with pytest.raises(StoreError):
        LocalFiles(folder).read(name)


def test_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    folder.write_text("not a folder", "utf-8")
    with pytest.raises(StoreError, match="could not be stored"):
        LocalFiles(folder).put(NAME, CONTENT, PDF)


# --- a bucket -------------------------------------------------------------------------------------


def test_content_is_fetched_by_a_signed_address_without_the_key(
    storage: StorageDouble, bucket: SupabaseFiles
) -> None:
    bucket.put(NAME, CONTENT, PDF)
    bucket.read(NAME)
    method, path, headers = storage.calls[-1]
    assert (method, "token=" in path) == ("GET", True)
    assert KEY not in str(headers)


def test_bucket_gets_the_kind_of_the_file(storage: StorageDouble, bucket: SupabaseFiles) -> None:
    bucket.put(NAME, CONTENT, PDF)
    assert storage.objects[NAME].media_type == PDF


def test_nothing_goes_into_a_public_bucket(storage: StorageDouble, bucket: SupabaseFiles) -> None:
    storage.is_public = True
    with pytest.raises(StoreError, match="public"):
        bucket.put(NAME, CONTENT, PDF)
    assert storage.objects == {}


def test_bucket_that_is_not_there_is_told(storage: StorageDouble) -> None:
    with pytest.raises(StoreError, match="bucket's name"):
        SupabaseFiles(storage.url, KEY, "elsewhere", OPEN_WALL).put(NAME, CONTENT, PDF)


def test_key_that_the_store_does_not_know_is_no_missing_file(
    storage: StorageDouble, bucket: SupabaseFiles
) -> None:
    bucket.put(NAME, CONTENT, PDF)
    storage.status = 400
    with pytest.raises(StoreError, match="cannot be reached"):
        bucket.read(NAME)


def test_more_files_than_a_page_are_all_listed_and_deleted(
    storage: StorageDouble, bucket: SupabaseFiles
) -> None:
    names = [f"{ALICE}/{number:04}.pdf" for number in range(PAGE_SIZE + 5)]
    for name in names:
        bucket.put(name, b"x", PDF)
    assert bucket.names(_soon()) == tuple(names)
    bucket.delete(names)
    assert storage.objects == {}


@pytest.mark.parametrize("status", [302, 403, 413, 429, 500, 503])
def test_fault_of_the_store_is_told_without_the_key(
    storage: StorageDouble, bucket: SupabaseFiles, status: int
) -> None:
    storage.status = status
    with pytest.raises((StoreError, NotFoundError)) as failed:
        bucket.put(NAME, CONTENT, PDF)
    assert KEY not in str(failed.value)
    assert failed.value.__suppress_context__


def test_line_that_breaks_in_the_middle_gives_no_half_a_file(
    storage: StorageDouble, bucket: SupabaseFiles
) -> None:
    bucket.put(NAME, CONTENT, PDF)
    storage.is_cut = True
    with pytest.raises(StoreError):
        bucket.read(NAME)


def test_store_that_is_away_is_told() -> None:
    with StorageDouble() as storage:
        gone = SupabaseFiles(storage.url, KEY, BUCKET, OPEN_WALL)
    with pytest.raises(StoreError, match="cannot be reached"):
        gone.put(NAME, CONTENT, PDF)


def test_hosted_app_sends_the_key_over_https_alone(storage: StorageDouble) -> None:
    with pytest.raises(StoreError):
        SupabaseFiles(storage.url, KEY, BUCKET, PUBLIC_WALL).put(NAME, CONTENT, PDF)
    assert storage.calls == []
