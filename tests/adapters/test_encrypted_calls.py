"""Encryption, with a certificate made for the test."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.adapters import guarded_http
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import StopReason
from tests.adapters.language_models import MAKERS, Make, reply_of
from tests.stub_provider.script import Mishap, Pace
from tests.stub_provider.server import StubProvider


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stub")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "stub.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(guarded_http, "tls_context", lambda: context)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_slow_reply_arrives_whole_over_tls(make: Make, server_side: ssl.SSLContext) -> None:
    pace = Pace(first_token_seconds=0.35, tokens_per_second=6)  # slower than the limits are asked
    with StubProvider(pace=pace, tls=server_side) as stub:
        stub.then("one two three")
        text, end = reply_of(make(stub.url))
    assert (text, end.stop) == ("one two three", StopReason.COMPLETE)


@pytest.mark.usefixtures("trusted")
def test_deadline_holds_over_tls(server_side: ssl.SSLContext) -> None:
    with StubProvider(tls=server_side) as stub:
        stub.then(Mishap.DRIP)
        with pytest.raises(ModelError) as caught:
            reply_of(MAKERS["openai"](stub.url), timeout_seconds=0.3)
    assert caught.value.fault is ModelFault.TIMED_OUT


def test_unknown_certificate_is_not_trusted(server_side: ssl.SSLContext) -> None:
    with StubProvider(tls=server_side) as stub:
        with pytest.raises(ModelError) as caught:
            reply_of(MAKERS["openai"](stub.url))
        assert caught.value.fault is ModelFault.UNREACHABLE
        assert stub.requests == []
