"""The Interviewers section of Settings: the candidate's own keys and the models they may use."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import InterviewError
from core.domain.language_model import ModelInfo, Provider
from core.domain.provider_key import KeyEntry
from ui import session
from ui.errors import show_error
from ui.texts import plain


def draw_keys(app: Application, user: UUID) -> None:
    """Every key with its model, and the form for another one."""
    st.header("Interviewers", anchor=False)
    st.write(
        "The built-in interviewer needs nothing. With a key of your own, a language model asks questions "
        "made for you and judges with reasons. You pay your provider; nothing is added here."
    )
    entries = app.keys.keys_of(user)
    for entry in entries:
        _draw_entry(app, user, entry)
    with st.expander(
        "Add or replace a key", icon=":material/key:", expanded=not entries, key="keys_add"
    ):
        _draw_form(app, user)


def _draw_entry(app: Application, user: UUID, entry: KeyEntry) -> None:
    label = app.keys.providers.label(entry.provider)
    with st.container(border=True):
        ending = f" •••{entry.last4}" if entry.last4 else ""
        address = f" at {plain(entry.base_url)}" if entry.base_url else ""
        kept = "Stored, sealed" if entry.is_stored else "For this session only, not stored"
        st.markdown(f"**{_capital(label)}**{ending}{address}")
        st.caption(kept)
        if not entry.is_readable:
            st.warning(
                "This key cannot be read any more: the server's master key has changed. Enter it again "
                "below. Nothing else of yours is affected.",
                icon=":material/key_off:",
            )
        elif app.keys.providers.facts(entry.provider).runs_models:
            _draw_models(app, user, entry)
        else:
            st.caption("For transcripts of spoken answers.")
        if st.button(
            f"Remove the key for {label}",
            key=f"keys_remove_{entry.provider}",
            type="tertiary",
            icon=":material/delete:",
        ):
            app.keys.remove_key(user, entry.provider)
            st.rerun()


def _draw_models(app: Application, user: UUID, entry: KeyEntry) -> None:
    models = session.value(_models_key(entry.provider), ())
    offered = app.menu.offered(entry.provider, models)
    ids = list(dict.fromkeys([*([entry.model] if entry.model else []), *(m.id for m in offered)]))
    labels = {model.id: _label(model) for model in offered}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            f"Model of {app.keys.providers.label(entry.provider)}",
            ids,
            index=0 if ids else None,
            format_func=lambda model_id: labels.get(model_id, model_id),
            accept_new_options=True,
            placeholder="Choose a model, or write its id",
            key=f"keys_model_{entry.provider}_{len(ids)}",
        )
        if st.button("Check and list models", key=f"keys_check_{entry.provider}"):
            _check(app, user, entry.provider)
    if chosen and chosen != entry.model:
        app.keys.choose_model(user, entry.provider, chosen)
        st.rerun()
    told = _retirement(entry.model, models, offered)
    if told:
        st.caption(f":material/event_busy: {plain(told)}")


def _retirement(chosen: str, models: Sequence[ModelInfo], offered: Sequence[ModelInfo]) -> str:
    """What the provider's list, where it was asked for, says of the chosen model's end; empty for nothing."""
    ends = {model.id: model.retires_on for model in models}
    end = ends.get(chosen)
    if end is not None:
        is_over = all(model.id != chosen for model in offered)
        return f"{chosen} {'was retired' if is_over else 'retires'} on {end:%d %B %Y}." + (
            " Choose another model." if is_over else ""
        )
    if chosen and models and chosen not in ends:
        return (
            f"The provider's list does not name {chosen}. If it was retired, choose another model."
        )
    return ""


def _label(model: ModelInfo) -> str:
    retires = f" (retires {model.retires_on:%d %b %Y})" if model.retires_on else ""
    return f"{model.label or model.id}{retires}"


def _check(app: Application, user: UUID, provider: Provider) -> None:
    with st.spinner(
        f"Asking {app.keys.providers.label(provider)} for its models. This costs nothing …"
    ):
        try:
            models = app.keys.models(user, provider)
        except InterviewError as error:
            show_error(error)
            return
    session.remember(_models_key(provider), models)
    st.rerun()


def _draw_form(app: Application, user: UUID) -> None:
    offered = list(app.keys.providers)
    provider = st.segmented_control(
        "Provider",
        offered,
        default=offered[0],
        required=True,
        format_func=lambda name: _capital(app.keys.providers.label(name)),
        key="keys_provider",
    )
    chosen = app.keys.providers.facts(provider or offered[0])
    with st.popover("How to get one", icon=":material/help:", type="tertiary"):
        st.markdown(chosen.key_steps)
    with st.form("keys_form", border=False, clear_on_submit=True):
        address = ""
        if chosen.is_own_server:
            address = st.text_input("Address of the server", key="keys_address")
        key = st.text_input(
            f"Key for {chosen.label}", type="password", key="keys_key", autocomplete="off"
        )
        keep = _draw_keep(app)
        sent = st.form_submit_button("Check and use this key", type="primary")
    if sent:
        _add(app, user, chosen.id, key, address, keep=keep)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _draw_keep(app: Application) -> bool:
    if not app.keys.can_store:
        st.caption(
            "This server has no master key, so your key stays in its memory for this session and is "
            "written nowhere: after eight hours without use, or a restart, you enter it again."
        )
        return False
    return st.checkbox(
        "Remember it: sealed in the database, for you alone",
        key="keys_keep",
        help="Otherwise it stays in the server's memory and is forgotten after eight hours without use.",
    )


def _add(
    app: Application, user: UUID, provider: Provider, key: str, address: str, *, keep: bool
) -> None:
    with st.spinner(
        f"Asking {app.keys.providers.label(provider)} which models this key may use. This costs nothing …"
    ):
        try:
            models = app.keys.add_key(user, provider, key, address, keep=keep)
        except InterviewError as error:
            show_error(error)
            return
    session.remember(_models_key(provider), models)
    if app.keys.providers.facts(provider).runs_models:
        _choose_preferred(app, user, provider, models)
    st.rerun()


def _choose_preferred(
    app: Application, user: UUID, provider: Provider, models: tuple[ModelInfo, ...]
) -> None:
    """Begin with the model that most want, where none was chosen before."""
    preferred = app.menu.preferred(provider, models)
    entry = next(e for e in app.keys.keys_of(user) if e.provider == provider)
    if preferred and not entry.model:
        app.keys.choose_model(user, provider, preferred)


def _models_key(provider: Provider) -> str:
    return f"keys_models_{provider}"
