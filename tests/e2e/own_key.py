"""A key of one's own, entered in the browser."""

from playwright.sync_api import Page, expect

from core.domain.language_model import Provider
from tests.e2e import journey
from tests.e2e.server import Server
from tests.known_providers import COMPATIBLE, KNOWN, a_key
from tests.stub_provider.server import StubProvider


def add_key(
    page: Page,
    server: Server,
    provider: Provider,
    stub: StubProvider,
    *,
    keep: bool = False,
    is_first: bool = True,
) -> None:
    """Enter a key in Settings, as a person would; the form is folded once there is a first one."""
    page.goto(f"{server.url}/settings")
    if not is_first:
        journey.expect_settled(page)
        page.get_by_text("Add or replace a key").click()
    label = KNOWN.label(provider)
    page.get_by_role("radio", name=label[:1].upper() + label[1:], exact=True).click()
    if provider == COMPATIBLE:
        page.get_by_role("textbox", name="Address of the server").fill(stub.url_v1)
    page.get_by_label(f"Key for {label}").fill(a_key(provider))
    if keep:
        page.get_by_text("Remember it").click()
    page.get_by_role("button", name="Check and use this key").click()
    expect(page.get_by_text(f"{label} •••{a_key(provider)[-4:]}")).to_be_visible()
    stub.forget()
