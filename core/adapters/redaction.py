"""Takes what looks like a key out of every log record, whoever writes it and wherever it goes."""

import logging
import re
import traceback
from collections.abc import Mapping
from typing import Any

HIDDEN = "•••"
_QUIET = (
    "httpx",
    "httpcore",
    "httpx2",
    "httpcore2",
    "openai",
    "anthropic",
    "google",
    "google_genai",
)
"""Libraries that tell requests and headers below WARNING."""

# No part looks far beyond what it takes: a long text must not keep the process busy.
_SECRETS = re.compile(
    r"""
      (?<![A-Za-z0-9]) sk-[A-Za-z0-9_-]{8,}          # OpenAI, Anthropic and those like them
    | sk-(?=[A-Za-z0-9_-]{0,60}\d)[A-Za-z0-9_-]{16,}  # the same, glued to what stands before
    | AIza[A-Za-z0-9_-]{8,}                          # Google
    | AQ\.[A-Za-z0-9_-]{16,}                         # Google, the newer ones
    | amip_[A-Za-z0-9_-]{8,}                         # our own access tokens
    | sb_secret_[A-Za-z0-9_-]+                       # Supabase
    | eyJ[A-Za-z0-9_=-]{8,}(?:\.[A-Za-z0-9_=-]*)*    # JSON web tokens
    | (?<![A-Za-z0-9+/_-]) [A-Za-z0-9+/_-]{43}=      # 32 bytes in base 64: a master key
    | (?i: (?<=bearer[ ]) [A-Za-z0-9._~+/=-]{6,} )
    | (?i: (?<=api-key:[ ]) \S{6,} )                 # headers as they are usually written out
    | (?i: (?<=api-key':[ ]') [^'\s]{6,} )
    """,
    re.VERBOSE,
)


def redacted(text: str) -> str:
    """The text with everything that looks like a key hidden."""
    return _SECRETS.sub(HIDDEN, text)


def install_redaction() -> None:
    """Hide keys in every record that is made from now on, and quieten libraries that tell requests.

    Records are changed where they are made: a filter would have to sit on every handler, and libraries
    bring their own.
    """
    if not isinstance(logging.getLogRecordFactory(), _RedactingFactory):
        logging.setLogRecordFactory(_RedactingFactory(logging.getLogRecordFactory()))
    for name in _QUIET:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


class _RedactingFactory:
    """Makes log records as another factory does, without keys."""

    def __init__(self, make: Any) -> None:
        self._make = make

    def __call__(self, *values: Any, **named: Any) -> logging.LogRecord:
        """One record; message, arguments and exception carry no key."""
        record: logging.LogRecord = self._make(*values, **named)
        _redact_message(record)
        _redact_exception(record)
        return record


def _redact_message(record: logging.LogRecord) -> None:
    """Keep message and arguments apart where that is enough: some formatters read the arguments."""
    record.args = _redacted_arguments(record.args)
    try:
        message = record.getMessage()
    except Exception:  # noqa: BLE001 - reported in the record's place: logging would print the arguments
        record.msg, record.args = "A log record could not be written: its arguments do not fit.", ()
        return
    if redacted(message) != message:
        record.msg, record.args = redacted(message), ()


def _redacted_arguments(arguments: Any) -> Any:
    if isinstance(arguments, Mapping):
        return {name: _redacted_argument(value) for name, value in arguments.items()}
    return tuple(_redacted_argument(value) for value in arguments or ())


def _redacted_argument(value: object) -> object:
    return redacted(value) if isinstance(value, str) else value


def _redact_exception(record: logging.LogRecord) -> None:
    """Put the exception's text in its place where a key stands in it or in one that led to it."""
    if not record.exc_info or not record.exc_info[1]:
        return
    text = "".join(traceback.format_exception(record.exc_info[1])).rstrip("\n")
    if redacted(text) != text:
        record.exc_text, record.exc_info = redacted(text), None
