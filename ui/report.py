"""The report of one interview on the page."""

from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.attempt import EvaluationStatus
from core.domain.company_fit import ValueFit
from core.domain.interview import Interview
from core.domain.narrative import Finding
from core.domain.repeating import weak_questions
from core.domain.report import Report, build_report, in_words, key_findings, rating_in_words
from core.domain.timing import answer_seconds, duration
from core.domain.turn import Turn
from ui.charts import criteria_radar, draw_chart, scores_by_question, times_by_question
from ui.components.draft_keeper import forget_drafts
from ui.components.line_watcher import watch_line
from ui.criteria import rubrics_html
from ui.delivery import draw_delivery
from ui.due import draw_shown
from ui.errors import act, show_remembered
from ui.feedback import draw_feedback, who_judges
from ui.narrative import draw_narrative
from ui.repeating import draw_repeat, follow_repeat
from ui.report_comparison import draw_comparison
from ui.report_files import draw_downloads
from ui.second_look import draw_second_look, draw_second_look_wait
from ui.sharing import draw_sharing
from ui.texts import paragraph, plain, score_row


def draw_report(app: Application, user: UUID, interview: Interview) -> None:
    """Everything the interview showed; what waits for a judgement is looked after."""
    forget_drafts(str(interview.id))
    watch_line(f"{interview.id}:report", is_read=True)
    app.interviewing.start_work(user, interview)
    follow_repeat()
    report = build_report(interview, app.content.company(interview.setup), app.content.expectations)
    st.title("Your report", anchor=False)
    show_remembered()
    st.caption(
        f"{_name(interview)}{plain(interview.setup.role_title)} · {interview.setup.seniority} · "
        f"{_company(interview)}"
        f"{interview.setup.focus} · {interview.setup.way} · {interview.created_at:%d %B %Y}"
    )
    _draw_score(report)
    _draw_pending(app, user, interview, report)
    draw_shown(app, user, interview)
    if report.criteria:
        _draw_overview(report)
    _draw_again(app, user, interview)
    narrative = st.container()
    if report.criteria:
        _draw_findings(app, interview, report)
    _draw_company(report)
    draw_downloads(app, report)
    draw_sharing(app, user, interview)
    draw_comparison(app, user, report)
    st.header("Question by question", anchor=False)
    for turn in report.turns:
        _draw_turn(app, user, interview, turn)
    _draw_rubrics(app, report)
    with narrative:  # last: it may be long in coming
        draw_narrative(app, user, interview)


def _draw_score(report: Report) -> None:
    st.header(report.headline, anchor=False)
    overall = report.overall
    if overall is not None:
        st.html(
            f'<div class="big-score">{overall.score:.0f} <small>of 100 '
            f"({escape(in_words(overall.score))}), range {overall.low:.0f}–{overall.high:.0f}</small></div>"
        )
    parts = [f"{report.judged} judged"]
    if report.skipped:
        parts.append(f"{report.skipped} skipped")
    if report.unjudged:
        parts.append(f"{report.unjudged} without a score")
    if report.pending:
        parts.append(f"{report.pending} being judged")
    note = "What has no score is not counted as zero. " if len(parts) > 1 else ""
    st.caption(f"{' · '.join(parts)}. {note}{plain(_who(report))}")
    if report.delivery is not None:
        st.html(paragraph(report.delivery.sentence, "quiet"))
    if report.self_rating is not None:
        st.html(f"<p>{escape(rating_in_words(report.self_rating))}</p>")


def _who(report: Report) -> str:
    judged = (turn.evaluation for turn in report.turns)
    return who_judges([e.evaluator for e in judged if e is not None])


def _draw_pending(app: Application, user: UUID, interview: Interview, report: Report) -> None:
    if report.pending:
        _poll_report(app, user, interview)
    elif any(turn.latest and turn.latest.is_second_look_pending for turn in report.turns):
        draw_second_look_wait(app, user, interview)


@st.fragment(run_every=1.0)
def _poll_report(app: Application, user: UUID, interview: Interview) -> None:
    st.info(
        "Some answers are still being judged; they appear here.", icon=":material/hourglass_top:"
    )
    if app.interviewing.wait_for_work(user, interview.id, 0.0) != interview:
        st.rerun()


def _draw_overview(report: Report) -> None:
    """The criteria beside what matters most and what to do next."""
    chart, findings = st.columns([5, 6], gap="large")
    with chart:
        expected = f"expected at {report.setup.seniority}"
        draw_chart(criteria_radar(report.criteria, {expected: report.expected}), "report_radar")
        if report.expected:
            st.caption(
                "The dashed line is what interviewers usually expect at this seniority, in our own "
                "judgement; no candidates were measured for it."
            )
    with findings:
        _draw_list("Three things that matter", key_findings(report))
        steps = "".join(f"<li>{escape(step)}</li>" for step in report.next_steps)
        if steps:
            st.html(f"<h3>What to practise next</h3><ul>{steps}</ul>")


def _draw_again(app: Application, user: UUID, interview: Interview) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_repeat(app, user, interview.id, len(weak_questions(interview.turns)))


def _draw_findings(app: Application, interview: Interview, report: Report) -> None:
    turns = [turn for turn in report.turns if turn.question.is_scored]
    draw_chart(scores_by_question(turns), "report_scores")
    rows = "".join(
        score_row(app.content.competency_title(found.competency), found.score, found.judged)
        for found in report.competencies
    )
    st.html(f'<h3>Competencies</h3><div class="strip">{rows}</div>')
    times = times_by_question(turns, interview.setup.limits.question_seconds)
    if times:
        draw_chart(times, "report_times")
    sides = {"What carried you": report.strengths, "What holds you back": report.weaknesses}
    shown = {title: findings for title, findings in sides.items() if findings}
    for column, (title, findings) in zip(
        st.columns(len(shown) or 1, gap="large"), shown.items(), strict=False
    ):
        with column:
            _draw_list(title, findings)


def _draw_list(title: str, findings: tuple[Finding, ...]) -> None:
    if not findings:
        return
    items = "".join(_finding_item(finding) for finding in findings)
    st.html(f"<h3>{escape(title)}</h3><ul>{items}</ul>")


def _finding_item(finding: Finding) -> str:
    quote = f'<br><span class="quiet">“{escape(finding.quote)}”</span>' if finding.quote else ""
    return f"<li>{escape(finding.text)} (question {finding.position}){quote}</li>"


def _name(interview: Interview) -> str:
    return f"{plain(interview.name)} · " if interview.name else ""


def _company(interview: Interview) -> str:
    name = interview.setup.company_name
    return f"in the manner of {plain(name)} · " if name else ""


def _draw_company(report: Report) -> None:
    """Each thing that the company looks for, with what the answers on it came to."""
    company = report.company
    if company is None:
        return
    rows = "".join(_value_row(value) for value in company.values)
    st.html(
        f'<h3>{escape(company.title)}</h3><dl class="values">{rows}</dl>'
        f'<p class="quiet">{escape(company.note[:1].upper() + company.note[1:])}. '
        f"Source: {escape(company.source)}.</p>"
    )


def _value_row(value: ValueFit) -> str:
    quiet = ' class="quiet"' if value.score is None else ""
    return (
        f"<dt>{escape(value.name)}</dt><dd>{escape(value.meaning)}</dd>"
        f"<dd{quiet}>{escape(value.result)}</dd>"
    )


def _draw_turn(app: Application, user: UUID, interview: Interview, turn: Turn) -> None:
    content = app.content
    label = f"{turn.position}. {plain(turn.question.text)} · {_result(turn)}"
    with st.expander(label):
        question = turn.question
        about = [content.competency_title(question.competency), question.origin]
        if question.is_scored:
            about.append(f"difficulty {question.difficulty} of 5")
        about += [*_time_told(interview, turn), *_judge_told(interview, turn)]
        st.caption(" · ".join(about))
        st.caption(plain(turn.reason))
        draw_feedback(content, turn)
        draw_delivery(app, user, interview, turn)
        _draw_retry(app, user, interview, turn)
        if not interview.interviewer.is_built_in and question.is_scored:
            draw_second_look(app, user, interview, turn)


def _draw_rubrics(app: Application, report: Report) -> None:
    kinds = dict.fromkeys(turn.question.kind for turn in report.turns if turn.question.is_scored)
    with st.expander("How answers are judged", icon=":material/rule:"):
        st.html(rubrics_html(app.content.rubrics[kind] for kind in kinds))


def _judge_told(interview: Interview, turn: Turn) -> list[str]:
    """Who judged this answer, where not all were judged by the same."""
    evaluators = {t.evaluation.evaluator for t in interview.turns if t.evaluation}
    if turn.evaluation is None or len(evaluators) == 1:
        return []
    return [f"judged by {plain(turn.evaluation.evaluator)}"]


def _time_told(interview: Interview, turn: Turn) -> list[str]:
    """How long the first answer took, and by how much it was over its time."""
    seconds = answer_seconds(turn)
    if seconds is None:
        return []
    limit = interview.setup.limits.question_seconds
    over = f", {duration(seconds - limit)} over the time" if limit and seconds > limit else ""
    return [f"answered after {duration(seconds)}{over}"]


def _draw_retry(app: Application, user: UUID, interview: Interview, turn: Turn) -> None:
    """What could not be judged during the interview can be judged later."""
    attempt = turn.latest
    if attempt is None or attempt.status is not EvaluationStatus.FAILED:
        return
    retried = (user, interview.id, turn.position, attempt.number)
    st.button(
        f"Judge answer {turn.position} again",
        key=f"report_retry_{turn.position}",
        icon=":material/refresh:",
        on_click=act,
        args=(app.interviewing.retry_evaluation, *retried),
    )


def _result(turn: Turn) -> str:
    """What became of a question, in a word or a number."""
    if turn.overall is not None:
        return f"{turn.overall:.0f} of 100"
    if turn.is_skipped:
        return "skipped"
    if turn.latest is None:
        return "not answered"
    if not turn.question.is_scored:
        return "not scored"
    return {
        EvaluationStatus.PENDING: "being judged",
        EvaluationStatus.FAILED: "could not be judged",
    }.get(turn.latest.status, "no score")
