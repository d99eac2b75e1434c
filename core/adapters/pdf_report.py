"""A report as a typeset PDF: real text, charts as vectors, numbered pages. No browser is needed."""

from collections.abc import Iterable, Mapping
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from core.adapters.pdf_charts import competency_bars, radar, score_dots
from core.adapters.pdf_page import (
    MARGIN,
    WIDTH,
    NumberedCanvas,
    bullets,
    prepare_fonts,
    safe,
    styles,
    table_of,
    text_of,
)
from core.adapters.pdf_turns import time_told, turn_parts
from core.domain.content import Content
from core.domain.narrative import Finding
from core.domain.report import Report, in_words, rating_in_words
from core.domain.turn import Turn


def report_as_pdf(report: Report, content: Content) -> bytes:
    """The whole report. Characters that the font lacks are shown as boxes; Markdown has them."""
    prepare_fonts()
    titles = {key: competency.title for key, competency in content.competencies.items()}
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=16 * mm,
        bottomMargin=20 * mm,
        title=f"Interview report, {report.created_at:%d %B %Y}",
        lang="en",
    )
    story = [
        *_first_page(report, titles),
        *_about(report),
        text_of("Question by question", "h2"),
        *(part for turn in report.turns for part in turn_parts(turn, titles)),
    ]
    document.build(story, canvasmaker=NumberedCanvas)
    return out.getvalue()


def _first_page(report: Report, titles: Mapping[str, str]) -> list[Flowable]:
    setup = report.setup
    about = [setup.seniority, setup.focus, setup.way, f"{report.created_at:%d %B %Y}"]
    if setup.company_name:
        about.insert(1, f"in the manner of {setup.company_name}")
    parts: list[Flowable] = [
        text_of(report.name or f"Interview report: {setup.role_title}", "title"),
        text_of(" · ".join([setup.role_title, *about] if report.name else about), "quiet"),
        text_of(report.headline, "lead"),
        *_score(report),
        *_overview(report),
    ]
    scored = [turn for turn in report.turns if turn.question.is_scored]
    if any(turn.overall is not None for turn in scored):
        note = "0–100; below each dot its question and difficulty (d1–d5); – has no score."
        chart = [
            text_of("Score per question", "h3"),
            text_of(note, "quiet"),
            score_dots(scored, WIDTH),
        ]
        parts.append(KeepTogether(chart))
        bars = [text_of("Competencies", "h3"), competency_bars(report.competencies, titles, WIDTH)]
        parts.append(KeepTogether(bars))
    parts += bullets("What to practise next", [safe(step) for step in report.next_steps])
    return [*parts, *_company(report), *_times(scored, titles)]


def _score(report: Report) -> list[Flowable]:
    counts = (
        f"{report.judged} judged, {report.skipped} skipped, {report.unjudged} without a score, "
        f"{report.pending} waiting. What has no score is not counted as zero."
    )
    if report.self_rating:
        counts += f" {rating_in_words(report.self_rating)}"
    if report.delivery:
        counts += f" {report.delivery.sentence}"
    overall = report.overall
    if overall is None:
        return [text_of(counts, "quiet")]
    small = f'<font size="11" name="DejaVuSans"> of 100 ({in_words(overall.score)}), range {overall.low:.0f}–{overall.high:.0f}</font>'
    return [
        Paragraph(f"{overall.score:.0f}{small}", styles()["score"]),
        text_of(counts, "quiet"),
    ]


def _overview(report: Report) -> list[Flowable]:
    """The radar beside what carried the candidate and what holds them back."""
    if not report.criteria:
        return []
    note = "Area: your mean level (1–5)."
    if report.expected:
        note += f" Dashed: what interviewers usually expect at {report.setup.seniority}, in our own judgement."
    findings: list[Flowable] = [
        *_findings("What carried you", report.strengths),
        *_findings("What holds you back", report.weaknesses),
    ]
    table = Table(
        [[[radar(report.criteria, report.expected), text_of(note, "quiet")], findings]],
        colWidths=[240, WIDTH - 240],
    )
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
    )
    return [Spacer(1, 6), table]


def _findings(title: str, findings: Iterable[Finding]) -> list[Flowable]:
    return bullets(title, [_finding(finding) for finding in findings])


def _finding(finding: Finding) -> str:
    quote = f"<br/>“{safe(finding.quote)}”" if finding.quote else ""
    return f"{safe(finding.text)} (question {finding.position}){quote}"


def _company(report: Report) -> list[Flowable]:
    company = report.company
    if company is None:
        return []
    rows = [[value.name, value.meaning, value.result] for value in company.values]
    note = f"{company.note[:1].upper()}{company.note[1:]}. Source: {company.source}."
    table = table_of(["What counts", "Meaning", "Your answers"], rows, [120, WIDTH - 230, 110])
    return [text_of(company.title, "h3"), table, text_of(note, "quiet")]


def _times(turns: list[Turn], titles: Mapping[str, str]) -> list[Flowable]:
    rows = [
        [
            str(turn.position),
            titles.get(turn.question.competency, turn.question.competency),
            str(turn.question.difficulty),
            f"{turn.overall:.0f}" if turn.overall is not None else "–",
            time_told(turn),
        ]
        for turn in turns
    ]
    if not rows:
        return []
    head = ["Question", "Competency", "Difficulty", "Score", "Answered after"]
    table = table_of(head, rows, [60, WIDTH - 280, 65, 55, 100])
    return [text_of("Time and difficulty", "h3"), table]


def _about(report: Report) -> list[Flowable]:
    if not report.evaluators:
        return []
    said = (
        f"Judged by: {', '.join(report.evaluators)}. The built-in interviewer compares words with key "
        "points; it does not know whether a statement is true. A model can be wrong about facts."
    )
    return [Spacer(1, 10), text_of(said, "quiet")]
