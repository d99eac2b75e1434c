import logging
import string
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.adapters.redaction import install_redaction, redacted, secrets_pattern
from tests.known_providers import KEY_PATTERNS

_BODY = st.text(string.ascii_letters + string.digits + "-_", min_size=20, max_size=60).map(
    lambda text: f"{text[:10]}7{text[10:]}"  # no key is of letters alone
)
_KEYS = st.one_of(
    _BODY.map("sk-{}".format),
    _BODY.map("sk-proj-{}".format),
    _BODY.map("sk-ant-api03-{}".format),
    _BODY.map("AIza{}".format),
    _BODY.map("AQ.{}".format),
    _BODY.map("sb_secret_{}".format),
    st.tuples(_BODY, _BODY, _BODY).map(lambda parts: "eyJ" + ".".join(parts)),
)
_AROUND = st.sampled_from(["", " ", "'", '"', "\n", "=", "(", ": ", "key=", "%3D1", "\\n1", "é"])
_log = logging.getLogger("tests.redaction")


@pytest.fixture
def written() -> Iterator[Callable[[], str]]:
    """What a plain handler writes; each call starts anew."""
    factory = logging.getLogRecordFactory()
    quiet = {name: logging.getLogger(name).level for name in ("httpx", "httpx2")}
    install_redaction(KEY_PATTERNS)
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    _log.addHandler(handler)

    def read() -> str:
        text = stream.getvalue()
        stream.seek(0)
        stream.truncate()
        return text

    yield read
    _log.removeHandler(handler)
    logging.setLogRecordFactory(factory)
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)


class _Request:
    """Something that shows a key when it is written out."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __str__(self) -> str:
        return f"GET /models with {self._key}"


def _refuse(key: str) -> None:
    raise ValueError(f"refused: {key}")


def _raise_from(key: str) -> None:
    try:
        _refuse(key)
    except ValueError as error:
        raise RuntimeError("the call failed") from error


def _as_message(key: str) -> None:
    _log.error(f"key {key}")


def _as_argument(key: str) -> None:
    _log.error("key %s of %d", key, 3)


def _as_named_argument(key: str) -> None:
    _log.error("key %(key)s", {"key": key})


def _deep_inside(key: str) -> None:
    _log.error("headers %r", [{"Authorization": [key]}])


def _as_object(key: str) -> None:
    _log.error("%s", _Request(key))


def _as_exception(key: str) -> None:
    try:
        _raise_from(key)
    except RuntimeError:
        _log.exception("It broke")


def _as_bad_arguments(key: str) -> None:
    _log.error("only %s", key, key)


_WAYS = (
    _as_message,
    _as_argument,
    _as_named_argument,
    _deep_inside,
    _as_object,
    _as_exception,
    _as_bad_arguments,
)


@pytest.mark.parametrize("way", _WAYS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=_KEYS, before=_AROUND, after=_AROUND)
def test_no_key_is_written_whatever_way_it_takes(
    written: Callable[[], str],
    capsys: pytest.CaptureFixture[str],
    way: Callable[[str], None],
    key: str,
    before: str,
    after: str,
) -> None:
    way(f"{before}{key}{after}")
    text = written()
    assert "ERROR" in text
    assert key[-12:] not in text + capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer 4711Zq8vXw",
        "authorization: bearer 4711Zq8vXw",
        "x-api-key: 4711Zq8vXw",
        "{'x-goog-api-key': '4711Zq8vXw'}",
        f"k1:{'4711Zq8vXw' * 4}abc=",
    ],
)
def test_key_without_a_form_of_its_own_is_told_by_what_stands_before(text: str) -> None:
    assert "4711Zq8vXw" not in redacted(text, secrets_pattern(KEY_PATTERNS))


@pytest.mark.parametrize(
    "text",
    [
        "A page failed: ValueError",
        "The risk-assessment of task-scheduling and disk-pressure",
        "GET /api/health 200 in 3 ms",
        "11111111-0000-4000-8000-000000000003",
        "eyJ is how a token begins",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert redacted(text, secrets_pattern(KEY_PATTERNS)) == text


def test_record_without_a_key_keeps_message_arguments_and_exception(
    written: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    error = ValueError("nothing secret")
    _log.error("Broken: %s after %d", "this", 3, exc_info=error)
    record = caplog.records[-1]
    assert record.exc_info == (ValueError, error, None)
    assert (record.msg, record.args) == ("Broken: %s after %d", ("this", 3))
    assert "ValueError: nothing secret" in written()


def test_hidden_key_leaves_the_rest_of_a_traceback(written: Callable[[], str]) -> None:
    _as_exception("sk-candidate-4711-Zq8vXw2LmN")
    text = written()
    assert "ValueError: refused: •••" in text
    assert "RuntimeError: the call failed" in text
    assert "in _raise_from" in text


def test_arguments_stay_apart_for_those_who_read_them(
    written: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    _log.error("%s %s", "GET", "/models?key=AIza4711Zq8vXw2LmN")
    assert caplog.records[-1].args == ("GET", "/models?key=•••")
    assert "GET /models?key=•••" in written()


def test_installing_twice_is_installing_once(written: Callable[[], str]) -> None:  # noqa: ARG001
    before = logging.getLogRecordFactory()
    install_redaction(KEY_PATTERNS)
    assert logging.getLogRecordFactory() is before


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
def test_libraries_that_tell_requests_are_quiet(
    written: Callable[[], str],  # noqa: ARG001 - installs
    name: str,
) -> None:
    assert not logging.getLogger(f"{name}.inner").isEnabledFor(logging.INFO)
    assert logging.getLogger(f"{name}.inner").isEnabledFor(logging.WARNING)


def test_code_of_a_sign_in_is_not_written_by_access_logs(written: Callable[[], str]) -> None:
    _log.warning('"%s %s HTTP/1.1" %d', "GET", "/oauth2callback?state=a1&code=s3cret-code", 302)
    assert "s3cret" not in written()


def test_link_to_a_shared_report_is_not_written_by_access_logs(written: Callable[[], str]) -> None:
    _log.warning('"%s %s HTTP/1.1" %d', "GET", f"/shared/{'aB3-_' * 8}xyz", 200)
    assert written() == 'WARNING "GET /shared/••• HTTP/1.1" 200\n'
