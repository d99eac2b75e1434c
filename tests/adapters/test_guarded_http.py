"""An address that a candidate names leads nowhere but to where it says, and only outward."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

import httpcore2
import pytest

from core.adapters.call_limits import CallLimits
from core.adapters.guarded_http import guarded_client
from core.adapters.providers.compatible import CompatibleModel
from core.adapters.wall import OPEN_WALL, Wall
from core.domain.errors import ModelError, ModelFault
from tests.adapters.language_models import KEY, never, reply_of
from tests.stub_provider.script import Status
from tests.stub_provider.server import StubProvider

PUBLIC = "93.184.215.14"


class RecordingNetwork(httpcore2.NetworkBackend):
    """Connects to nothing; keeps where it was told to connect to."""

    def __init__(self) -> None:
        self.connected_to: list[str] = []

    def connect_tcp(
        self, host: str, port: int, *_: object, **__: object
    ) -> httpcore2.NetworkStream:
        self.connected_to.append(f"{host}:{port}")
        raise httpcore2.ConnectError("recorded")


class ScriptedResolver:
    """Gives one set of addresses after the other, and the last one ever after."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(f"{host}:{port}")
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def limits(timeout_seconds: float = 5.0) -> CallLimits:
    return CallLimits("The server", timeout_seconds, 5.0, never)


def fault_of(url: str, wall: Wall, timeout_seconds: float = 5.0) -> ModelFault:
    with (
        guarded_client({"Authorization": "Bearer k"}, limits(timeout_seconds), wall) as client,
        pytest.raises(ModelError) as caught,
    ):
        client.get(url)
    return caught.value.fault


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "0.0.0.0",  # noqa: S104 - called, not bound
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::]",
        "[fe80::1]",
        "localhost",
        "127。0。0。1",
        "１２７.0.0.1",
    ],
)
def test_inward_address_is_refused_however_it_is_spelt(host: str) -> None:
    network = RecordingNetwork()
    with pytest.raises(ModelError) as caught:
        reply_of(CompatibleModel(KEY, "gpt-oss", f"https://{host}/v1", Wall(network=network)))
    assert caught.value.fault is ModelFault.ADDRESS_REFUSED
    assert network.connected_to == []


@pytest.mark.parametrize(
    "addresses", [["10.0.0.7"], [PUBLIC, "10.0.0.7"], ["fd00::7"]], ids=["one", "mixed", "v6"]
)
def test_name_with_an_inward_address_is_refused(addresses: list[str]) -> None:
    network = RecordingNetwork()
    wall = Wall(resolve=ScriptedResolver(addresses), network=network)
    assert fault_of("https://llm.example/v1", wall) is ModelFault.ADDRESS_REFUSED
    assert network.connected_to == []


def test_connection_goes_to_the_very_address_that_was_checked() -> None:
    network, resolve = RecordingNetwork(), ScriptedResolver([PUBLIC], ["127.0.0.1"])
    wall = Wall(resolve=resolve, network=network)
    assert fault_of("https://llm.example/v1", wall) is ModelFault.UNREACHABLE
    assert network.connected_to == [f"{PUBLIC}:443"]
    assert resolve.asked == ["llm.example:443"]


def test_next_address_is_tried_where_one_does_not_answer() -> None:
    network = RecordingNetwork()
    wall = Wall(resolve=ScriptedResolver([PUBLIC, "1.1.1.1"]), network=network)
    fault_of("https://llm.example:8443/v1", wall)
    assert network.connected_to == [f"{PUBLIC}:8443", "1.1.1.1:8443"]


def test_unknown_name_is_unreachable() -> None:
    def knows_nothing(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror("no such name")

    assert fault_of("https://llm.example", Wall(resolve=knows_nothing)) is ModelFault.UNREACHABLE


def test_slow_look_up_ends_with_the_deadline() -> None:
    def takes_long(_host: str, _port: int) -> Sequence[str]:
        time.sleep(3)
        return [PUBLIC]

    started = time.monotonic()
    wall = Wall(resolve=takes_long)
    assert fault_of("https://llm.example", wall, timeout_seconds=0.2) is ModelFault.TIMED_OUT
    assert time.monotonic() - started < 2


def test_plain_http_is_refused_in_public() -> None:
    network = RecordingNetwork()
    wall = Wall(resolve=ScriptedResolver([PUBLIC]), network=network)
    assert fault_of("http://llm.example/v1", wall) is ModelFault.ADDRESS_REFUSED
    assert network.connected_to == []


def test_private_server_is_called_where_that_is_allowed(stub: StubProvider) -> None:
    assert reply_of(CompatibleModel("", "gpt-oss", stub.url_v1, OPEN_WALL))


def test_private_server_is_refused_by_default(stub: StubProvider) -> None:
    with pytest.raises(ModelError) as caught:
        reply_of(CompatibleModel(KEY, "gpt-oss", stub.url_v1.replace("http:", "https:")))
    assert caught.value.fault is ModelFault.ADDRESS_REFUSED
    assert stub.requests == []


def test_metadata_of_a_cloud_is_refused_even_where_private_is_allowed() -> None:
    network = RecordingNetwork()
    wall = Wall(allow_private=True, network=network)
    assert fault_of("http://169.254.169.254/latest", wall) is ModelFault.ADDRESS_REFUSED
    assert network.connected_to == []


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(stub: StubProvider, code: int) -> None:
    with StubProvider() as other:
        stub.then(Status(code, {"Location": f"{other.url_v1}/chat/completions"}))
        with pytest.raises(ModelError) as caught:
            reply_of(CompatibleModel(KEY, "gpt-oss", stub.url_v1, OPEN_WALL))
        assert caught.value.fault is ModelFault.ADDRESS_REFUSED
        assert other.requests == []


def test_compressed_reply_is_not_unpacked(stub: StubProvider) -> None:
    stub.then(Status(200, {"Content-Encoding": "gzip"}))
    url = f"{stub.url_v1}/models"
    assert fault_of(url, OPEN_WALL) is ModelFault.MALFORMED


def test_endless_error_text_is_cut_off() -> None:
    with _endless_error() as url:
        assert fault_of(url, OPEN_WALL) is ModelFault.OVERLOADED


@contextmanager
def _endless_error() -> Iterator[str]:
    """A server whose error never ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 500 No\r\nContent-Type: text/plain\r\n\r\n")
                try:
                    while True:
                        connection.sendall(b"x" * 65536)
                except OSError:
                    return

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_cookies_and_other_headers_of_a_request_are_not_sent(stub: StubProvider) -> None:
    with guarded_client({"Authorization": "Bearer k"}, limits(), OPEN_WALL) as client:
        client.get(
            f"{stub.url_v1}/models",
            headers={"X-Organization": "host", "Cookie": "a=b", "Authorization": "Bearer host"},
        )
    sent = stub.requests[0].headers
    assert sent["authorization"] == "Bearer k"
    assert not {"x-organization", "cookie"} & set(sent)


def test_name_of_the_server_and_not_its_address_is_in_the_certificate_check() -> None:
    network = TlsRecorder()
    wall = Wall(resolve=ScriptedResolver([PUBLIC]), network=network)
    assert fault_of("https://llm.example/v1", wall) is ModelFault.UNREACHABLE
    assert network.server_names == ["llm.example"]


class TlsRecorder(httpcore2.NetworkBackend):
    """Opens a connection that gives up when encryption begins; keeps for which name that was."""

    def __init__(self) -> None:
        self.server_names: list[str | None] = []

    def connect_tcp(self, *_: object, **__: object) -> httpcore2.NetworkStream:
        return _TlsRecordingStream(self.server_names)


class _TlsRecordingStream(httpcore2.NetworkStream):
    def __init__(self, server_names: list[str | None]) -> None:
        self._server_names = server_names

    def start_tls(
        self, _context: object, server_hostname: str | None = None, _timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        self._server_names.append(server_hostname)
        raise httpcore2.ConnectError("recorded")

    def close(self) -> None:
        """Nothing is open."""


def test_certificates_are_checked() -> None:
    from core.adapters.guarded_http import tls_context

    assert tls_context().check_hostname
    assert tls_context().verify_mode.name == "CERT_REQUIRED"
