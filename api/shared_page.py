"""A shared report as a page for anyone who has its link: read only, without scripts, cookies or Streamlit.

Without answers it shows no question's text either: questions may tell what stands in the resume.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response

from core.bootstrap import Application, application
from core.domain.errors import StoreError
from core.domain.report import Report, build_report, in_words
from core.domain.turn import Turn
from core.services.sharing import SharedInterview

_STYLE = """
:root { color-scheme: light dark; --line: light-dark(#d8dde0, #3b444a); --quiet: light-dark(#56616a, #a9b3ba); }
* { box-sizing: border-box; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem;
  background: light-dark(#ffffff, #14191c); color: light-dark(#1d2327, #e8ecee); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; } p { margin: .3rem 0; }
.quiet { color: var(--quiet); font-size: .92rem; }
.score { font-size: 2.8rem; font-weight: 650; line-height: 1.1; margin: .8rem 0 0; }
.score small { font-size: 1rem; font-weight: 400; color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
td:last-child, th:last-child { text-align: right; padding-right: 0; white-space: nowrap; }
thead th { color: var(--quiet); font-size: .92rem; overflow-wrap: normal; }
meter { width: 100%; min-width: 3.5rem; height: .8rem; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin: .8rem 0; }
.answer { white-space: pre-wrap; margin: .5rem 0 0; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: .8rem; }
"""
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_NOTHING = (
    "This link shows nothing",
    "<p>It may have been copied in part, have ended after its 30 days, or have been revoked by whoever "
    "made it. Ask them for a new one.</p>",
)
_AWAY = (
    "This report cannot be shown just now",
    "<p>The link may still be good. Try again in a few minutes.</p>",
)


def shared_page(secret: str) -> Response:
    """The report behind a link, or a page that says the same of every link that opens nothing (404)."""
    app = application()
    try:
        found = app.sharing.open_link(secret)
    except StoreError:
        return _page(*_AWAY, HTTPStatus.SERVICE_UNAVAILABLE)
    if found is None:
        return _page(*_NOTHING, HTTPStatus.NOT_FOUND)
    report = build_report(found.interview, None, app.content.expectations)
    return _page("Interview report", _report(app, found, report), HTTPStatus.OK)


def _page(title: str, body: str, status: HTTPStatus) -> Response:
    html = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow, noarchive">'
        '<meta name="referrer" content="no-referrer">'
        '<link rel="icon" href="data:,">'  # a browser that asks for one would get a page, and a cookie
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(html, status, _HEADERS)


def _report(app: Application, found: SharedInterview, report: Report) -> str:
    setup = report.setup
    about = f"{setup.role_title} · {setup.seniority} · {setup.focus} · {report.created_at:%d %B %Y}"
    turns = [turn for turn in report.turns if turn.question.is_scored]
    shown = _answers(app, turns) if found.share.has_answers else _scores(app, turns)
    return "".join(
        [
            f'<p class="quiet">{escape(about)}</p>',
            _overall(report),
            _criteria(report),
            _competencies(app, report),
            f"<h2>Question by question</h2>{shown}",
            _footer(found, report),
        ]
    )


def _overall(report: Report) -> str:
    overall = report.overall
    counts = f"{report.judged} judged, {report.skipped} skipped"
    if report.unjudged + report.pending:
        counts += f", {report.unjudged + report.pending} without a score"
    note = f'<p class="quiet">{counts}. What has no score is not counted as zero.</p>'
    if overall is None:
        return f"<p>{escape(report.headline)}</p>{note}"
    return (
        f'<p class="score">{overall.score:.0f} <small>of 100 ({escape(in_words(overall.score))}), '
        f"range {overall.low:.0f}–{overall.high:.0f}</small></p><p>{escape(report.headline)}</p>{note}"
    )


def _criteria(report: Report) -> str:
    if not report.criteria:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(criterion.capitalize())}</th>'
        f'<td><meter min="1" max="5" value="{level:.1f}">{level:.1f}</meter></td>'
        f"<td>{level:.1f} of 5</td></tr>"
        for criterion, level in report.criteria.items()
    )
    return f"<h2>Criteria</h2><table><tbody>{rows}</tbody></table>"


def _competencies(app: Application, report: Report) -> str:
    if not report.competencies:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(app.content.competency_title(found.competency))}</th>'
        f'<td><meter min="0" max="100" value="{found.score:.0f}">{found.score:.0f}</meter></td>'
        f"<td>{found.score:.0f} of 100</td></tr>"
        for found in report.competencies
    )
    return f"<h2>Competencies</h2><table><tbody>{rows}</tbody></table>"


def _scores(app: Application, turns: list[Turn]) -> str:
    rows = "".join(
        f"<tr><td>{turn.position}</td><td>{escape(_about(app, turn))}</td>"
        f"<td>{escape(_result(turn))}</td></tr>"
        for turn in turns
    )
    head = "<tr><th>Question</th><th>About</th><th>Score</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _answers(app: Application, turns: list[Turn]) -> str:
    return "".join(
        f"<article><h3>{turn.position}. {escape(turn.question.text)}</h3>"
        f'<p class="quiet">{escape(_about(app, turn))} · {escape(_result(turn))}</p>'
        f"{_answer(turn)}</article>"
        for turn in turns
    )


def _answer(turn: Turn) -> str:
    return f'<p class="answer">{escape(turn.latest.answer)}</p>' if turn.latest else ""


def _about(app: Application, turn: Turn) -> str:
    question = turn.question
    title = app.content.competency_title(question.competency)
    return f"{title}, {question.kind}, difficulty {question.difficulty} of 5"


def _result(turn: Turn) -> str:
    if turn.overall is not None:
        return f"{turn.overall:.0f} of 100"
    if turn.is_skipped:
        return "skipped"
    return "no score" if turn.latest else "not answered"


def _footer(found: SharedInterview, report: Report) -> str:
    judged = f"Judged by {escape(', '.join(report.evaluators))}. " if report.evaluators else ""
    return (
        f'<footer><p class="quiet">{judged}A practice interview, shown by whoever took part in it. '
        f"Scores are a judgement of practice answers and no proof of ability. This link ends on "
        f"{found.share.expires_at:%d %B %Y}.</p></footer>"
    )
