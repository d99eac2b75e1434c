"""What the built-in evaluator says of an answer, in words: feedback, improvements, a fuller answer."""

from collections.abc import Sequence

from core.domain.evaluation import Coverage, KeyPointFinding, Remark
from core.evaluation.reading import Reading
from core.evaluation.story import STAR, is_story

_FAIR_POINTS = 50.0


def feedback(reading: Reading, findings: Sequence[KeyPointFinding]) -> str:
    """How much is made, and what would help most."""
    if reading.is_list:
        return (
            "This reads as a list of terms. Say in sentences what each of them does here and why; "
            "only then can a listener tell that you know it."
        )
    made = [f for f in findings if f.coverage is Coverage.COVERED]
    missing = [f for f in findings if f.coverage is Coverage.MISSING]
    if not made and len(missing) == len(findings):
        if (reading.points or 0.0) >= _FAIR_POINTS:
            return (
                "On the whole it comes close to the reference answer, yet none of its points was found "
                "one by one. Compare the two."
            )
        return (
            "None of the points that a good answer covers was found in it. Compare it with the key "
            "points below, and try again in your own words."
        )
    partly = len(findings) - len(made) - len(missing)
    first = f"{len(made)} of {len(findings)} key points {'is' if len(made) == 1 else 'are'} clearly made"
    first += f", {partly} more partly." if partly else "."
    if not missing:
        return f"{first} Nothing that matters is left out."
    weightiest = max(missing, key=lambda f: f.weight)
    return f"{first} What would help most: {_lower_first(weightiest.text)}"


def strengths(findings: Sequence[KeyPointFinding]) -> tuple[Remark, ...]:
    """One for each point that is made."""
    return tuple(
        Remark(f"Your words fit this point: {f.text}", f.evidence_index)
        for f in findings
        if f.coverage is Coverage.COVERED
    )


def improvements(reading: Reading, findings: Sequence[KeyPointFinding]) -> tuple[Remark, ...]:
    """What to add or to say more fully, the weightiest first."""
    ordered = sorted(findings, key=lambda f: -f.weight)
    remarks = [
        Remark(f"Not found yet: {f.text}") for f in ordered if f.coverage is Coverage.MISSING
    ]
    remarks += [
        Remark(f"Say this more fully: {f.text}", f.evidence_index)
        for f in ordered
        if f.coverage is Coverage.PARTLY
    ]
    if reading.tells_star and not all(part in reading.story for part in STAR):
        remarks.append(Remark(story_said(reading)))
    return tuple(remarks)


def better_answer(reading: Reading, findings: Sequence[KeyPointFinding]) -> str:
    """All of the candidate's own sentences, then a marked blank for each point not found in them."""
    if not any(finding.coverage is not Coverage.MISSING for finding in findings):
        return ""
    own = [sentence.text for sentence in reading.told]
    blanks = [
        f"[to fill in: {_lower_first(f.text).rstrip('.')}]"
        for f in findings
        if f.coverage is Coverage.MISSING
    ]
    return " ".join([*own, *blanks])


def better_than_nothing(reading: Reading) -> str:
    """What is worth more than no answer."""
    if is_story(reading.question):
        return "A small example of your own is worth more than leaving it open."
    return "Saying what you would look at first, and why, is worth more than leaving it open."


def main_point_said(reading: Reading) -> str:
    """Whether the weightiest key point is made."""
    if reading.is_list:
        return "It reads as a list of terms; none of them is explained in a sentence."
    main = max(reading.matches, key=lambda m: (m.key_point.weight, m.strength))
    made = {
        Coverage.COVERED: "The main point is made",
        Coverage.PARTLY: "The main point is touched, not made",
        Coverage.MISSING: "The main point is not made",
    }[main.coverage]
    return f"{made}: {main.key_point.text}"


def made_said(findings: Sequence[KeyPointFinding]) -> str:
    """How many key points are made."""
    made = sum(finding.coverage is Coverage.COVERED for finding in findings)
    partly = sum(finding.coverage is Coverage.PARTLY for finding in findings)
    more = f", {partly} more partly." if partly else "."
    return f"{made} of {len(findings)} key points are made{more}"


def story_said(reading: Reading) -> str:
    """Which parts of a story are there."""
    missing = [part for part in STAR if part not in reading.story]
    if not missing:
        return "Situation, task, action and result can be told apart."
    return f"Not recognised in the story: {', '.join(missing)}."


def _lower_first(text: str) -> str:
    keeps_case = len(text) > 1 and text[1].isupper()
    return text if keeps_case or text.startswith("I ") else text[:1].lower() + text[1:]
