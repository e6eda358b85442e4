"""From the front page to a printed month, as a manager goes; and a copy for the board."""

import re

from tests.browser.test_pages import violations

PAGE = re.compile(rb"/Type\s*/Page\b")


def sign_in(page, site):
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(site.editor)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()


def test_front_page_to_a_printed_month_is_three_clicks(open_page):
    page = open_page("/")
    page.get_by_role("link", name="Highlight report").click()
    page.get_by_label("Project or programme").select_option("Spacebank")
    page.get_by_role("button", name="Show the report").click()
    assert page.url.endswith("/report/?project=spacebank&period=last-month")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("printed")
    assert 1 <= len(PAGE.findall(page.pdf(format="A4"))) <= 2


def test_quarter_of_a_busy_project_is_two_pages(open_page):
    page = open_page("/report/?project=spacebank&period=last-quarter")
    assert len(PAGE.findall(page.pdf(format="A4"))) == 2
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Markdown").is_visible()
    assert not page.get_by_role("button", name="Print").is_visible()


def test_nothing_offers_to_print_without_a_script(open_page):
    page = open_page("/report/?project=spacebank&period=last-quarter", scripts=False)
    assert not page.get_by_role("button", name="Print").is_visible()


def test_manager_arranges_freezes_and_sends_a_report(open_page, site):
    page = open_page("/", scripts=False)
    sign_in(page, site)
    page.goto("/report/?project=spacebank&period=last-quarter")
    page.get_by_role("link", name="Arrange and save").click()
    first = page.locator("input[name=in]:checked").first
    gone = page.locator(f"label[for={first.get_attribute('id')}]").inner_text()
    first.uncheck()
    page.get_by_label("Line 1", exact=True).fill("A quarter of doors and caretakers.")
    page.get_by_role("button", name="Save the report").click()
    assert page.get_by_text("A quarter of doors and caretakers.").is_visible()
    assert gone not in page.locator("main").inner_text()
    page.get_by_text("Rename, freeze or delete").click()
    page.get_by_role("button", name="Freeze a copy").click()
    address = page.locator(".notice code").inner_text()
    other = open_page("/")
    other.goto(address)
    assert other.get_by_role("heading", name="Spacebank").is_visible() or "sign in" in other.content()
    other.problems.clear()  # it may be for colleagues only: then the browser says that it was a 404


def test_form_to_arrange_is_for_everybody(open_page, site):
    for width in (375, 1280):
        page = open_page("/", width=width)
        sign_in(page, site)
        page.goto("/report/?project=spacebank&period=last-quarter&arrange=1")
        assert not violations(page, "light")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
