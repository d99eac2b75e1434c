"""The ResumeFiles in a private bucket of Supabase Storage, over its REST interface.

Documented at https://supabase.com/docs/reference/api/storage: the bucket is not public, the server calls with its
secret key, and a content is fetched by a signed address that lasts a minute, without the key.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote

from core.adapters.call_limits import CallLimits
from core.adapters.wall import PUBLIC_WALL, Wall
from core.domain.errors import ModelError, ModelFault, NotFoundError, StoreError

SIGNED_SECONDS = 60
TIMEOUT_SECONDS = 30.0
SILENCE_SECONDS = 15.0
PAGE_SIZE = 100
_AWAY = "The store for files cannot be reached just now. Try again in a moment."
_MALFORMED = "The store for files gave an answer that cannot be used. Try again in a moment."
_PUBLIC = (
    "The bucket for resume files is public, so no file is stored in it. Whoever runs this app has to make "
    "it private."
)
_ABSENT = (ModelFault.MODEL_UNKNOWN, ModelFault.BAD_REQUEST)
"""404, and 400, which Storage also answers for an object that is not there."""
_REFUSED = (
    "The store for files did not take this file. Whoever runs this app has to look at its bucket's name, "
    "size limit and kinds of files."
)
_SENT_HEADERS = frozenset({"apikey", "x-upsert"})


class SupabaseFiles:
    """Keeps files in a bucket. See `core.custody_ports.ResumeFiles` for what it promises.

    Before the first file is stored the bucket is looked at: into a public one nothing goes.
    """

    def __init__(self, url: str, key: str, bucket: str, wall: Wall = PUBLIC_WALL) -> None:
        """Take the project's address, its secret key and the bucket's name."""
        self._base = f"{url.rstrip('/')}/storage/v1"
        self._credentials = {"Authorization": f"Bearer {key}", "apikey": key}
        self._bucket = bucket
        self._wall = wall
        self._is_private = False

    def put(self, name: str, content: bytes, media_type: str) -> None:
        """Store a file."""
        headers = {"Content-Type": media_type, "x-upsert": "true"}
        try:
            self._insist_on_private()
            self._call("POST", f"/object/{self._at(name)}", content, headers)
        except NotFoundError:  # the bucket is not there, or takes no such file
            raise StoreError(_REFUSED) from None

    def read(self, name: str) -> bytes:
        """A file's content, by a signed address."""
        body = json.dumps({"expiresIn": SIGNED_SECONDS}).encode()
        try:
            told = _object(self._call("POST", f"/object/sign/{self._at(name)}", body))
        except NotFoundError:
            self._require_bucket()
            raise
        signed = told.get("signedURL")
        if not isinstance(signed, str) or not signed.startswith("/object/sign/"):
            raise StoreError(_MALFORMED)
        try:
            return self._call("GET", signed, is_signed=True)
        except NotFoundError:  # it was there a moment ago
            raise StoreError(_AWAY) from None

    def delete(self, names: Iterable[str]) -> None:
        """Delete files, many at a time."""
        left = sorted(names)
        while left:
            body = json.dumps({"prefixes": left[:PAGE_SIZE]}).encode()
            self._call("DELETE", f"/object/{quote(self._bucket)}", body)
            left = left[PAGE_SIZE:]

    def names(self, before: datetime) -> tuple[str, ...]:
        """The names of all files that were stored before then: a folder for each owner, files in it."""
        found = []
        for folder in self._entries(""):
            owner = str(folder.get("name"))
            if folder.get("id") is None:
                found += [
                    f"{owner}/{entry.get('name')}"
                    for entry in self._entries(f"{owner}/")
                    if _created(entry) < before
                ]
        return tuple(sorted(found))

    def _entries(self, prefix: str) -> Iterator[dict[str, Any]]:
        """What lies under a prefix, page by page."""
        offset = 0
        while True:
            asked = {"prefix": prefix, "limit": PAGE_SIZE, "offset": offset}
            asked["sortBy"] = {"column": "name", "order": "asc"}
            path = f"/object/list/{quote(self._bucket)}"
            page = _json(self._call("POST", path, json.dumps(asked).encode()))
            if not isinstance(page, list) or not all(isinstance(e, dict) for e in page):
                raise StoreError(_MALFORMED)
            yield from page
            offset += len(page)
            if len(page) < PAGE_SIZE:
                return

    def _insist_on_private(self) -> None:
        if self._is_private:
            return
        if _object(self._call("GET", f"/bucket/{quote(self._bucket)}")).get("public") is not False:
            raise StoreError(_PUBLIC)
        self._is_private = True

    def _require_bucket(self) -> None:
        """StoreError where it is not one file that is missing: Storage says the same of a key it does not know."""
        try:
            self._call("GET", f"/bucket/{quote(self._bucket)}")
        except NotFoundError:
            raise StoreError(_AWAY) from None

    def _at(self, name: str) -> str:
        return f"{quote(self._bucket)}/{quote(name)}"

    def _call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        is_signed: bool = False,
    ) -> bytes:
        """The body of a good answer; NotFoundError, or StoreError for all else."""
        # An HTTP client: the start need not wait for it.
        from core.adapters.guarded_http import guarded_client

        sent = headers or ({"Content-Type": "application/json"} if body else {})
        limits = CallLimits("The store for files", TIMEOUT_SECONDS, SILENCE_SECONDS, _never)
        credentials = {} if is_signed else self._credentials
        with (
            _translated(),
            guarded_client(credentials, limits, self._wall, _SENT_HEADERS) as client,
        ):
            return bytes(
                client.request(method, self._base + path, content=body, headers=sent).content
            )


def _never() -> bool:
    return False


@contextmanager
def _translated() -> Iterator[None]:
    """What went wrong on the way, without anything of the address or the key."""
    try:
        yield
    except ModelError as error:
        if error.fault in _ABSENT:
            raise NotFoundError("file") from None
        raise StoreError(_AWAY) from None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise StoreError(_MALFORMED) from None


def _object(body: bytes) -> dict[str, Any]:
    found = _json(body)
    if not isinstance(found, dict):
        raise StoreError(_MALFORMED)
    return found


def _created(entry: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(entry.get("created_at")))
    except ValueError:
        raise StoreError(_MALFORMED) from None
