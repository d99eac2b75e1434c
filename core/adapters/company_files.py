"""Reads the company packs, one file each in `companies/`, and checks them against their schema."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass as checked

from core.adapters.yaml_files import STRICT, read_file
from core.domain.company import Company, CompanyValue, Round
from core.domain.interview_setup import Persona

_Text = Annotated[str, Field(min_length=1)]
_Weight = Annotated[int, Field(ge=1, le=3)]


@checked(config=STRICT, frozen=True)
class _ValueRow:
    name: _Text
    meaning: _Text
    competency: _Text


@checked(config=STRICT, frozen=True)
class _RoundRow:
    name: _Text
    what: _Text


@checked(config=STRICT, frozen=True, kw_only=True)
class _CompanyFile:
    id: _Text
    name: _Text
    about: _Text
    style: _Text
    competencies: Annotated[dict[str, _Weight], Field(min_length=4, max_length=8)]
    values: Annotated[tuple[_ValueRow, ...], Field(min_length=4, max_length=8)]
    rounds: Annotated[tuple[_RoundRow, ...], Field(min_length=2, max_length=5)]
    tone: Persona
    source: _Text
    note: _Text

    def as_company(self) -> Company:
        """The domain's value."""
        return Company(
            id=self.id,
            name=self.name,
            about=self.about,
            style=self.style,
            competencies=self.competencies,
            values=tuple(CompanyValue(v.name, v.meaning, v.competency) for v in self.values),
            rounds=tuple(Round(r.name, r.what) for r in self.rounds),
            tone=self.tone,
            source=self.source,
            note=self.note,
        )


def read_companies(folder: Path) -> tuple[Company, ...]:
    """All packs in `folder`/companies in the order of their names; ContentError for a wrong one."""
    files = [read_file(path, _CompanyFile) for path in (folder / "companies").glob("*.yaml")]
    return tuple(sorted((f.as_company() for f in files), key=lambda company: company.name.lower()))
