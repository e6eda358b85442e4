"""Exploring without loading another page, and without JavaScript by loading one."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_filters_follow_one_another_and_the_way_back_leads_through_them(open_page, scripts):
    page = open_page("/explore/", scripts=scripts)
    if scripts:
        page.evaluate("window.isStill = true")
    everything = page.locator(".column-main h2").inner_text()
    choice = page.locator("#facet-project ~ ul a").first
    name, count = choice.locator("span").first.inner_text(), choice.locator(".count").inner_text().split()[0]
    choice.click()
    page.wait_for_url("**/explore/?project=*")
    assert page.locator(".column-main h2").inner_text().split()[0] == count
    assert name in page.locator(".chip").first.inner_text()
    page.locator(".views a").nth(1).click()
    page.wait_for_url("**show=notes*")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/explore/")
    page.wait_for_function("words => document.querySelector('.column-main h2').innerText === words", arg=everything)
    if scripts:
        assert page.evaluate("window.isStill"), "another page was loaded"
        assert page.locator("#explore-told").inner_text() == everything


def test_filters_are_saved_and_opened(open_page, site):
    page = open_page("/accounts/login/")
    page.fill("[name=username]", site.editor)
    page.fill("[name=password]", site.password)
    page.locator("main button").click()
    page.goto("/explore/?project=spacebank&tag=")
    page.get_by_text("Save these filters").click()
    page.get_by_label("Name").last.fill("The board’s Spacebank")
    page.get_by_role("button", name="Save").click()
    page.goto("/explore/")
    page.get_by_role("link", name="The board’s Spacebank").click()
    page.wait_for_url("**project=spacebank")
    page.get_by_role("button", name="Delete The board’s Spacebank").click()
    assert page.locator(".notice").inner_text().startswith("Deleted")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_nobody_is_kept_out(open_page, theme, width):
    page = open_page("/explore/?project=spacebank&from=2019-01-01", width=width, theme=theme)
    found = Axe().run(page)
    assert not found.response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
