"""The search box in a browser: by keyboard, with suggestions, and without JavaScript."""

import re

from playwright.sync_api import expect


def test_slash_and_arrows_lead_to_a_suggested_page(open_page):
    page = open_page()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("libr")
    expect(box).to_have_attribute("aria-expanded", "true")
    suggestions = page.get_by_role("listbox", name="Suggestions")
    first = suggestions.get_by_role("option").first
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("libr")
    page.keyboard.type("ary wifi")
    expect(suggestions.get_by_role("option", name=re.compile("^Library wifi"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Library wifi")


def test_slash_is_a_letter_where_somebody_writes(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("and/or")
    expect(page.get_by_role("combobox", name="Search")).to_have_value("and/or")


def test_enter_searches_and_a_result_opens_at_its_passage(open_page):
    for scripts in (True, False):
        page = open_page(scripts=scripts)
        page.locator("#search").fill("chess club")
        with page.expect_navigation():
            page.locator("#search").press("Enter")
        with page.expect_navigation():
            page.get_by_role("link", name="the chess club did it").click()
        assert page.locator(":target").count() == 1


def test_phone_has_a_button_that_leads_to_the_box(open_page):
    page = open_page(width=375)
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#search")).to_be_focused()
