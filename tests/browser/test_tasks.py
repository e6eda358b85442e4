"""The five things people come for, by keyboard alone, with and without JavaScript."""

import pytest

MOST_STEPS = 120  # presses of Tab to anything on a page


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request, open_page):
    return open_page(scripts=request.param)


def press_to(page, words, *, role=None):
    """Move the focus with Tab until it is on what has these words, and be sure that one sees where it is."""
    wanted = page.get_by_role(role, name=words) if role else page.get_by_text(words)
    target = wanted.first
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
            assert sees_focus(page), f"the focus on {words} cannot be seen"
            return
    pytest.fail(f"{words} is not reached by keyboard in {MOST_STEPS} steps.")


def sees_focus(page):
    return page.locator(":focus").evaluate(
        "one => getComputedStyle(one).outlineStyle !== 'none' && one.getBoundingClientRect().height > 0"
    )


def follow(page, words, *, role="link"):
    press_to(page, words, role=role)
    enter(page)


def enter(page):
    """Press Enter, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_read_what_happened_this_week(page):
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    story = page.locator(".story a").first.inner_text()
    follow(page, story)
    assert page.get_by_role("heading", level=1).inner_text() == story
    follow(page, "This week")
    follow(page, "The whole week")
    assert page.get_by_role("heading", level=1).inner_text().startswith("w/c ")


def test_find_who_knows_about_a_project(page):
    follow(page, "Projects")
    follow(page, "Library wifi")
    follow(page, "Tomasz Bielak")
    assert page.get_by_role("heading", level=1).inner_text() == "Tomasz Bielak"
    assert page.get_by_text("Ask them about").is_visible()
    assert page.get_by_role("link", name="tomasz.bielak@harrowmere.example").is_visible()


def test_filter_a_project_by_person_to_print_it(page):
    page.goto("/projects/spacebank/")
    before = page.locator(".extract").count()
    press_to(page, "Filter what was written")
    page.keyboard.press("Enter")
    press_to(page, "Person wrote, or is named", role="textbox")
    page.keyboard.type("Wendell Asante")
    press_to(page, "Apply", role="button")
    enter(page)
    assert page.url.endswith("/projects/spacebank/?person=Wendell+Asante")
    assert 0 < page.locator(".extract").count() < before
    assert page.get_by_role("link", name="Take off the filter Person: Wendell Asante").is_visible()
    follow(page, "Take off the filter Person: Wendell Asante")
    assert page.locator(".extract").count() == before


def test_see_what_is_due_and_whose_it_is(page):
    follow(page, "Actions")
    assert page.get_by_text("Overdue since").first.is_visible()
    follow(page, "owner")
    assert page.get_by_role("heading", name="Gareth Ollerenshaw").is_visible()


def test_write_a_note_and_find_it_on_the_page_of_its_project(page, site, request):
    author = site.authors["without" in request.node.callspec.id]
    page.goto("/accounts/login/")
    page.locator("[name=username]:focus").wait_for()  # the first field has it by itself
    page.keyboard.type(author)
    page.keyboard.press("Tab")
    page.keyboard.type(site.password)
    enter(page)
    follow(page, "Write")
    title = page.get_by_label("Title:").input_value()
    assert title.startswith("Weeknote w/c")
    page.get_by_label("Body:").focus()
    page.keyboard.type(f"Missed Bins had a quiet week, says {author}.")
    press_to(page, "Publish now", role="button")
    enter(page)
    page.goto("/projects/missed-bins/")
    assert title in page.locator(".extract", has_text=f"says {author}").inner_text()
