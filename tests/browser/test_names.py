"""Which Priya: asked once, settled by keyboard, and never asked again; with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_tasks import enter, press_to

NAMES = "#names"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def desk(request, open_page, site):
    """The desk, with an author signed in who has settled no name."""
    return sign_in(open_page("/accounts/login/", scripts=request.param), site.authors[not request.param], site)


def sign_in(page, name, site):
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(site.password)
    enter(page)
    return page


def write(page, title, body):
    """Write a post, and save it without leaving its form."""
    page.goto("/admin/notes/note/add/")
    page.get_by_label("Title:").fill(title)
    page.get_by_label("Body:").fill(body)
    press_to(page, "Save and continue editing", role="button")
    enter(page)


def test_ambiguous_name_is_settled_once(desk, request):
    has_scripts = "with JavaScript" in request.node.callspec.id and "without" not in request.node.callspec.id
    title = f"Which Priya, {'with' if has_scripts else 'without'}"
    write(desk, title, "Priya showed us the new counter, " + title)
    panel = desk.locator(NAMES)
    assert "1" in panel.locator(".names-count").first.inner_text()
    press_to(desk, "always for me (“Priya” is Priya Kuttan)", role="button")
    if has_scripts:
        desk.get_by_label("Body:").evaluate("field => field.value += ' And not saved yet.'")
        desk.keyboard.press("Enter")
        panel.get_by_text("“Priya” is Priya Kuttan, in everything").wait_for()
        assert "And not saved yet." in desk.get_by_label("Body:").input_value()
        assert desk.evaluate("document.getElementById('names').contains(document.activeElement)")
    else:
        enter(desk)
        assert desk.url.endswith(NAMES)
    assert panel.get_by_text("no name here is unclear").is_visible()
    assert panel.get_by_role("button", name="Undo").is_visible()
    press_to(desk, "Publish now", role="button")
    enter(desk)
    desk.goto("/people/priya-kuttan/")
    assert title in desk.locator(".extract", has_text=f"new counter, {title}").inner_text()

    write(desk, f"{title}, again", "Priya once more.")
    assert panel.get_by_text("no name here is unclear").is_visible()
    assert panel.get_by_text("for everything").is_visible()


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_panel_and_page_of_names_are_accessible(open_page, site, width, theme):
    page = sign_in(open_page("/accounts/login/", width=width, theme=theme), site.authors[0], site)
    write(page, f"Names at {width}, {theme}", "Priya and Erdem came. Thanks to Nuria.\n\nWe met LOTI.")
    rules = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, context=NAMES, options=rules).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    page = sign_in(open_page("/accounts/login/", width=width, theme=theme), site.editor, site)
    page.goto("/admin/notes/question/")
    found = Axe().run(page, context=".names-page", options=rules).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("field", ["title", "same"])
def test_enter_in_a_field_publishes_nothing(open_page, site, scripts, field):
    page = sign_in(open_page("/accounts/login/", scripts=scripts), site.authors[0], site)
    write(page, f"Enter in {field} {scripts}", "Thanks to Nuria.")
    panel = page.locator(NAMES)
    line = page.get_by_label("Title:") if field == "title" else panel.get_by_label("Same as:")
    line.fill("Another title" if field == "title" else "Priya Kuttan")
    line.press("Enter")
    if field == "same":
        panel.get_by_role("link", name="Nuria").wait_for()
    else:
        page.get_by_text("was changed successfully").wait_for()
    page.reload()
    assert page.get_by_text("It is a draft").first.is_visible()
    assert page.get_by_label("Title:").input_value() == (
        "Another title" if field == "title" else f"Enter in same {scripts}"
    )
    assert panel.get_by_role("link", name="Nuria").count() == (field == "same")


def test_button_that_is_pressed_twice_acts_once(open_page, site):
    page = sign_in(open_page("/accounts/login/"), site.authors[0], site)
    write(page, "Pressed twice", "Thanks to Wenona.")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    button = page.get_by_role("button", name="Add Wenona to the directory")
    button.evaluate("button => { button.click(); button.click(); }")
    page.locator(NAMES).get_by_text("is in the directory now").wait_for()
    assert len(sent) == 1
