from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import CandidateProfile, PartialDate, Position, Skill, Span
from core.domain.sources import doubts, sources_of

TEXT = "Ada Example\nEngineer at Acme\nUsed k8s daily"


def test_skill_is_shown_where_it_was_read_under_its_known_name() -> None:
    start = TEXT.index("k8s")
    profile = CandidateProfile(skills=(Skill("Kubernetes", spans=(Span(start, start + 3),)),))
    (source,) = sources_of(profile, TEXT)
    assert (TEXT[source.span.start : source.span.end], source.fact) == ("k8s", "Skill: Kubernetes")


def test_title_and_company_are_shown_inside_their_position() -> None:
    position = Position("Engineer", "Acme", span=Span(12, 28))
    facts = [source.fact for source in sources_of(CandidateProfile(positions=(position,)), TEXT)]
    assert facts == ["Title: Engineer", "Company: Acme"]


def test_corrected_value_that_is_not_in_the_text_is_shown_nowhere() -> None:
    profile = CandidateProfile(name="Someone Else")
    assert sources_of(profile, TEXT) == ()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12))
def test_sources_never_overlap_and_stand_in_order(places: list[tuple[int, int]]) -> None:
    spans = tuple(Span(start, start + length) for start, length in places)
    found = sources_of(CandidateProfile(skills=(Skill("X", spans=spans),)), "x" * 60)
    ends = [source.span.end for source in found]
    starts = [source.span.start for source in found]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_position_without_company_is_to_be_checked() -> None:
    profile = CandidateProfile(
        name="Ada", positions=(Position("Engineer", ""),), skills=(Skill("Go"),)
    )
    assert doubts(profile) == ("Position “Engineer” has no company and no start.",)


def test_slip_of_a_known_skill_is_to_be_checked() -> None:
    profile = CandidateProfile(
        name="Ada",
        positions=(Position("Engineer", "Acme", PartialDate(2020)),),
        skills=(Skill("Kuberntes", near="Kubernetes"),),
    )
    assert doubts(profile) == ("“Kuberntes”: did you mean Kubernetes?",)


def test_empty_profile_says_what_was_not_found() -> None:
    assert len(doubts(CandidateProfile())) == 3
