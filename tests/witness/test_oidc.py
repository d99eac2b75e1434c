"""Signing in with an OpenID provider that others wrote, in a browser, from the first click to the last."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.server import Server
from tests.witness.conftest import HERE, free_port, wait_for

pytestmark = pytest.mark.witness

SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only-for-tests-only-for-tests-only-for-tests"

[auth.witness]
label = "Witness"
client_id = "witness"
client_secret = "only-for-tests-only-for-tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile", prompt = "login" }}
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, with the provider in its secrets."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / "oidc-provider").exists():
        pytest.fail("oidc-provider is not installed here: run `make test-witness`.", pytrace=False)
    folder, port = tmp_path_factory.mktemp("oidc"), free_port()
    server = Server(folder / "var", STREAMLIT_SECRETS_FILES=str(folder / "secrets.toml"))
    secrets = SECRETS.format(app=server.url, provider=f"http://127.0.0.1:{port}")
    (folder / "secrets.toml").write_text(secrets, "utf-8")
    command = [node, str(HERE / "oidc_provider.mjs"), str(port), server.url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            server.start()
            yield server
        finally:
            server.kill()
            process.terminate()


def sign_in(page: Page, app: Server, name: str) -> None:
    page.goto(f"{app.url}/account")
    page.get_by_role("button", name="Continue with Witness").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("anything")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("You are signed in as")).to_contain_text(f"{name}@example.com")


def expect_interviews(page: Page, app: Server, number: int) -> None:
    page.goto(f"{app.url}/history")
    if not number:
        expect(page.get_by_text("Your interviews will be listed here")).to_be_visible()
    expect(page.get_by_role("button", name="Delete")).to_have_count(number)


def test_guest_signs_in_with_a_provider_and_out_again(
    app: Server, new_visitor: Callable[[], Page]
) -> None:
    page = journey.begin(new_visitor, app.url, length=3)
    journey.submit_and_see_feedback(page)
    sign_in(page, app, "robin")
    expect_interviews(page, app, 1)
    names = {cookie["name"]: cookie for cookie in page.context.cookies(app.url)}
    assert names["session"]["httpOnly"]
    page.goto(f"{app.url}/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    _confirm_at_provider(page)
    expect_interviews(page, app, 0)
    assert "_streamlit_user" not in {c["name"] for c in page.context.cookies(app.url)}


def test_same_person_in_another_browser_has_the_same_account(
    app: Server, new_visitor: Callable[[], Page]
) -> None:
    first, second = new_visitor(), journey.begin(new_visitor, app.url, length=3)
    sign_in(first, app, "kim")
    sign_in(second, app, "kim")
    for page in (first, second):
        expect_interviews(page, app, 1)
    first.goto(f"{app.url}/account")
    first.get_by_role("button", name="Sign out everywhere").click()
    _confirm_at_provider(first)
    expect_interviews(first, app, 0)
    second.goto(f"{app.url}/history")
    expect(second.get_by_text("You signed out everywhere after this sign-in began")).to_be_visible()
    expect(second.get_by_role("button", name="Continue with Witness")).to_be_visible()


def _confirm_at_provider(page: Page) -> None:
    """The provider asks whether to end its own session as well."""
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(lambda url: "oauth2callback" not in url and "/session/end" not in url)
