"""One resume in four printed themes, against the data that it was made from."""

from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml

from core.adapters.content_files import read_lexicon
from core.adapters.document_reader import ChildProcessDocumentReader
from core.domain.profile import CandidateProfile, PartialDate
from core.parsing.lexicon import SkillLexicon
from core.parsing.profile import read_profile
from tests.adapters.documents import BENCH_DATA, needs_bench_data
from tests.builders import DATA, real_content

pytestmark = needs_bench_data

_TODAY = date(2026, 11, 22)
_THEMES = ("classic", "engineeringresumes", "moderncv", "sb2nov")
_every_theme = pytest.mark.parametrize("theme", _THEMES)


@cache
def _lexicon() -> SkillLexicon:
    return read_lexicon(DATA)


@cache
def _truth(theme: str) -> dict[str, Any]:
    text = (BENCH_DATA / f"resumes/rendercv_{theme}.yaml").read_text("utf-8")
    cv: dict[str, Any] = yaml.safe_load(text)["cv"]
    return cv


@cache
def _profile(theme: str) -> CandidateProfile:
    content = (BENCH_DATA / f"resumes/rendercv_{theme}.pdf").read_bytes()
    text = ChildProcessDocumentReader().read(content).text
    return read_profile(text, _lexicon(), real_content().roles, _TODAY)


def _month(written: str) -> PartialDate | None:
    if written == "present":
        return None
    year, month = written.split("-")
    return PartialDate(int(year), int(month))


@_every_theme
def test_name_and_email_are_found(theme: str) -> None:
    truth, profile = _truth(theme), _profile(theme)

    assert (profile.name, profile.email) == (truth["name"], truth["email"])


@_every_theme
def test_every_position_is_found(theme: str) -> None:
    found = [(p.company, p.title, p.location, p.start, p.end) for p in _profile(theme).positions]

    assert found == [
        (job["company"], job["position"], job["location"], *map(_month, (job["start_date"], job["end_date"])))
        for job in _truth(theme)["sections"]["experience"]
    ]  # fmt: skip


@_every_theme
def test_every_highlight_begins_an_item(theme: str) -> None:
    for job, position in zip(
        _truth(theme)["sections"]["experience"], _profile(theme).positions, strict=True
    ):
        for highlight in job["highlights"]:
            start = highlight.split("\n")[0].split(" - ")[0]
            assert any(item.startswith(start) for item in position.highlights)


@_every_theme
def test_every_study_is_found(theme: str) -> None:
    found = [(study.institution, study.start, study.end) for study in _profile(theme).education]

    assert found == [
        (study["institution"], _month(study["start_date"]), _month(study["end_date"]))
        for study in _truth(theme)["sections"]["education"]
    ]


@_every_theme
def test_degree_and_area_of_every_study_are_found(theme: str) -> None:
    for truth, study in zip(
        _truth(theme)["sections"]["education"], _profile(theme).education, strict=True
    ):
        assert truth["degree"] in study.degree
        assert truth["area"] in study.degree


@_every_theme
def test_every_project_is_found(theme: str) -> None:
    found = [(project.name, project.description) for project in _profile(theme).projects]

    assert found == [
        (project["name"].strip("[").partition("]")[0], project["summary"])
        for project in _truth(theme)["sections"]["projects"]
    ]


@_every_theme
def test_the_listed_skills_are_found(theme: str) -> None:
    found = {skill.name for skill in _profile(theme).skills}

    assert {"Python", "C++", "CUDA", "Rust", "PyTorch", "TensorFlow", "Kubernetes", "AWS"} <= found
