"""A text cut into passages."""

import re

import lxml.html
from hypothesis import given

from notes.markdown import to_html
from notes.passages import cut
from tests.notes.test_markdown import MARKDOWN


def pieces(body):
    return cut(body)[1]


def shape(body):
    return [(str(piece.kind), piece.words) for piece in pieces(body)]


def test_each_kind_of_passage():
    body = """First, with *emphasis*.

## Heading

- one
- two

> quoted

| a | b |
|---|---|
| 1 | 2 |

![A chart](/static/chart.png)
"""
    assert shape(body) == [
        ("paragraph", "First, with emphasis."),
        ("heading", "Heading"),
        ("item", "one"),
        ("item", "two"),
        ("quotation", "quoted"),
        ("table", "a | b | 1 | 2"),
        ("image", "A chart"),
    ]


def test_passage_knows_its_heading_and_the_bullets_above_it():
    body = "# Spacebank\n\n- Tested it\n    - with Ann\n        - on Monday\n- Fixed it\n\n## Learning\n\nA lot."
    assert [(piece.words, piece.heading, piece.trail) for piece in pieces(body)] == [
        ("Spacebank", "", []),
        ("Tested it", "Spacebank", []),
        ("with Ann", "Spacebank", ["Tested it"]),
        ("on Monday", "Spacebank", ["Tested it", "with Ann"]),
        ("Fixed it", "Spacebank", []),
        ("Learning", "", []),
        ("A lot.", "Learning", []),
    ]


def test_second_paragraph_of_a_bullet_stands_under_it():
    found = pieces("- one\n\n    more of it\n\n- two")
    assert [(str(piece.kind), piece.words, piece.trail) for piece in found] == [
        ("item", "one", []),
        ("paragraph", "more of it", ["one"]),
        ("item", "two", []),
    ]


def test_footnote_is_a_passage_without_its_marks():
    found = pieces("## Costs\n\nIt cost £3.[^1]\n\n[^1]: Without VAT.")
    assert [(piece.words, piece.heading) for piece in found] == [
        ("Costs", ""),
        ("It cost £3.", "Costs"),
        ("Without VAT.", ""),
    ]


def test_raw_footnotes_lose_no_words():
    assert shape('<div class="footnote"><p>one</p></div>\n\n<div class="footnote">two <div>x</div></div>') == [
        ("paragraph", "one"),
        ("paragraph", "two"),
        ("paragraph", "x"),
    ]


def test_what_may_be_wider_than_a_phone_is_reached_by_keyboard():
    root, _ = cut("| a | b | c | d |\n|---|---|---|---|\n\n| a | b |\n|---|---|\n\n```\ncode\n```")
    assert [element.get("tabindex") for element in root] == ["0", None, "0"]


def test_an_id_is_there_once():
    root, _ = cut("<sup id='fn:1'><sup id='fn:1'>a</sup></sup>")
    assert root.xpath("count(.//*[@id='fn:1'])") == 1


def test_headings_start_at_the_second_level_and_go_no_deeper_than_the_sixth():
    root, _ = cut("# One\n\n## Two\n\n###### Six")
    assert [element.tag for element in root] == ["h2", "h3", "h6"]
    root, _ = cut("### Three\n\n#### Four")
    assert [element.tag for element in root] == ["h2", "h3"]


def test_task_says_its_state_in_words():
    root, found = cut("- [ ] ring Ann\n- [x] write it up")
    assert [piece.words for piece in found] == ["ring Ann", "write it up"]
    assert [item.text_content() for item in root.iter("li")] == ["☐ To do: ring Ann", "☑ Done: write it up"]


def test_picture_from_elsewhere_becomes_a_link():
    """The policy would not load it, and its owner would learn who reads."""
    root, found = cut("![A chart](https://example.org/chart.png)")
    assert root.xpath(".//img") == []
    assert root.xpath(".//a/@href") == ["https://example.org/chart.png"]
    assert found[0].words == "A chart"


def test_raw_html_loses_no_words():
    assert shape("<div>one<p>two</p>three</div>\n\n<custom>four</custom>") == [
        ("paragraph", "one"),
        ("paragraph", "two"),
        ("paragraph", "three"),
        ("paragraph", "four"),
    ]


def test_no_break_space_is_kept_and_others_are_as_a_browser_shows_them():
    assert shape("one\u00a0two   three\nfour") == [("paragraph", "one\u00a0two three four")]


NOT_WORDS = ".//sup[a[@class='footnote-ref']] | .//a[@class='footnote-backref'] | .//*[contains(@class, 'task')]"


def visible_words(html):
    root = lxml.html.fragment_fromstring(html or "<p></p>", create_parent="div")
    for image in list(root.iter("img")):
        image.tail = f" {image.get('alt') or image.get('title') or 'picture'} {image.tail or ''}"
    for item in root.iter("li"):  # the box of a task is drawn later
        first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        match = re.match(r"\n*\[[ xX]\] ", first.text or "")
        if match and (len(first) or first.text[match.end() :].strip()):
            first.text = first.text[match.end() :]
    for element in root.xpath(NOT_WORDS):
        for inner in element.iter():
            inner.text = None
            if inner is not element:
                inner.tail = None
    return re.findall(r"\w+", " ".join(root.itertext()))


@given(MARKDOWN)
def test_passages_cover_all_words_of_a_text_once(body):
    """What a reader sees is in the passages: all of it, once, in its order."""
    seen = "".join(visible_words(to_html(body)))
    kept = "".join(re.findall(r"\w+", " ".join(piece.words for piece in pieces(body))))
    tidy = re.sub(r"picture", "", seen)
    assert re.sub(r"picture", "", kept) == tidy


@given(MARKDOWN)
def test_spots_agree_with_the_words(body):
    """Each run of words lies in its element where the piece says it does."""
    for piece in pieces(body):
        for start, element, where in piece.spots:
            text = getattr(element, where)
            assert piece.words[start : start + len(text)] == text[: max(0, len(piece.words) - start)]
