"""From Markdown to HTML that is safe to show."""

import re
import time
from contextlib import suppress
from html.parser import HTMLParser

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from notes.markdown import clean, refuse_unreadable, to_html
from tests.attacks import ATTACKS

TAGS = set(
    "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd samp em strong b i s del ins sub sup small "
    "mark abbr cite q span div a img table thead tbody tfoot tr th td caption time".split()
)
ATTRIBUTES = set("href title src alt start id align class rel scope loading tabindex aria-hidden datetime".split())


class Inspector(HTMLParser):
    """Reads HTML as loosely as a browser, and keeps what must not be there."""

    def __init__(self, html):
        super().__init__()
        self.faults = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.faults.append(f"{tag} {name}={value}")
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
            is_foreign = scheme and scheme[1] not in ("http", "https", "mailto", "tel")
            if name in ("href", "src") and (is_foreign or address.startswith(("//", "\\", "/\\"))):
                self.faults.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag


def faults(html):
    return Inspector(html).faults


def test_there_are_enough_attacks():
    assert len(ATTACKS) >= 60


def test_inspector_sees_a_fault():
    """A test that cannot fail is none."""
    assert faults("<p onclick=x>") == ["p onclick=x"]
    assert faults('<a href="java\nscript:x">') != []
    assert faults("<script>") == ["<script>"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_in_a_body_does_not_survive(attack):
    assert faults(to_html(attack)) == []
    assert faults(to_html(f"Some words {attack} and more\n\n- {attack}\n\n> {attack}")) == []


MARKS = [
    *["# ", "## ", "- ", "  - ", "    1. ", "> ", "```\n", "**", "_", "`", "[^1]", "[^1]: ", "[[", "]]", "|", "---"],
    *["\n", "\n\n", "    ", "\t", "<p>", "</p>", "<div>", "<b", "&amp;", "&#x3c;", "[a](b)", "![a](b)", "- [x] "],
    *["https://example.org/a_b", "ann@example.org", "@ann", "#tag", "Ann Lee", "’", "\u00a0", "<table><tr><td>"],
]
MARKDOWN = st.lists(st.sampled_from(MARKS) | st.text(max_size=12) | st.sampled_from(ATTACKS), max_size=30).map(
    "".join
)


@given(MARKDOWN)
def test_any_text_renders_safely(text):
    assert faults(to_html(text)) == []


@given(st.text(st.characters()))
def test_clean_text_can_be_stored_anywhere(text):
    """No NUL and no lone half of a character: PostgreSQL refuses the one, UTF-8 the other."""
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode()  # or it raises
    assert clean(cleaned) == cleaned


def tree(text):
    return lxml.html.fragment_fromstring(to_html(text), create_parent="div")


def test_hashtag_at_the_start_of_a_line_is_no_heading():
    assert [element.tag for element in tree("#LOTI launches\n\n# Heading")] == ["p", "h1"]


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_nested_bullets_may_be_indented_as_people_do(indent):
    root = tree(f"- one\n{indent}- two\n{indent}{indent}- three\n- four")
    assert len(root.xpath("./ul/li")) == 2
    assert root.xpath("./ul/li/ul/li/ul/li")[0].text == "three"


def test_list_needs_no_empty_line_before_it():
    assert [element.tag for element in tree("This week I:\n- wrote\n- rested")] == ["p", "ul"]


def test_pasted_bullets_are_bullets():
    assert len(tree("• one\n• two").xpath("./ul/li")) == 2


def test_year_at_the_start_of_a_line_is_no_list():
    assert tree("We began in\n2019. It was raining.").xpath(".//ol") == []


def test_rule_is_no_list():
    assert [element.tag for element in tree("one\n\n* * *\n\ntwo")] == ["p", "hr", "p"]


def test_bullets_in_code_stay_code():
    assert tree("```\ntext\n- one\n  - two\n```").xpath("string(./pre)").strip() == "text\n- one\n  - two"


def test_bare_addresses_become_links():
    assert tree("See https://example.org/a_b_c.").xpath("./p/a/@href") == ["https://example.org/a_b_c"]


HEAVY = ["[", "![", "<a ", "<", "[[", "*", "_", "`", "> ", "| ", "- ", "#", "@", "[^1]", "a@", "[a](", "a\n=\n"]


@pytest.mark.parametrize("piece", [*HEAVY, "+ ", "# a\n", "|a\n", "a\n: b\n", "<div>", "&#2;", "\\", "www.", "&"])
def test_text_is_refused_or_read_quickly(piece):
    """Forty thousand characters of nothing but marks: a sentence, or done in a moment."""
    body = piece * (40_000 // len(piece))
    began = time.process_time()
    with suppress(ValidationError):
        refuse_unreadable(body)
    assert time.process_time() - began < 10  # minutes, were it quadratic


@pytest.mark.parametrize(("opening", "closing"), ["[]", "<>", "()"])
def test_brackets_are_refused_by_how_many_are_open_at_once(opening, closing):
    """Balanced is not enough, and a thousand links one after the other are no harm."""
    for body in (opening * 501, opening * 501 + closing * 501, closing * 501 + opening * 501):
        with pytest.raises(ValidationError, match="more than 500"):
            refuse_unreadable(body)
    refuse_unreadable("[a](https://example.org/) <b>x</b> " * 1000)


def test_text_nested_too_deeply_is_refused():
    for body in ("+ " * 2000, "> " * 300 + "lost words", "<div>" * 490 + "lost words"):
        with pytest.raises(ValidationError, match="nested too deeply"):
            refuse_unreadable(body)
    refuse_unreadable("\n".join("    " * depth + "- deep" for depth in range(12)))
    assert to_html("*as* ever") == "<p><em>as</em> ever</p>"


def test_footnotes_by_the_thousand_are_refused():
    with pytest.raises(ValidationError, match="more than 500 footnotes"):
        refuse_unreadable("[^1] " * 2000 + "\n\n[^1]: one")


def test_text_too_long_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match="60,001 characters long; the most is 60,000"):
        refuse_unreadable("x" * 60_001)
