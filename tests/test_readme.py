"""What the documents say of the project, checked against the project."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from core.config import ROOT, Settings
from scripts.readme_settings import README, main, settings_table, with_table

DOCUMENTS = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
        ROOT / "deploy" / "README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
)
COMMANDS = ("make run", "make test")

_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _relative_links(document: Path) -> Iterator[str]:
    """The targets of links within the repository, without their fragments; code is no link."""
    text = _CODE.sub("", document.read_text("utf-8"))
    for target in _LINK.findall(text):
        path = unquote(target.partition("#")[0])
        if path and not _ELSEWHERE.match(target):
            yield path


def test_table_of_settings_is_up_to_date() -> None:
    readme = README.read_text("utf-8")
    assert with_table(readme, settings_table()) == readme, (
        "The settings have changed: run `python -m scripts.readme_settings --write`."
    )


def test_table_has_every_setting_with_its_description() -> None:
    table = settings_table()
    for name, field in Settings.model_fields.items():
        assert f"| `{field.title or name.upper()}` |" in table
        assert field.description, f"{name} has no description for the README"


def test_a_readme_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="needs"):
        with_table("# No marks", "table")


def test_the_table_is_printed_when_nothing_is_to_be_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = README.read_bytes()
    assert main([]) == 0
    assert capsys.readouterr().out == f"{settings_table()}\n"
    assert README.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_readme_are_targets_of_the_makefile(command: str) -> None:
    assert re.search(rf"^{command}\b", README.read_text("utf-8"), re.MULTILINE)
    target = command.removeprefix("make ")
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_relative_links_point_to_files(document: Path) -> None:
    missing = [
        link
        for link in _relative_links(document)
        if not (document.parent / link).resolve().exists()
    ]
    assert not missing, f"{_name(document)} links to what does not exist: {', '.join(missing)}"


def test_promises_name_tests_that_exist() -> None:
    promised = set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text("utf-8")))
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    assert promised
    assert promised - written == set()


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text("utf-8")
    decisions = [path.name for path in folder.glob("[0-9]*.md")]
    assert decisions
    assert [name for name in decisions if f"({name})" not in index] == []
