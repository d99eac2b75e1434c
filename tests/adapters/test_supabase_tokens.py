"""Tokens of an identity provider's: those that are good, and every way to forge or wear out one."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from core.adapters.signing_keys import (
    FEWEST_SECONDS,
    MAX_AGE_SECONDS,
    STALE_SECONDS,
    SigningKeys,
    fetched,
)
from core.adapters.supabase_tokens import LEEWAY_SECONDS, MAX_CHARACTERS, SupabaseTokens
from core.domain.errors import VoucherAwayError
from tests.stub_keys import served_keys

ISSUER = "https://abcd.supabase.co/auth/v1"
SUBJECT = "0b9a1d52-3a51-4d3e-9c8e-5f3a7d1c2b4e"


@cache
def ec_key() -> EllipticCurvePrivateKey:
    return new_ec_key(SECP256R1())


@cache
def rsa_key() -> Any:
    return new_rsa_key(65537, 2048)


@cache
def weak_key() -> Any:
    return new_rsa_key(65537, 1024)  # noqa: S505 - it must not be taken


def jwk(private: Any, key_id: str, **changes: Any) -> dict[str, Any]:
    algorithm = ECAlgorithm if isinstance(private, EllipticCurvePrivateKey) else RSAAlgorithm
    told: dict[str, Any] = algorithm.to_jwk(private.public_key(), as_dict=True)
    return told | {"kid": key_id, "use": "sig"} | changes


def key_set(*keys: dict[str, Any]) -> bytes:
    return json.dumps({"keys": list(keys)}).encode()


class Provider:
    """Serves keys, or is away; counts how often it is asked. Its clock stands still."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.content = key_set(*keys)
        self.asked = 0
        self.is_away = False
        self.seconds = 0.0

    def fetch(self) -> bytes:
        self.asked += 1
        if self.is_away:
            raise VoucherAwayError
        return self.content

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def provider() -> Provider:
    return Provider(
        jwk(ec_key(), "ec"),
        jwk(rsa_key(), "rsa"),
        jwk(weak_key(), "weak"),
        jwk(ec_key(), "enc", use="enc"),
    )


@pytest.fixture
def tokens(provider: Provider) -> SupabaseTokens:
    return SupabaseTokens(ISSUER, SigningKeys(provider.fetch, provider.now).key)


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    made = {
        "iss": ISSUER,
        "aud": "authenticated",
        "sub": SUBJECT,
        "role": "authenticated",
        "email": "robin@example.com",
        "iat": now,
        "exp": now + 3600,
    } | changes
    return {name: value for name, value in made.items() if value is not None}


def signed(
    key: Any = None, algorithm: str = "ES256", key_id: str | None = "ec", **changes: Any
) -> str:
    headers = {"kid": key_id} if key_id is not None else {}
    return jwt.encode(claims(**changes), key or ec_key(), algorithm, headers)


def part(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def public_text() -> bytes:
    form = PublicFormat.SubjectPublicKeyInfo
    return ec_key().public_key().public_bytes(Encoding.PEM, form)


def hmac_signed(secret: bytes) -> str:
    """By HS256 with a secret that our own library would refuse to sign with."""
    from hashlib import sha256
    from hmac import digest

    head = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'ec'})}.{part(claims())}"
    return (
        f"{head}.{urlsafe_b64encode(digest(secret, head.encode(), sha256)).rstrip(b'=').decode()}"
    )


@pytest.mark.parametrize(("key", "algorithm"), [("ec", "ES256"), ("rsa", "RS256")])
def test_good_token_vouches_for_its_subject(
    tokens: SupabaseTokens, key: str, algorithm: str
) -> None:
    private = ec_key() if key == "ec" else rsa_key()
    proof = tokens.proof(signed(private, algorithm, key))
    assert proof is not None
    assert (proof.issuer, proof.subject, proof.email) == (ISSUER, SUBJECT, "robin@example.com")


FORGED: dict[str, Callable[[], str]] = {
    "alg none": lambda: f"{part({'alg': 'none', 'kid': 'ec'})}.{part(claims())}.",
    "alg None": lambda: f"{part({'alg': 'None', 'kid': 'ec'})}.{part(claims())}.",
    "HS256 with the public key as PEM": lambda: hmac_signed(public_text()),
    "HS256 with the public key as JWK": lambda: hmac_signed(
        json.dumps(jwk(ec_key(), "ec")).encode()
    ),
    "HS256 with nothing": lambda: hmac_signed(b""),
    "another's key": lambda: signed(new_ec_key(SECP256R1())),
    "key of another algorithm": lambda: signed(rsa_key(), "RS256", "ec"),
    "algorithm that is not taken": lambda: signed(rsa_key(), "RS384", "rsa"),
    "key that is too short": lambda: signed(weak_key(), "RS256", "weak"),
    "key for something else": lambda: signed(key_id="enc"),
    "no key's id": lambda: signed(key_id=None),
    "unknown key's id": lambda: signed(key_id="unknown"),
    "id that is a path": lambda: signed(key_id="../../../etc/passwd"),
    "own key along": lambda: jwt.encode(
        claims(), new_ec_key(SECP256R1()), "ES256", {"kid": "ec", "jwk": jwk(ec_key(), "ec")}
    ),
    "key's address along": lambda: jwt.encode(
        claims(), new_ec_key(SECP256R1()), "ES256", {"kid": "other", "jku": "http://127.0.0.1:1/"}
    ),
    "critical header": lambda: jwt.encode(
        claims(), ec_key(), "ES256", {"kid": "ec", "crit": ["x"], "x": 1}
    ),
    "wrong issuer": lambda: signed(iss="https://evil.supabase.co/auth/v1"),
    "issuer that begins alike": lambda: signed(iss=f"{ISSUER}/"),
    "no issuer": lambda: signed(iss=None),
    "wrong audience": lambda: signed(aud="anon"),
    "no audience": lambda: signed(aud=None),
    "wrong role": lambda: signed(role="service_role"),
    "no role": lambda: signed(role=None),
    "anonymous": lambda: signed(is_anonymous=True),
    "expired": lambda: signed(exp=int(time.time()) - LEEWAY_SECONDS - 5),
    "never expires": lambda: signed(exp=None),
    "expires at no time": lambda: signed(exp="soon"),
    "expires after all time": lambda: signed(iat=10**30),
    "not valid yet": lambda: signed(nbf=int(time.time()) + LEEWAY_SECONDS + 60),
    "issued later": lambda: signed(iat=int(time.time()) + LEEWAY_SECONDS + 60),
    "no time of issue": lambda: signed(iat=None),
    "no subject": lambda: signed(sub=None),
    "empty subject": lambda: signed(sub=""),
    "huge subject": lambda: signed(sub="a" * 300),
    "huge": lambda: signed(email="a" * MAX_CHARACTERS),
    "cut": lambda: signed()[:-4],
    "changed": lambda: signed().replace(".", f".{part({'sub': 'x'})[:2]}", 1),
    "without a signature": lambda: signed().rpartition(".")[0] + ".",
    "no JSON": lambda: "eyJ.eyJ.eyJ",
    "dots": lambda: "..",
    "no token": lambda: "amip_" + "a" * 43,
    "other letters": lambda: signed() + "ä",
    "empty": lambda: "",
}


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("name", list(FORGED))
def test_token_that_is_not_good_vouches_for_nobody(tokens: SupabaseTokens, name: str) -> None:
    assert tokens.proof(signed()) is not None
    assert tokens.proof(FORGED[name]()) is None


@pytest.mark.parametrize("late", [LEEWAY_SECONDS - 10, -LEEWAY_SECONDS + 10])
def test_clocks_may_differ_a_little(tokens: SupabaseTokens, late: int) -> None:
    now = int(time.time())
    assert tokens.proof(signed(iat=now + late - 5, exp=now + late + 5)) is not None


def test_secret_of_older_projects_is_no_key(provider: Provider) -> None:
    provider.content = key_set({"kty": "oct", "k": "c2VjcmV0", "kid": "old", "alg": "HS256"})
    tokens = SupabaseTokens(ISSUER, SigningKeys(provider.fetch, provider.now).key)
    token = jwt.encode(claims(), b"secret" * 8, "HS256", {"kid": "old"})
    assert tokens.proof(token) is None


def test_keys_are_asked_for_once(tokens: SupabaseTokens, provider: Provider) -> None:
    assert all(tokens.proof(signed()) for _ in range(5))
    assert provider.asked == 1


def test_storm_of_unknown_keys_asks_once(tokens: SupabaseTokens, provider: Provider) -> None:
    assert not any(tokens.proof(signed(key_id=f"unknown-{n}")) for n in range(50))
    assert provider.asked == 1
    assert tokens.proof(signed()) is not None


def test_new_key_is_found_after_a_while(tokens: SupabaseTokens, provider: Provider) -> None:
    tokens.proof(signed())
    provider.content = key_set(jwk(ec_key(), "new"))
    provider.seconds = FEWEST_SECONDS
    assert tokens.proof(signed(key_id="new")) is not None


def test_withdrawn_key_opens_nothing_after_a_while(
    tokens: SupabaseTokens, provider: Provider
) -> None:
    token = signed()
    assert tokens.proof(token) is not None
    provider.content = key_set(jwk(rsa_key(), "rsa"))
    provider.seconds = MAX_AGE_SECONDS + 1
    assert tokens.proof(token) is None


def test_known_keys_count_while_the_provider_is_away_for_a_while(
    tokens: SupabaseTokens, provider: Provider
) -> None:
    tokens.proof(signed())
    provider.is_away = True
    provider.seconds = STALE_SECONDS - 1
    assert tokens.proof(signed()) is not None
    provider.seconds = STALE_SECONDS + 1
    with pytest.raises(VoucherAwayError):
        tokens.proof(signed())


def test_provider_that_was_never_reached_says_nothing_of_a_token(
    tokens: SupabaseTokens, provider: Provider
) -> None:
    provider.is_away = True
    for _ in range(5):
        with pytest.raises(VoucherAwayError):
            tokens.proof(signed())
    assert provider.asked == 1


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"keys": 1}', b'{"keys": [1]}', b"\xff"])
def test_what_is_no_list_of_keys_is_as_good_as_away(provider: Provider, content: bytes) -> None:
    provider.content = content
    tokens = SupabaseTokens(ISSUER, SigningKeys(provider.fetch, provider.now).key)
    with pytest.raises(VoucherAwayError):
        tokens.proof(signed())


def test_keys_come_from_the_issuers_one_address() -> None:
    with served_keys({"/auth/v1/.well-known/jwks.json": (200, b"the keys")}) as url:
        assert fetched(f"{url}/auth/v1") == b"the keys"


@pytest.mark.parametrize(
    ("status", "content"),
    [
        pytest.param(500, b"", id="fault"),
        pytest.param(404, b"", id="not there"),
        pytest.param(302, b"", id="elsewhere"),
        pytest.param(200, b"a" * 100_000, id="huge"),
    ],
)
def test_address_without_keys_is_away(status: int, content: bytes) -> None:
    with (
        served_keys({"/.well-known/jwks.json": (status, content)}) as url,
        pytest.raises(VoucherAwayError),
    ):
        fetched(url)


def test_nobody_there_is_away() -> None:
    with pytest.raises(VoucherAwayError):
        fetched("http://127.0.0.1:1")
