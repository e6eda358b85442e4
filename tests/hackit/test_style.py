"""The style sheet: colours that can be read in both themes, its size, and what an installation may choose."""

import re
from itertools import product
from pathlib import Path

import html5lib
import pytest
from django.conf import settings as site_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hackit.colours import contrast, readable_on
from notes.weeks import this_week
from tests.factories import login, weeknote
from tests.hackit.site import addresses, furnish, page

STYLE = Path(site_settings.BASE_DIR) / "hackit" / "static" / "hackit" / "site.css"
KINDS = ["note", "person", "project", "meeting", "organisation", "week"]
GROUNDS = ["paper", "shade", *(f"{kind}-tint" for kind in KINDS)]

WORDS = [  # (what is written, what it stands on)
    *product(["ink", "soft", "link", "visited"], GROUNDS),
    *((kind, ground) for kind in KINDS for ground in ("paper", "shade", f"{kind}-tint")),
    *((f"{kind}-tint", kind) for kind in KINDS),  # tags
    *((name, ground) for name in ("bad", "good") for ground in ("paper", "shade", f"{name}-tint")),
    ("on-brand", "brand"),
    ("on-accent", "accent"),
    ("focus-ink", "focus"),
    ("paper", "project"),  # buttons
]
LINES = [("edge", "paper"), ("edge", "shade"), ("accent", "brand"), *((kind, "paper") for kind in KINDS)]


def tokens():
    """Return {theme: {name: colour}}; the dark theme has what it does not say itself from the light one."""
    text = STYLE.read_text()
    light, dark = re.findall(r":root \{\s*color-scheme.*?\}|dark\) \{\s*:root \{.*?\}", text, re.DOTALL)[:2]
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read(theme, words, ground):
    """WCAG 2.2 AA, 1.4.3: 4.5 to 1."""
    colours = tokens()[theme]
    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_and_symbols_can_be_seen(theme, line, ground):
    """WCAG 2.2 AA, 1.4.11: 3 to 1."""
    colours = tokens()[theme]
    assert contrast(colours[line], colours[ground]) >= 3


def test_contrast_is_the_one_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the example everybody knows


@given(st.integers(0, 0xFFFFFF))
def test_words_can_be_read_on_any_colour_an_installation_chooses(number):
    colour = f"#{number:06x}"
    assert contrast(readable_on(colour), colour) >= 4.5


def test_themes_say_the_same_names():
    light, dark = tokens().values()
    assert light.keys() == dark.keys()
    assert len(light) > 25


def test_style_sheet_is_small():
    assert STYLE.stat().st_size < 40_000


MADE = {  # by a template, of a word and what it shows; by Markdown, linking and search.js
    *("kind-meeting_series", "kind-weeknote", "kind-post", "kind-team", *(f"kind-{kind}" for kind in KINDS)),
    "footnote",
    "report",  # said beside the kind of a page
    "hashtag",
    "suggestions",
    *("card-finished", "card-paused", "face-small", "face-large", "align-right", "align-center"),
}


def test_no_rule_is_left_over():
    """Every class that the style sheet names is one of a page."""
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", STYLE.read_text(), flags=re.DOTALL)
    rules = set(re.findall(r"\.([a-z][\w-]*)", text))
    root = Path(site_settings.BASE_DIR)
    sources = [*(root / "templates").rglob("*.html"), *root.glob("*/templatetags/*.py"), *root.glob("notes/*.py")]
    used = set()
    for path in sources:
        for said in re.findall(r"""(?:class(?:=|", |": )|class_|kind = f?)=?["']([^"]*)""", path.read_text()):
            used |= set(re.findall(r"[a-z][\w-]*", said))
    assert rules - used - MADE == set()


def test_site_has_the_name_colours_and_footer_of_its_installation(client, db, settings):
    assert "colours.css" not in client.get("/").content.decode()
    settings.BRAND_COLOUR, settings.ACCENT_COLOUR = "#7a003c", "#ffe08a"
    settings.SITE_NAME, settings.FOOTER = "Harrowmere weeknotes", "Ask Moira."
    tree = page(client, "/")
    assert "Harrowmere weeknotes" in tree.xpath("//header")[0].text_content()
    assert "Ask Moira." in tree.xpath("//footer")[0].text_content()
    [address] = tree.xpath("//link[contains(@href, 'colours')]/@href")
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.content.decode().split() == (
        ":root { --brand: #7a003c; --on-brand: #ffffff; --accent: #ffe08a; --on-accent: #000000; }".split()
    )


def read_strictly(content, where):
    try:
        html5lib.HTMLParser(strict=True).parse(content)
    except html5lib.html5parser.ParseError as error:
        pytest.fail(f"{where}: {error}")


def test_design_page_is_for_staff(client, db):
    furnish()
    assert client.get("/design/").status_code == 403
    client.force_login(login())
    assert client.get("/design/").status_code == 403


def test_design_page_shows_every_component(editor_client):
    furnish()
    read_strictly(editor_client.get("/design/").content, "design")
    tree = page(editor_client, "/design/")
    for part in (
        "filters",
        "chips",
        "notice",
        "glance",
        "phases",
        "strip",
        "stories",
        "lines",
        "pages",
        "empty",
        "faces",
    ):
        assert tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {part} ')]"), part


def test_design_page_costs_the_same_and_tells_no_draft(editor_client, django_assert_max_num_queries):
    furnish()
    for number in range(6):
        weeknote("Shown.", title=f"Note {number}", week=this_week(), published_at=timezone.now())
        weeknote("Hidden.", title=f"Draft {number}", week=this_week(), is_draft=True)
    with django_assert_max_num_queries(12):
        content = editor_client.get("/design/").content.decode()
    assert "Note 5" in content
    assert "Draft" not in content


def test_every_page_is_html_to_a_strict_parser(client, admin_client):
    pages = [*addresses(furnish()).items(), ("nothing", "/projects/nothing/")]
    for reader in (client, admin_client):
        for route, address in pages:
            answer = reader.get(address)
            if answer.headers["Content-Type"].startswith("text/html") and answer.status_code in (200, 404, 410):
                read_strictly(answer.content, route)
