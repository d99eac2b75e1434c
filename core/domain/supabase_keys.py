"""What tells a Supabase project's secret keys from those that anyone may have."""

import json
from base64 import urlsafe_b64decode

_SECRET = "sb_secret_"  # noqa: S105 - what secret keys begin with
_JWT_PARTS = 3


def is_secret_key(key: str) -> bool:
    """Whether the key goes around row-level security: `sb_secret_…`, or an older one for `service_role`."""
    return key.startswith(_SECRET) or _role(key) == "service_role"


def _role(key: str) -> str:
    """The role that an older key, a JSON web token, was made for; empty where it is none."""
    parts = key.split(".")
    if len(parts) != _JWT_PARTS:
        return ""
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return ""
    return str(claims.get("role", "")) if isinstance(claims, dict) else ""
