"""What a zip file may be to be brought back."""

from io import BytesIO
from uuid import UUID, uuid4
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from core.adapters import parcel_files
from core.adapters.parcel_files import MAX_ENTRIES, parcel_as_zip, parcel_from_file
from core.adapters.report_files import history_as_json
from core.domain.document import MAX_BYTES
from core.domain.errors import InvalidInputError
from core.domain.speech import recording_of
from core.services.exporting import History
from core.services.parcels import Parcel
from tests.builders import a_judged_interview, a_resume
from tests.speaking_doubles import RECORDING_ID, WEBM

HISTORY = History((a_judged_interview(),), a_resume())
PARCEL = Parcel(HISTORY, {a_resume().id: b"Resume"}, {RECORDING_ID: recording_of(WEBM)})


def _zip(packed: int = ZIP_DEFLATED, /, **entries: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", packed) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def _with(name: str, content: bytes) -> bytes:
    return _zip(**{"history.json": history_as_json(HISTORY).encode(), name: content})


def test_parcel_comes_back_as_it_was() -> None:
    assert parcel_from_file(parcel_as_zip(PARCEL)) == PARCEL


def test_same_parcel_is_the_same_file() -> None:
    assert parcel_as_zip(PARCEL) == parcel_as_zip(PARCEL)


def test_history_alone_is_taken_as_it_was_before_there_were_parcels() -> None:
    assert parcel_from_file(history_as_json(HISTORY).encode()) == Parcel(HISTORY)


def test_names_in_it_tell_what_is_what() -> None:
    with ZipFile(BytesIO(parcel_as_zip(PARCEL))) as archive:
        assert archive.namelist() == [
            "history.json",
            f"resume-files/{a_resume().id}.txt",
            f"recordings/{RECORDING_ID}.webm",
        ]


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "notes.txt"])
def test_what_is_not_ours_in_it_is_not_looked_at(name: str) -> None:
    assert parcel_from_file(_with(name, b"x")) == Parcel(HISTORY)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"PK\x03\x04 nothing more",
        _zip(other=b"x"),
        _with("resume-files/../../a.pdf", b"x"),
        _with("resume-files/no-id.pdf", b"x"),
        _with(f"recordings/{UUID(int=1)}.webm", b"no sound"),
        _with(f"recordings/{UUID(int=1)}.webm", b""),
        _with(f"resume-files/{UUID(int=1)}.pdf", b"0" * (MAX_BYTES + 1)),
        parcel_as_zip(PARCEL)[:-40],
    ],
    ids=range(10),
)
def test_broken_or_foreign_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInputError):
        parcel_from_file(data)


def test_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = _with("filler", b"0" * 2_000_000)
    monkeypatch.setattr(parcel_files, "MAX_PARCEL_BYTES", 1_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(InvalidInputError, match="200 MB"):
        parcel_from_file(bomb)


def test_file_of_too_many_parts_is_refused() -> None:
    parts = {str(uuid4()): b"" for _ in range(MAX_ENTRIES)}
    with pytest.raises(InvalidInputError, match="200 MB"):
        parcel_from_file(_zip(**{"history.json": b"{}", **parts}))


def test_damaged_part_is_refused() -> None:
    whole = bytearray(parcel_as_zip(PARCEL))
    whole[whole.index(WEBM)] ^= 0xFF
    with pytest.raises(InvalidInputError):
        parcel_from_file(bytes(whole))


@pytest.mark.parametrize("packed", [ZIP_BZIP2, ZIP_LZMA], ids=["bzip2", "lzma"])
def test_what_unpacks_all_at_once_is_not_unpacked(packed: int) -> None:
    with pytest.raises(InvalidInputError, match="not one that was downloaded here"):
        parcel_from_file(_zip(packed, **{"history.json": history_as_json(HISTORY).encode()}))


def test_part_that_cannot_be_unpacked_is_refused() -> None:
    whole = bytearray(_zip(**{"history.json": history_as_json(HISTORY).encode()}))
    start = whole.index(b"history.json") + len(b"history.json")
    whole[start : start + 20] = b"\xff" * 20
    with pytest.raises(InvalidInputError, match="not one that was downloaded here"):
        parcel_from_file(bytes(whole))


def test_endless_table_of_contents_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {str(number): b"" for number in range(12)}
    monkeypatch.setattr(parcel_files, "_MOST_LINES", 10)
    monkeypatch.setattr(parcel_files, "ZipFile", None)
    with pytest.raises(InvalidInputError, match="200 MB"):
        parcel_from_file(_zip(**parts))
