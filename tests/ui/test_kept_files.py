"""The file of a resume: kept on request alone, and gone again in Your data."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.services.accounts import guest_id, new_guest_token

TOKEN = new_guest_token()
USER = guest_id(TOKEN)


@pytest.fixture
def page(visit: AppTest) -> AppTest:
    visit.session_state["session_guest_token"] = TOKEN
    return visit.run()


def _upload(page: AppTest, app: Application) -> AppTest:
    content = app.samples[0].text.encode()
    page.file_uploader(key="resume_file_0").set_value(("cv.txt", content, "text/plain")).run()
    assert not page.exception
    return page


def _stored(app: Application) -> list[Path]:
    folder = app.settings.database_path.with_name("resume-files")
    return [path for path in folder.glob("*/*") if path.is_file()]


def _settings(page: AppTest) -> AppTest:
    shown = page.switch_page("../pages/settings.py").run()
    assert not shown.exception
    return shown


def test_file_is_not_kept_unless_it_is_asked_for(page: AppTest, app: Application) -> None:
    assert page.checkbox(key="resume_keep_file").value is False
    _upload(page, app)
    assert (app.filing.files_of(USER), _stored(app)) == ((), [])
    assert app.preparing.current_resume(USER) is not None


def test_file_is_kept_where_it_is_asked_for(page: AppTest, app: Application) -> None:
    page.checkbox(key="resume_keep_file").check().run()
    _upload(page, app)
    (file,) = app.filing.files_of(USER)
    assert app.filing.content(USER, file.id) == app.samples[0].text.encode()
    assert len(_stored(app)) == 1


def test_kept_file_is_shown_and_can_be_deleted_by_itself(page: AppTest, app: Application) -> None:
    page.checkbox(key="resume_keep_file").check().run()
    _upload(page, app)
    (file,) = app.filing.files_of(USER)
    settings = _settings(page)
    assert f"kept_file_{file.id}" in [button.key for button in settings.button]
    settings.button(key=f"kept_file_delete_{file.id}").click().run()
    assert (app.filing.files_of(USER), _stored(app)) == ((), [])
    assert app.preparing.current_resume(USER) is not None


def test_resume_is_deleted_with_its_file(page: AppTest, app: Application) -> None:
    page.checkbox(key="resume_keep_file").check().run()
    _upload(page, app)
    settings = _settings(page)
    settings.button(key="kept_resume_delete").click().run()
    assert app.preparing.current_resume(USER) is None
    assert _stored(app) == []
    assert "kept_resume_delete" not in [button.key for button in settings.button]


def test_resume_whose_file_cannot_be_stored_is_kept_and_the_reason_told(
    page: AppTest, app: Application
) -> None:
    app.settings.database_path.with_name("resume-files").write_text("in the way", "utf-8")
    page.checkbox(key="resume_keep_file").check().run()
    _upload(page, app)
    assert any("its file could not be stored" in error.value for error in page.error)
    assert app.preparing.current_resume(USER) is not None
