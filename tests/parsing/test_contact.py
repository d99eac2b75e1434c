from datetime import date

import pytest

from core.parsing.contact import Contact, read_contact
from core.parsing.lines import split_lines
from core.parsing.section_headings import SectionKind
from core.parsing.sections import find_sections, lines_of

_TODAY = date(2026, 11, 22)


def _read(text: str) -> Contact:
    lines = split_lines(text)
    header = lines_of(find_sections(lines)[:1], SectionKind.OTHER)
    return read_contact(text, lines, header, _TODAY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maya Okafor\nmaya@example.com", "Maya Okafor"),
        ("MAYA OKAFOR\nEngineer", "Maya Okafor"),
        ("Maya Okafor · Engineer · Berlin", "Maya Okafor"),
        ("CURRICULUM VITAE\n\nMaya J. Okafor", "Maya J. Okafor"),
        ("RESUME OF MAYA OKAFOR", "Maya Okafor"),
        ("Lebenslauf\n\nName: Maya Okafor", "Maya Okafor"),
        ("Dr. Maya Okafor, Ph.D.", "Maya Okafor"),
        ("M A Y A   O K A F O R", "Maya Okafor"),
        ("Ludwig van der Heide\nBonn", "Ludwig van der Heide"),
        ("Zoë O'Brien-Müller", "Zoë O'Brien-Müller"),
        ("Software Engineer\nMaya Okafor", "Maya Okafor"),
        ("New York\nMaya Okafor", "Maya Okafor"),
        ("# Maya Okafor", "Maya Okafor"),
        ("Mary Cook\nmary.cook@example.com", "Mary Cook"),
    ],
)
def test_the_name_is_found_at_the_top(text: str, name: str) -> None:
    assert _read(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Software Engineer",
        "I build bridges.",
        "Page 1\nBerlin",
        "Contact Information\ncontact@example.com",
    ],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert _read(text).name == ""


def test_the_headline_stands_below_the_name() -> None:
    assert _read("Maya Okafor\nData Engineer | SQL, Python\nBerlin").headline == (
        "Data Engineer | SQL, Python"
    )


def test_the_headline_may_stand_beside_the_name() -> None:
    assert _read("Maya Okafor - Data Engineer").headline == "Data Engineer"


def test_a_job_is_no_headline() -> None:
    assert _read("Maya Okafor\nExperience\nHead Chef, La Plancha, 2015 - 2019").headline == ""


def test_a_sentence_is_no_headline() -> None:
    assert _read("Maya Okafor\nI am an engineer who builds bridges.").headline == ""


def test_the_first_email_address_is_taken() -> None:
    text = "Maya Okafor\nmaya.okafor+cv@mail.example.com\nReferences\nboss@example.com"

    assert _read(text).email == "maya.okafor+cv@mail.example.com"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("+49 151 2345 6789", "+49 151 2345 6789"),
        ("Berlin | (416) 555-0123 | x", "(416) 555-0123"),
        ("Telefon: 0221 / 123 45 67", "0221 / 123 45 67"),
        ("123.345.7890", "123.345.7890"),
    ],
)
def test_the_phone_number_is_taken_as_written(text: str, phone: str) -> None:
    assert _read(f"Maya Okafor\n{text}").phone == phone


@pytest.mark.parametrize(
    "text",
    ["+49 176 313 *** **", "Fax: 0221 123 45 67", "01/2015 - 03/2019", "2015 - 2019", "ID 12345"],
)
def test_what_is_no_phone_number_is_not_taken_for_one(text: str) -> None:
    assert _read(f"Maya Okafor\n{text}").phone == ""


def test_a_phone_number_ends_with_its_line() -> None:
    assert _read("Maya Okafor\n+49 151 2345678\n3 years").phone == "+49 151 2345678"


def test_links_are_taken_as_written() -> None:
    text = "Maya Okafor\nlinkedin.com/in/maya | https://okafor.example/ | okafor.dev"

    assert _read(text).links == ("linkedin.com/in/maya", "https://okafor.example/", "okafor.dev")


def test_a_link_is_named_once() -> None:
    assert _read("www.okafor.dev\nhttps://okafor.dev/").links == ("www.okafor.dev",)


def test_an_email_domain_and_a_framework_are_no_links() -> None:
    assert _read("Maya Okafor\nmaya@okafor.dev\nASP.NET").links == ()


def test_a_domain_below_the_header_is_no_link() -> None:
    assert _read("Maya Okafor\nExperience\nEngineer at shop.example.com").links == ()
