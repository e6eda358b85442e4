"""Pictures: their words can be read and their links used, on a phone, by keyboard, in print and in forced colours."""

import pytest

from tests.browser.test_pages import violations

PAGES = ["/projects/digital-apprenticeships/", "/people/priya-kuttan/with/", "/projects/spacebank/who/", "/compare/"]
OPEN = "document.querySelectorAll('.activity details, .target details').forEach(one => one.open = true)"
SIZES = """() => [...document.querySelectorAll("main svg text")].map(text => {
  const svg = text.ownerSVGElement, scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return parseFloat(getComputedStyle(text).fontSize) * scale;
})"""
OUTSIDE = """() => [...document.querySelectorAll("main svg :is(text, path, rect, circle)")].filter(one => {
  const inner = one.getBoundingClientRect(), outer = one.ownerSVGElement.getBoundingClientRect();
  const symbol = one.ownerSVGElement.classList.contains("symbol");
  return !symbol && (inner.left < outer.left - 1 || inner.right > outer.right + 1
    || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1);
}).map(one => one.outerHTML)"""
COVERED = """() => [...document.querySelectorAll("main svg")].flatMap(svg => {
  const boxes = [...svg.querySelectorAll("text")].map(text => text.getBoundingClientRect());
  return boxes.flatMap((one, place) => boxes.slice(0, place).filter(other =>
    one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 4 && other.top < one.bottom - 4));
}).length"""
COLOURS = """selector => {
  const style = getComputedStyle(document.querySelector(selector));
  const canvas = getComputedStyle(document.documentElement).backgroundColor;
  return [style.fill, style.stroke].filter(colour => colour !== "none" && colour !== canvas);
}"""


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_words_of_a_picture_can_be_read(open_page, path, width):
    """At least 11 pixels high, none over another, nothing cut off; also with what is folded away."""
    page = open_page(path, width=width)
    page.evaluate(OPEN)
    assert all(size > 11 for size in page.evaluate(SIZES))
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(COVERED) == 0
    assert not violations(page, "light")
    page.emulate_media(color_scheme="dark")
    assert not violations(page, "dark")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_strip_is_used_by_keyboard(open_page):
    page = open_page("/projects/spacebank/")
    links = page.locator(".activity svg a")
    assert links.count() <= 16
    links.nth(8).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert "rgb(255, 221, 51)" in page.evaluate(COLOURS, ".strip a:focus-visible rect")
    name = links.nth(8).locator("title").text_content()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=*")
    assert page.locator(".activity svg [aria-current] title").text_content() == f"{name}, shown now"
    page.get_by_role("link", name=f"{name}, shown now").click()
    page.wait_for_url("**/projects/spacebank/?")
    page.get_by_text("By week", exact=True).click()
    assert page.get_by_role("table", name="Passages by week").is_visible()


def test_node_of_a_graph_leads_to_its_page(open_page):
    page = open_page("/people/priya-kuttan/with/", width=375)
    page.get_by_role("group", name="People on the left").get_by_role("link", name="Spacebank: ").click()
    page.wait_for_url("**/projects/spacebank/")


@pytest.mark.parametrize(
    ("path", "selectors"),
    [
        ("/projects/digital-apprenticeships/", [".strip g path", ".strip text", ".chart text", ".chart .line-main"]),
        ("/people/priya-kuttan/with/", [".chart text", ".chart circle", ".chart .tie"]),
        ("/compare/", [".strip path", ".meter path"]),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_pictures_in_sight(browser, site, path, selectors, scheme):
    context = browser.new_context(forced_colors="active", color_scheme=scheme, base_url=site.address)
    page = context.new_page()
    page.goto(path)
    for selector in selectors:
        assert page.evaluate(COLOURS, selector), selector
    context.close()


def test_pictures_are_printed(open_page):
    page = open_page("/compare/")
    page.emulate_media(media="print")
    assert not page.locator(".views").first.is_visible()
    assert page.locator("table .strip").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.strip')).fill") == "rgb(0, 0, 0)"
    assert page.get_by_role("columnheader", name="Last mention").is_visible()
