"""Takes what looks like a key out of every log record, whoever writes it and wherever it goes."""

import logging
import re
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

HIDDEN = "•••"
_QUIET = ("httpx", "httpcore", "httpx2", "httpcore2")
"""Libraries that tell requests and headers below WARNING. A `ModelLine` quietens its SDK."""

# No part looks far beyond what it takes: a long text must not keep the process busy.
_SECRETS = r"""
      amip_[A-Za-z0-9_-]{8,}                         # our own access tokens
    | (?<=/shared/) [A-Za-z0-9_-]{8,}              # what opens a shared report
    | (?<=[?&]code=) [^&\s"']{6,}                     # what a provider's sign-in comes back with
    | sb_secret_[A-Za-z0-9_-]+                       # Supabase
    | eyJ[A-Za-z0-9_=-]{8,}(?:\.[A-Za-z0-9_=-]*)*    # JSON web tokens
    | (?<![A-Za-z0-9+/_-]) [A-Za-z0-9+/_-]{43}=      # 32 bytes in base 64: a master key
    | (?i: (?<=bearer[ ]) [A-Za-z0-9._~+/=-]{6,} )
    | (?i: (?<=api-key:[ ]) \S{6,} )                 # headers as they are usually written out
    | (?i: (?<=api-key':[ ]') [^'\s]{6,} )
"""


def secrets_pattern(key_patterns: Iterable[str] = ()) -> re.Pattern[str]:
    """What finds secrets in a text: keys of these forms, and what is a secret anywhere."""
    return re.compile("|".join((f"(?x:{_SECRETS})", *(f"(?:{one})" for one in key_patterns))))


def redacted(text: str, secrets: re.Pattern[str]) -> str:
    """The text with everything that looks like a key hidden."""
    return secrets.sub(HIDDEN, text)


def install_redaction(key_patterns: Iterable[str]) -> None:
    """Hide keys in every record that is made from now on, and quieten libraries that tell requests.

    `key_patterns` are how the keys of providers look. Records are changed where they are made: a filter
    would have to sit on every handler, and libraries bring their own. Installing anew replaces.
    """
    secrets, make = secrets_pattern(key_patterns), logging.getLogRecordFactory()
    if isinstance(make, _RedactingFactory):
        make.secrets = secrets
    else:
        logging.setLogRecordFactory(_RedactingFactory(make, secrets))
    for name in _QUIET:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


class _RedactingFactory:
    """Makes log records as another factory does, without keys."""

    def __init__(self, make: Any, secrets: re.Pattern[str]) -> None:
        self._make = make
        self.secrets = secrets

    def __call__(self, *values: Any, **named: Any) -> logging.LogRecord:
        """One record; message, arguments and exception carry no key."""
        record: logging.LogRecord = self._make(*values, **named)
        _redact_message(record, self.secrets)
        _redact_exception(record, self.secrets)
        return record


def _redact_message(record: logging.LogRecord, secrets: re.Pattern[str]) -> None:
    """Keep message and arguments apart where that is enough: some formatters read the arguments."""
    record.args = _redacted_arguments(record.args, secrets)
    try:
        message = record.getMessage()
    except Exception:  # noqa: BLE001 - reported in the record's place: logging would print the arguments
        record.msg, record.args = "A log record could not be written: its arguments do not fit.", ()
        return
    if redacted(message, secrets) != message:
        record.msg, record.args = redacted(message, secrets), ()


def _redacted_arguments(arguments: Any, secrets: re.Pattern[str]) -> Any:
    if isinstance(arguments, Mapping):
        return {name: _redacted_argument(value, secrets) for name, value in arguments.items()}
    return tuple(_redacted_argument(value, secrets) for value in arguments or ())


def _redacted_argument(value: object, secrets: re.Pattern[str]) -> object:
    return redacted(value, secrets) if isinstance(value, str) else value


def _redact_exception(record: logging.LogRecord, secrets: re.Pattern[str]) -> None:
    """Put the exception's text in its place where a key stands in it or in one that led to it."""
    if not record.exc_info or not record.exc_info[1]:
        return
    text = "".join(traceback.format_exception(record.exc_info[1])).rstrip("\n")
    if redacted(text, secrets) != text:
        record.exc_text, record.exc_info = redacted(text, secrets), None
