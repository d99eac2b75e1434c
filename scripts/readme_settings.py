"""Prints the README's table of settings, made from `core.config.Settings`.

`python -m scripts.readme_settings --write` puts it between its marks in README.md.
"""

import argparse
import sys
from collections.abc import Sequence

from pydantic.fields import FieldInfo

from core.config import ROOT, Settings

README = ROOT / "README.md"
BEGIN = "<!-- settings -->"
END = "<!-- /settings -->"


def settings_table() -> str:
    """The table in Markdown, one row a setting, in the order of the class."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    return "\n".join(["| Setting | Default | What it is for |", "|---|---|---|", *rows])


def with_table(readme: str, table: str) -> str:
    """The README with this table between its marks; ValueError unless both stand there, in order."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        message = f"The README needs {BEGIN} and, after it, {END}."
        raise ValueError(message)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or write it into the README; the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.readme_settings", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    if parser.parse_args(arguments).write:
        README.write_text(with_table(README.read_text("utf-8"), settings_table()), "utf-8")
    else:
        print(settings_table())
    return 0


def _row(name: str, field: FieldInfo) -> str:
    about = (field.description or "").replace("|", r"\|")
    return f"| `{field.title or name.upper()}` | {_default(field)} | {about} |"


def _default(field: FieldInfo) -> str:
    """The default as one would write it in the environment."""
    text = "" if field.default_factory else str(field.default)
    if isinstance(field.default, bool):
        text = text.lower()
    return f"`{text}`" if text else "empty"


if __name__ == "__main__":
    sys.exit(main())
