"""Every public page in a real browser: for everybody, on any screen, in both themes."""

import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {
    "light": {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}},
    "dark": {  # all else is the same
        "resultTypes": ["violations"],
        "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    },
}
FIXED = [
    "/",
    "/notes/",
    "/projects/",
    "/people/",
    "/teams/",
    "/organisations/",
    "/meetings/",
    "/actions/",
    "/decisions/",
    "/learning/",
    "/sections/",
    "/tags/",
    "/help/",
    "/help/writing/",
    "/accessibility/",
    "/accounts/login/",
    "/projects/spacebank/",
    "/projects/footfall-counters/",
    "/projects/spacebank/?person=priya-shah&kind=weeknote",
    "/projects/spacebank/?person=nobody-at-all",
    "/people/priya-kuttan/",
    "/people/wendell-asante/",
    "/teams/service-design/",
    "/organisations/housing-services/",
    "/meetings/dmt/",
    "/tags/libraries/",
    "/actions/?by=owner&state=all",
    "/people/?letter=X",
    "/report/",
    "/report/?project=spacebank&period=last-quarter",
    "/compare/",
    "/compare/?project=spacebank&project=library-wifi&by=-name",
    "/compare/quiet/?weeks=2",
    "/projects/spacebank/who/",
    "/people/priya-kuttan/with/",
    "/teams/service-design/weeks/",
]
FIRST_OF = {  # the first link on a page that leads to one of its kind
    "the week before": ("/", r"/weeks/[\d-]+/"),
    "a weeknote": ("/", r"/notes/\d{4}/\d\d/\d\d/[\w-]+/"),
    "a note with pictures": ("/tags/streets/", r"/notes/\d{4}/\d\d/\d\d/what-did-the-footfall[\w-]*/"),
    "a meeting": ("/meetings/dmt/", r"/meetings/dmt/[\d-]+/"),
}
NOT_FOUND = ["/nowhere/", "/projects/spaceban/"]


def violations(page, theme):
    found = Axe().run(page, options=RULES[theme]).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def address_of(site, name):
    if name not in FIRST_OF:
        return name
    start, pattern = FIRST_OF[name]
    text = urllib.request.urlopen(site.address + start).read().decode()
    return re.search(f'href="({pattern})', text)[1]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("name", [*FIXED, *FIRST_OF, *NOT_FOUND])
def test_page_is_for_everybody(open_page, site, name, width):
    """WCAG 2.0 to 2.2, A and AA, in both themes; nothing moves, is refused, or is wider than the screen."""
    page = open_page(address_of(site, name), width=width)
    assert not violations(page, "light")
    assert page.evaluate("shifted") == 0  # before the theme changes, which loads the fonts again
    page.emulate_media(color_scheme="dark")
    assert not violations(page, "dark")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("problems") == []
    if name in NOT_FOUND:
        page.problems.clear()  # the browser says that it was a 404


LINES = """() => {
  const counts = [];
  for (const paragraph of document.querySelectorAll(".prose > p")) {
    const height = parseFloat(getComputedStyle(paragraph).lineHeight);
    const lines = Math.round(paragraph.getBoundingClientRect().height / height);
    if (lines > 2) counts.push(paragraph.innerText.length / (lines - 0.5));
  }
  return counts;
}"""


def test_lines_of_a_note_are_as_long_as_one_reads_best(open_page, site):
    """About 66 characters."""
    counts = open_page(address_of(site, "a note with pictures")).evaluate(LINES)
    assert len(counts) > 2
    assert 58 < sum(counts) / len(counts) < 72


def test_page_prints_without_what_is_for_the_screen(open_page):
    page = open_page("/projects/spacebank/")
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert not page.get_by_text("Filter what was written").is_visible()
    assert page.get_by_role("heading", name="What was written").is_visible()


def test_forced_colours_keep_what_is_current_in_sight(browser, site):
    context = browser.new_context(forced_colors="active", base_url=site.address)
    page = context.new_page()
    page.goto("/projects/")
    assert (
        page.locator("header [aria-current]").evaluate("one => getComputedStyle(one).textDecorationLine")
        == "underline"
    )
    context.close()


def test_text_grows_to_four_times_without_scrolling_sideways(open_page):
    """WCAG 2.2 AA, 1.4.10: 1280 pixels at 400% are 320."""
    for path in ("/", "/projects/spacebank/", "/people/priya-kuttan/", "/actions/"):
        page = open_page(path, width=320)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_wide_table_folds_on_a_phone(open_page, site):
    path = "/design/"
    page = open_page("/accounts/login/?next=" + path, width=375)
    page.get_by_label("Username").fill(site.editor)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    cell = page.locator(".fold td").first
    assert cell.evaluate("one => getComputedStyle(one).display") == "grid"
    assert not violations(page, "light")
