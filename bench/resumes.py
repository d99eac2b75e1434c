"""How much of real resumes is read: found facts against known ones, time and memory, failures by kind.

Reads `resumes/` (one CV in four themes with its exact truth, four column layouts of another, and 150
labelled texts) and `hostile_files/` from BENCH_DATA.
"""

import json
import re
import resource
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

from bench.data import bench_data
from core.bootstrap import Application, local_application
from core.domain.errors import UnreadableDocumentError
from core.domain.profile import CandidateProfile
from core.domain.resume import Resume

SEEN_IN_LATEXCV = (
    "JavaScript",
    "Meteor",
    "MongoDB",
    "Git",
    "WebStorm",
    "Java",
    "Scrum",
    "Debian",
    "React",
    "Project management",
    "Software development",
)
"""Skills that a person reads in every one of the four layouts."""
PRACTICES = frozenset({"Engineering concepts and practices", "Product, project and process"})
LATEXCV = {"email": "info@jankuester.com", "name": "jan kuster"}


def main() -> None:
    """Print one table for each kind of data."""
    app = local_application()
    folder = bench_data("resumes")
    if folder is not None:
        _print_pdfs(app, folder)
        _print_labelled(app, folder / "dotin_labelled.jsonl")
    hostile = bench_data("hostile_files")
    if hostile is not None:
        _print_hostile(app, hostile)


# --- known truth --------------------------------------------------------------------------------


def _print_pdfs(app: Application, folder: Path) -> None:
    print("| file | found | ms | reader MiB |\n|---|---|---|---|")
    for path in sorted(folder.glob("*.pdf")):
        began = perf_counter()
        resume = app.preparing.read_resume(path.read_bytes())
        milliseconds = 1000 * (perf_counter() - began)
        truth = path.with_suffix(".yaml")
        shares = (
            _rendercv(resume, yaml.safe_load(truth.read_text("utf-8")))
            if truth.exists()
            else _latexcv(resume.profile)
        )
        found = ", ".join(f"{name} {100 * share:.0f}%" for name, share in shares.items())
        print(f"| {path.name} | {found} | {milliseconds:.0f} | {_reader_mebibytes():.0f} |")


def _rendercv(resume: Resume, truth: dict[str, Any]) -> dict[str, float]:
    profile = resume.profile
    sections = truth["cv"]["sections"]
    jobs, studies = sections["experience"], sections["education"]
    dates = [(j["company"], j["start_date"], j["end_date"]) for j in jobs]
    read = [
        (p.company, str(p.start), "present" if p.is_current else str(p.end))
        for p in profile.positions
    ]
    written = ", ".join(skill["details"] for skill in sections["skills"])
    return {
        "companies": _share((j["company"] for j in jobs), [p.company for p in profile.positions]),
        "titles": _share((j["position"] for j in jobs), [p.title for p in profile.positions]),
        "dates": sum(d in read for d in dates) / len(dates),
        "education": _share(
            (s["institution"] for s in studies), [e.institution for e in profile.education]
        ),
        "skills": _share(_listed(written), _as_written(resume)),
    }


def _as_written(resume: Resume) -> list[str]:
    """The found skills by their names and by how the document puts them (“GCP”)."""
    skills = resume.profile.skills
    spans = (span for skill in skills for span in skill.spans)
    text = resume.document.text
    return [*(skill.name for skill in skills), *(text[span.start : span.end] for span in spans)]


def _listed(text: str) -> list[str]:
    """The single skills of a comma list; brackets hold examples of what stands before them."""
    return [part.strip() for part in re.sub(r"\([^)]*\)", "", text).split(",") if part.strip()]


def _latexcv(profile: CandidateProfile) -> dict[str, float]:
    return {
        "e-mail": float(profile.email == LATEXCV["email"]),
        "name": float(_normal(profile.name) == LATEXCV["name"]),
        "skills": _share(SEEN_IN_LATEXCV, [s.name for s in profile.skills]),
    }


def _share(wanted: Iterable[str], found: Iterable[str]) -> float:
    wanted, known = list(wanted), {_normal(value) for value in found}
    return sum(_normal(value) in known for value in wanted) / len(wanted)


def _normal(text: str) -> str:
    """Lower case, without accents and signs, single spaces."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9+#]+", " ", bare).split())


# --- labelled texts -----------------------------------------------------------------------------


def _print_labelled(app: Application, path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    began = perf_counter()
    read = [(row["labels"], app.preparing.read_pasted(row["text"]).profile) for row in rows]
    milliseconds = 1000 * (perf_counter() - began) / len(rows)
    recall, precision = _tools(app, read)
    emails = [(labels["Email Address"], p) for labels, p in read if labels.get("Email Address")]
    email = sum(_normal(p.email) in map(_normal, wanted) for wanted, p in emails) / len(emails)
    print(
        f"\n{len(rows)} labelled texts, {milliseconds:.0f} ms each\n\n| measure | value |\n|---|---|"
    )
    print(f"| Tech Tools recall | {recall:.2f} |\n| Tech Tools precision | {precision:.2f} |")
    print(f"| e-mail found | {100 * email:.0f}% of {len(emails)} |")
    years = [(y, p) for labels, p in read if (y := _years(labels)) is not None]
    near = sum(
        p.years_of_experience is not None and abs(p.years_of_experience - y) <= 1 for y, p in years
    )
    print(f"| total years within ±1 | {near} of {len(years)} |")


def _tools(
    app: Application, read: list[tuple[dict[str, Any], CandidateProfile]]
) -> tuple[float, float]:
    """Recall and precision of all labels together, exact after normalising.

    A label that the lexicon knows under another spelling (“MS Office”) counts as that entry. Practices
    are no tools, so they are left out of what was found.
    """
    hit = wanted = found = 0
    for labels, profile in read:
        if not labels.get("Tech Tools"):
            continue
        tools = {_known_as(app, tool) for tool in labels["Tech Tools"]}
        skills = {
            _normal(s.name) for s in profile.skills if not s.is_soft and s.category not in PRACTICES
        }
        hit += len(tools & skills)
        wanted += len(tools)
        found += len(skills)
    return hit / wanted, hit / found


def _known_as(app: Application, label: str) -> str:
    """The lexicon's name for a label when it knows exactly one skill in it, else the label."""
    names = app.interviewing.find_skills(f"Skills: {label}, Python, Java")
    named = names - {"Python", "Java"} or names & {label}
    return _normal(next(iter(named)) if len(named) == 1 else label)


def _years(labels: dict[str, Any]) -> float | None:
    """The labelled years of experience, where the label is one number of years."""
    said = " ".join(labels.get("Years of Experience", []))
    numbers = re.findall(r"\d+(?:\.\d+)?", said)
    return float(numbers[0]) if len(numbers) == 1 and "year" in said.lower() else None


# --- files made to hurt -------------------------------------------------------------------------


def _print_hostile(app: Application, folder: Path) -> None:
    outcomes: Counter[str] = Counter()
    slowest = (0.0, "")
    for path in sorted(folder.iterdir()):
        began = perf_counter()
        outcomes[_outcome(app, path)] += 1
        slowest = max(slowest, (perf_counter() - began, path.name))
    print(f"\n{outcomes.total()} hostile files\n\n| outcome | files |\n|---|---|")
    for outcome, count in outcomes.most_common():
        print(f"| {outcome} | {count} |")
    print(f"| slowest: {slowest[1]} | {slowest[0]:.1f} s |")
    print(f"| most memory of a reader | {_reader_mebibytes():.0f} MiB |")


def _outcome(app: Application, path: Path) -> str:
    try:
        app.preparing.read_resume(path.read_bytes())
    except UnreadableDocumentError as error:
        return error.cause.value
    return "read"


def _reader_mebibytes() -> float:
    """The most memory that any reader's process took so far (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
