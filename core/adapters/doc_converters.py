"""Programs of the host that read old Word documents: for those that our own reader does not.

These are documents from before Word 97 and damaged ones. antiword reads most of them; catdoc also the
rest of some damaged ones, with scraps that are no text.
"""

import os
import re
import shutil
import subprocess

from core.adapters.document_refusals import refusal
from core.adapters.page_cells import CELL_SEPARATOR
from core.domain.errors import Unreadable

SEARCH_PATH = os.defpath
"""Where the programs are looked for: the system's folders, whatever the environment says."""

_CONVERTERS = (("antiword", "-m", "UTF-8.txt", "-w", "0", "-"), ("catdoc", "-d", "utf-8", "-w"))
_MAX_SECONDS = 6.0  # each
_NOT_HERE = (
    "This Word document (.doc) is very old or damaged, and this server has no converter for it. "
    "Save it as PDF or DOCX, or paste the text."
)
_TABLE_ROW = re.compile(r"^\|?(.*)\|$", re.MULTILINE)
_CELL_EDGE = re.compile(r"[ \t]*\|[ \t]*")
_PLACEHOLDER = re.compile(r"\[pic\]|^-{23}$", re.MULTILINE)  # a picture, the rule above footnotes
_FIELD_CODE = re.compile(r'\bHYPERLINK +(?:\\[a-z] +)*"[^"\n]*"|\bFORM(?:TEXT|CHECKBOX|DROPDOWN)\b')


def converted(content: bytes) -> str:
    """The text by the first program that finds some.

    Raises:
        UnreadableDocumentError: if the host has none, or none of them finds any.
    """
    programs = [(path, arguments) for name, *arguments in _CONVERTERS if (path := _found(name))]
    if not programs:
        raise refusal(Unreadable.UNSUPPORTED_TYPE, _NOT_HERE)
    texts = (_output(content, path, *arguments) for path, arguments in programs)
    text = next(filter(None, texts), "")
    if not text:
        raise refusal(Unreadable.DAMAGED)
    return _cleaned(text)


def _cleaned(text: str) -> str:
    text = _TABLE_ROW.sub(_row, _PLACEHOLDER.sub("", text))
    return _FIELD_CODE.sub("", text)


def _row(match: re.Match[str]) -> str:
    return CELL_SEPARATOR.join(filter(None, _CELL_EDGE.split(match[1].strip())))


def _found(program: str) -> str | None:
    return shutil.which(program, path=SEARCH_PATH)


def _output(content: bytes, *command: str) -> str:
    """What a program writes for a document; empty if it fails or takes too long.

    The document is handed over on stdin: no file is left behind if this process is ended.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, found in the system's folders
            command,
            input=content,
            capture_output=True,
            timeout=_MAX_SECONDS,
            env={"PATH": SEARCH_PATH, "LANG": "C.UTF-8"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout.decode(errors="replace").strip()
