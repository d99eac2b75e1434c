"""Whose manner of interviewing is practised: one select of Practice, with where it is known from."""

import streamlit as st

from core.bootstrap import Application
from core.domain.company import PASTED_ID, Company, company_from_job
from ui import session
from ui.texts import plain

_KEY = "practice_company"


def draw_company(app: Application, job_description: str) -> Company | None:
    """The select; the pack that is chosen in it, None for no company's manner."""
    packs = {company.id: company for company in app.content.companies}
    if job_description.strip():
        pasted = company_from_job("", job_description, app.content.competencies)
        packs = {PASTED_ID: pasted} | packs
    if session.value(_KEY) not in packs:
        session.forget(_KEY)
    chosen = st.selectbox(
        "Company",
        list(packs),
        index=None,
        key=_KEY,
        format_func=lambda key: _name(packs[key]),
        placeholder="None; type to search",
        help="Questions and manner as that company is known to interview.",
        persist_state="session",
    )
    company = packs.get(chosen or "")
    if company:
        st.caption(_about(app, company))
    return company


def _name(company: Company) -> str:
    if company.id == PASTED_ID:
        return "Like the job description I pasted"
    return company.name


def _about(app: Application, company: Company) -> str:
    said = company.style
    if company.id == PASTED_ID:
        titles = ", ".join(app.content.competency_title(key) for key in company.competencies)
        said = f"It asks for: {titles}." if titles else "Nothing that we could ask about was found."
    note = company.note[:1].upper() + company.note[1:]
    return plain(f"{note}. {said}")
