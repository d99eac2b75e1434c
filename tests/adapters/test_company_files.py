"""The company packs: their schema, and what is promised about them."""

import shutil
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from core.adapters.company_files import read_companies
from core.adapters.yaml_files import ContentError
from core.domain.company import Company
from core.evaluation.text import content_stems
from tests.builders import DATA, real_content

_COMPANIES = read_companies(DATA)
_COMPETENCIES = real_content().competencies
_MOST_ALIKE = 0.4
"""The largest share of content words that two packs may have in common."""


def _prose(company: Company) -> frozenset[str]:
    told = [company.about, company.style, *(value.meaning for value in company.values)]
    return frozenset(content_stems(" ".join(told)))


def test_there_are_at_least_15_packs() -> None:
    assert len(_COMPANIES) >= 15


def test_ids_are_the_names_of_the_files() -> None:
    assert {company.id for company in _COMPANIES} == {
        path.stem for path in (DATA / "companies").iterdir()
    }


def test_packs_come_in_the_order_of_their_names() -> None:
    names = [company.name.lower() for company in _COMPANIES]
    assert names == sorted(names)


def test_every_competency_named_exists() -> None:
    named = {competency for company in _COMPANIES for competency in company.competencies}
    named |= {value.competency for company in _COMPANIES for value in company.values}
    assert named - set(_COMPETENCIES) == set()


def test_every_pack_has_a_competency_of_the_highest_weight() -> None:
    assert [c.id for c in _COMPANIES if max(c.competencies.values()) < 3] == []


def test_every_source_names_a_site() -> None:
    assert [company.id for company in _COMPANIES if "." not in company.source] == []


def test_every_pack_says_that_it_is_modelled_and_not_affiliated() -> None:
    notes = {company.note for company in _COMPANIES}
    assert notes == {"modelled on public information; not affiliated"}


def test_style_is_told_in_2_to_4_sentences() -> None:
    wrong = [c.id for c in _COMPANIES if not 2 <= c.style.count(". ") + 1 <= 4]
    assert wrong == []


def test_values_of_a_pack_have_names_of_their_own() -> None:
    doubled = [c.id for c in _COMPANIES if len({v.name for v in c.values}) < len(c.values)]
    assert doubled == []


def test_no_two_packs_weigh_the_same() -> None:
    weights = [tuple(sorted(company.competencies.items())) for company in _COMPANIES]
    assert len(set(weights)) == len(weights)


def test_no_two_packs_are_nearly_the_same() -> None:
    stems = {company.id: _prose(company) for company in _COMPANIES}
    alike = [
        (one, other)
        for one, other in combinations(stems, 2)
        if len(stems[one] & stems[other]) > _MOST_ALIKE * len(stems[one] | stems[other])
    ]
    assert alike == []


# --- broken files -------------------------------------------------------------------------------


def _broken(folder: Path, **changes: object) -> Path:
    """A folder with one pack, which is changed."""
    shutil.copytree(DATA / "companies", folder / "companies")
    path = folder / "companies" / "amazon.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | changes))
    return folder


@pytest.mark.parametrize(
    "change",
    [
        {"tone": "rude"},
        {"competencies": {"ownership": 3}},
        {"competencies": dict.fromkeys(("ownership", "learning", "conflict", "sql"), 4)},
        {"values": []},
        {"rounds": [{"name": "Talk", "what": "A talk."}]},
        {"source": ""},
        {"note": None},
        {"logo": "smile.png"},
    ],
)
def test_pack_against_the_schema_is_refused_with_the_place(
    tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(ContentError, match=rf"amazon\.yaml(.|\n)*{next(iter(change))}"):
        read_companies(_broken(tmp_path, **change))
