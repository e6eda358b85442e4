"""Pictures in a text: theirs is the space they need, and wide tables fold."""

import lxml.html
import pytest
from django.core.files.base import ContentFile

from notes.writing import write
from tests.factories import weeknote
from tests.hackit.site import page, picture, words

pytestmark = pytest.mark.django_db


def with_picture(note, upload):
    attachment = note.attachments.create(title="Switch", upload=upload)
    note.body = f"Look:\n\n![The switch]({attachment.get_absolute_url()})"
    write(note)
    return attachment


def test_picture_of_a_text_has_its_size_so_that_nothing_moves(client):
    note = weeknote("x")
    attachment = with_picture(note, picture(size=(600, 400)))
    [image] = page(client, note.get_absolute_url()).xpath("//main//img")
    assert image.get("src") == attachment.get_absolute_url()
    assert (image.get("width"), image.get("height")) == ("600", "400")
    assert client.get(image.get("src")).headers["Content-Type"] == "image/png"


def test_picture_that_the_text_shows_is_no_file_beside_it(client):
    note = weeknote("x")
    with_picture(note, picture())
    note.attachments.create(title="Slides", upload=ContentFile(b"%PDF-1.7", name="slides.pdf"))
    assert words(page(client, note.get_absolute_url()), "//section[h2='Files']//a") == "Slides"


def test_file_that_only_calls_itself_a_picture_has_no_size(client):
    note = weeknote("x")
    attachment = with_picture(note, ContentFile(b"no picture", name="broken.png"))
    assert (attachment.width, attachment.height) == (None, None)
    [image] = page(client, note.get_absolute_url()).xpath("//main//img")
    assert image.get("width") is None


def test_size_is_not_taken_from_what_somebody_typed():
    note = weeknote('<img src="/files/9/x.png" width="9999" height="9999" alt="x">')
    assert "9999" not in note.html


TABLE = "| When | Hottest | Drops | By |\n|---|--:|---|---|\n| Before | 68 | 4 | **Kemar** |\n"


def test_wide_table_says_in_each_cell_which_column_it_is():
    html = lxml.html.fromstring(weeknote(TABLE).html)
    assert html.get("class") == "fold"
    assert [(cell.get("data-label"), cell.text_content()) for cell in html.iter("td")] == [
        ("When", "Before"),
        ("Hottest", "68"),
        ("Drops", "4"),
        ("By", "Kemar"),
    ]
    assert {element.get("role") for element in html.iter("table", "tr", "td", "th")} == {
        "table",
        "row",
        "cell",
        "columnheader",
    }


def test_narrow_table_stays_a_table():
    assert "data-label" not in weeknote("| a | b |\n|---|---|\n| 1 | 2 |").html
