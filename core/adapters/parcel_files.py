"""A parcel as a zip file: the history as JSON, files of resumes and recordings beside it."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError  # noqa: N812 - it is a class

from core.adapters.report_files import MAX_HISTORY_BYTES, history_as_json, history_from_json
from core.domain.document import MAX_BYTES
from core.domain.errors import InvalidInputError
from core.domain.resume_file import ending_of
from core.domain.speech import MAX_RECORDING_BYTES, recording_of
from core.services.exporting import History
from core.services.parcels import Parcel

MAX_PARCEL_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 5_000
HISTORY = "history.json"
_FILES = "resume-files/"
_RECORDINGS = "recordings/"
_ZIP = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
"""What each line of a zip file's table of contents begins with."""
_MOST_LINES = 2 * MAX_ENTRIES
"""Files that are kept may be zip files themselves."""
_PACKED = (ZIP_STORED, ZIP_DEFLATED)
"""The kinds that are unpacked piece by piece; of the others a few bytes become gigabytes at once."""
_BROKEN = (
    BadZipFile,
    DeflateError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
_UNCHANGING = (1980, 1, 1, 0, 0, 0)
_TOO_LARGE = "This file holds more than 200 MB; that is more than can be brought back at once."
_UNKNOWN = "This file is not one that was downloaded here, or it was changed. Nothing was added."


def parcel_as_zip(parcel: Parcel) -> bytes:
    """The zip file; the same parcel gives the same bytes."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in _entries(parcel):
            packed = ZIP_DEFLATED if name == HISTORY else ZIP_STORED
            archive.writestr(ZipInfo(name, _UNCHANGING), content, packed)
    return target.getvalue()


def parcel_from_file(data: bytes) -> Parcel:
    """A parcel taken out before, or a history alone; InvalidInputError where the file is neither."""
    if len(data) > MAX_PARCEL_BYTES:
        raise InvalidInputError("history", _TOO_LARGE)
    if not data.startswith(_ZIP):
        return Parcel(history_from_json(data))
    if data.count(_ENTRY) > _MOST_LINES:  # before the table of contents is read
        raise InvalidInputError("history", _TOO_LARGE)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _unpacked(archive)
    except InvalidInputError:
        raise
    except _BROKEN:
        raise InvalidInputError("history", _UNKNOWN) from None


def _entries(parcel: Parcel) -> Iterator[tuple[str, bytes]]:
    yield HISTORY, history_as_json(parcel.history).encode()
    for resume_id, content in sorted(parcel.files.items()):
        yield f"{_FILES}{resume_id}{_ending(parcel.history, resume_id)}", content
    for recording_id, recording in sorted(parcel.recordings.items()):
        yield f"{_RECORDINGS}{recording_id}.{recording.kind.name.lower()}", recording.content


def _ending(history: History, resume_id: UUID) -> str:
    """So that a computer opens it; nothing is read from it again."""
    resume = history.resume
    if resume is None or resume.id != resume_id:
        return ""
    return f".{ending_of(resume.document.kind)}"


def _unpacked(archive: ZipFile) -> Parcel:
    """The parts we know by name; whatever else lies in it is not looked at."""
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_PARCEL_BYTES:
        raise InvalidInputError("history", _TOO_LARGE)
    named = {info.filename: info for info in infos}
    history = history_from_json(_content(archive, named[HISTORY], MAX_HISTORY_BYTES))
    files = {
        _id_in(name, _FILES): _content(archive, info, MAX_BYTES)
        for name, info in named.items()
        if name.startswith(_FILES)
    }
    recordings = {
        _id_in(name, _RECORDINGS): recording_of(_content(archive, info, MAX_RECORDING_BYTES))
        for name, info in named.items()
        if name.startswith(_RECORDINGS)
    }
    return Parcel(history, files, recordings)


def _content(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """An entry, of which no more is unpacked than it may have, whatever it says of itself."""
    if info.compress_type not in _PACKED:
        raise InvalidInputError("history", _UNKNOWN)
    with archive.open(info) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        raise InvalidInputError("history", _TOO_LARGE)
    return content


def _id_in(name: str, folder: str) -> UUID:
    return UUID(name.removeprefix(folder).partition(".")[0])
