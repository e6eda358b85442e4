"""Texts from files, as people have them."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from notes import dating, plain_text
from notes.markdown import to_html
from notes.models import Note, Source
from tests.factories import PersonFactory
from tests.notes.test_passages import shape, visible_words

pytestmark = pytest.mark.django_db

WEEKNOTE = """Weeknote w/c 10 June: a lot of LOTI

A full week, and a good one. I needed to remind myself to stop and breathe.

LOTI launches!

On Monday evening Ann and I went along to the launch, and it was good to see so many people we knew.

Other highlights were:

  • Joining Ian for a meeting
      ◦ which went on
  • A walk through the prototype

Something I’m learning

Not everything that is urgent is important, and I should know by now.
"""


@pytest.fixture
def author():
    return PersonFactory(name="Ann Lee")


@pytest.fixture
def import_notes(tmp_path, author, capsys):
    """Import files given as {name: text or bytes}; return what was said on both outputs."""

    def run(files, *options):
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        try:
            call_command("import_notes", *paths, "--author", author.slug, *options)
        except CommandError as error:
            captured = capsys.readouterr()
            return captured.out + captured.err + str(error)
        captured = capsys.readouterr()
        return captured.out + captured.err

    return run


def test_weeknote_from_a_web_page(import_notes):
    said = import_notes({"2019-06-10-weeknote.txt": WEEKNOTE})
    note = Note.objects.get()
    assert "1 imported, 0 known already, 0 refused." in said
    assert (note.title, note.week) == ("Weeknote w/c 10 June: a lot of LOTI", date(2019, 6, 10))
    assert timezone.localtime(note.published_at).strftime("%A %d %B %Y %H:%M") == "Friday 14 June 2019 12:00"
    assert list(note.passages.values_list("kind", "words", "heading")) == [
        ("title", "Weeknote w/c 10 June: a lot of LOTI", ""),
        ("paragraph", "A full week, and a good one. I needed to remind myself to stop and breathe.", ""),
        ("heading", "LOTI launches!", ""),
        (
            "paragraph",
            "On Monday evening Ann and I went along to the launch, and it was good to see so many people we knew.",
            "LOTI launches!",
        ),
        ("heading", "Other highlights were:", ""),
        ("item", "Joining Ian for a meeting", "Other highlights were:"),
        ("item", "which went on", "Other highlights were:"),
        ("item", "A walk through the prototype", "Other highlights were:"),
        ("heading", "Something I’m learning", ""),
        (
            "paragraph",
            "Not everything that is urgent is important, and I should know by now.",
            "Something I’m learning",
        ),
    ]
    assert note.passages.get(words="which went on").trail == ["Joining Ian for a meeting"]


def test_second_run_changes_nothing_and_says_so(import_notes):
    import_notes({"2019-06-10.txt": WEEKNOTE})
    before = list(Note.objects.values())
    said = import_notes({"2019-06-10.txt": WEEKNOTE})
    assert "imported before, nothing changed" in said
    assert "Nothing changed." in said
    assert list(Note.objects.values()) == before


def test_same_text_in_two_files_becomes_one_note(import_notes):
    said = import_notes({"2019-06-10.txt": WEEKNOTE, "2019-06-10-copy.txt": WEEKNOTE.replace("\n", "\r\n") + "\n\n"})
    assert "the same text as 2019-06-10.txt" in said
    assert Note.objects.count() == 1


def test_source_is_kept_untouched(import_notes):
    content = ("\ufeff" + WEEKNOTE.replace("\n", "\r\n")).encode()
    import_notes({"2019-06-10.txt": content})
    source = Source.objects.get()
    assert bytes(source.content) == content
    assert source.file_name == "2019-06-10.txt"


def test_dry_run_writes_nothing(import_notes):
    said = import_notes({"2019-06-10.txt": WEEKNOTE}, "--dry-run")
    assert "would become the weeknote of 2019-06-10" in said
    assert not Note.objects.exists()


def test_draft_is_a_draft(import_notes):
    import_notes({"2019-06-10.txt": WEEKNOTE}, "--draft")
    assert Note.objects.get().state == "draft"


@pytest.mark.parametrize("name", ["note.txt", "weeknote-june.txt", "10-june.txt", "2019-13-45.txt"])
def test_file_that_does_not_say_its_week_is_refused(import_notes, name):
    """10 June is a Monday in 2013, 2019 and 2024."""
    said = import_notes({name: WEEKNOTE})
    assert "refused. It does not say which day or week it is from" in said
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "options", "week"),
    [
        ("a.txt", WEEKNOTE, ["--week", "2019-06-10"], date(2019, 6, 10)),
        ("a.txt", WEEKNOTE, ["--date", "2019-06-13"], date(2019, 6, 10)),
        ("2024-06-10.txt", WEEKNOTE, ["--week", "2019-06-10"], date(2019, 6, 10)),
        ("20190610-weeknote.txt", WEEKNOTE, [], date(2019, 6, 10)),
        ("weeknote 2019-06-14.txt", WEEKNOTE, [], date(2019, 6, 10)),
        ("a.md", f"---\nweek: 2019-06-10\n---\n{WEEKNOTE}", [], date(2019, 6, 10)),
        ("a.txt", f"{WEEKNOTE}\nhttps://example.org/2019/06/10/loti/", [], date(2019, 6, 10)),
    ],
)
def test_which_week(import_notes, name, text, options, week):
    import_notes({name: text}, *options)
    assert Note.objects.get().week == week


def test_week_that_is_no_monday_is_refused_with_the_one_it_is_in(import_notes):
    said = import_notes({"a.txt": WEEKNOTE}, "--week", "2019-06-12")
    assert "is not a Monday: that week begins on 2019-06-10" in said


def test_date_that_is_none_is_refused(import_notes):
    assert "is not a date: write it as 2019-06-10" in import_notes({"a.txt": WEEKNOTE}, "--date", "12/06/2019")


def test_unknown_author_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text(WEEKNOTE)
    with pytest.raises(CommandError, match="There is no person “nobody”"):
        call_command("import_notes", str(tmp_path / "a.txt"), "--author", "nobody")


def test_disagreeing_dates_are_pointed_out(import_notes):
    said = import_notes({"2019-06-17-weeknote.txt": WEEKNOTE})
    assert "the title says 10 June, which is not in the week of 2019-06-17" in said


def test_week_already_written_is_refused_and_the_rest_goes_on(import_notes):
    said = import_notes(
        {"2019-06-10.txt": WEEKNOTE, "2019-06-11.txt": f"{WEEKNOTE} More.", "2019-06-17.txt": "One\n\nx"}
    )
    assert "2019-06-11.txt: refused. This author has a weeknote for that week already" in said
    assert Note.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "It is empty"), (b"  \n", "It is empty"), (b"\x89PNG\r\n\x1a\n\x00\x00", "It is not a text file")],
)
def test_what_is_no_text_is_refused(import_notes, content, sentence):
    assert sentence in import_notes({"2019-06-10.txt": content})


def test_missing_file_is_refused(author, capsys):
    with pytest.raises(CommandError):
        call_command("import_notes", "/nowhere/2019-06-10.txt", "--author", author.slug)
    assert "It cannot be read: No such file" in capsys.readouterr().err


def test_windows_encoding_is_read_and_pointed_out(import_notes):
    said = import_notes({"2019-06-10.txt": WEEKNOTE.replace("◦", "•").encode("cp1252")})
    assert "not in UTF-8" in said
    assert "Something I’m learning" in Note.objects.get().body


def test_front_matter_says_everything(import_notes):
    text = (
        "---\ntitle: 'Post: on tags'\ndate: 2019-06-12\nkind: post\ntags: [one, two]\ndraft: true\n---\n\n"
        "Some *Markdown*.\n"
    )
    import_notes({"a.md": text})
    note = Note.objects.get()
    assert (note.title, note.week, note.state, note.body) == ("Post: on tags", None, "draft", "Some *Markdown*.\n")
    assert set(note.tags.names()) == {"one", "two"}


def test_wrong_front_matter_is_refused(import_notes):
    assert "is no date such as" in import_notes({"a.md": "---\ndate: June\n---\nText"})
    assert "front matter cannot be read" in import_notes({"b.md": "---\ntitle: 'open\n---\nText"})


def test_title_of_a_markdown_file_is_its_first_heading(import_notes):
    import_notes({"2019-06-12.md": "# A talk\n\n## Part\n\nWords."})
    assert Note.objects.get().title == "A talk"
    assert [words for _, words in shape(Note.objects.get().body)] == ["Part", "Words."]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("A talk", "A talk"),
        ("A talk\u00a0on LOTI", "A talk\u00a0on LOTI"),
        ("This is a sentence.", "Weeknote w/c 10 June 2019"),
        ("x" * 120, "x" * 120),
        ("x" * 121, "Weeknote w/c 10 June 2019"),
        ("Weeknote w/c 10 June: " + "x" * 119, "Weeknote w/c 10 June: " + "x" * 119),
    ],
)
def test_title_is_a_first_line_that_is_no_sentence(import_notes, first, title):
    import_notes({"2019-06-10.txt": f"{first}\n\nWords of the note."}, "--kind", "weeknote")
    note = Note.objects.get()
    assert note.title == title
    assert (first in note.body) is (first != title)


def test_page_furniture_is_dropped_and_listed(import_notes):
    text = (
        f"Skip to content\n\n{WEEKNOTE}\n\nShare this:\n\nOne thought on “Weeknote”\n\nGreat!\n\nComments are closed."
    )
    said = import_notes({"2019-06-10.txt": text})
    words = " ".join(Note.objects.get().passages.values_list("words", flat=True))
    assert "Comments are closed" in said
    for furniture in ("Skip", "Share this", "One thought", "Great!", "Comments"):
        assert furniture not in words


def body(text):
    return shape(plain_text.convert(f"Title\n\n{text}").body)


def test_lines_without_empty_lines_between_them_are_paragraphs():
    long = "This is a line that says what happened, and it goes on for quite a while, as such lines do, to the end."
    assert body(f"{long}\n{long}") == [("paragraph", long), ("paragraph", long)]


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "·", "o ", "▪", "●", "1."])
def test_bullets_of_every_kind(bullet):
    assert body(f"We did:\n\n{bullet} this\n{bullet} that")[-2:] == [("item", "this"), ("item", "that")]


def test_word_nests_by_mark_where_it_does_not_indent():
    converted = plain_text.convert("Title\n\n• one\no  two\n▪ three\n• four")
    assert converted.body == "- one\n    - two\n        - three\n- four\n"


def test_indented_line_goes_on_with_its_bullet():
    assert body("- one\n  and more\n- two") == [("item", "one and more"), ("item", "two")]


def test_footnote_by_a_star():
    found = body("Our friends at FutureGov * came.\n\nA second paragraph.\n\n* We work with them.")
    assert found == [
        ("paragraph", "Our friends at FutureGov came."),
        ("paragraph", "A second paragraph."),
        ("paragraph", "We work with them."),
    ]


def test_footnote_by_a_number():
    found = body("It was cheap [1] and good.\n\nA second paragraph.\n\n[1] Without VAT.")
    assert found[0] == ("paragraph", "It was cheap and good.")
    assert found[-1] == ("paragraph", "Without VAT.")


def test_caption_and_long_lead_in_are_no_headings():
    converted = plain_text.convert(
        "Title\n\nSome of the key things we talked about included:\n\n- this\n\nName it!\n\n(I am taking a break.)"
    )
    assert [kind for kind, _ in shape(converted.body)] == ["paragraph", "item", "paragraph", "paragraph"]
    assert "a caption, or a heading?" in converted.doubts[-1]


@pytest.mark.parametrize(
    "line",
    [
        "Use *stars* and _lines_ and `ticks` as they are",
        "a < b and <b>bold</b> &amp; more",
        "1 + 1 = 2, [not a link](nowhere) nor ![picture](x)",
        "# 1 in the charts",
        "#LOTI is a tag",
        "+ plus",
        "2019. A year",
        "> quoted?",
        "https://example.org/a_b_c_d and a_b_c",
        "back\\slash \\*",
        "~~~ tilde",
        "| a | b |",
        "=====",
    ],
)
def test_plain_text_stays_as_it_was_written(line):
    """Marks that mean something in Markdown mean nothing in a plain text."""
    text = (
        f"Some words that come first, so that this is no title of anything.\n\n{line} to the end of this long line."
    )
    html = to_html(plain_text.convert(f"Title\n\n{text}").body)
    assert visible_words(html) == [word for word in visible_words_of_plain(text) if word]
    assert "<em>" not in html
    assert "<strong>" not in html


def visible_words_of_plain(text):
    return re.findall(r"\w+", text)


@given(st.text(max_size=400))
def test_any_plain_text_can_be_converted(text):
    converted = plain_text.convert(text)
    to_html(converted.body)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-06-10-weeknote", date(2019, 6, 10)),
        ("20190610", date(2019, 6, 10)),
        ("weeknote_2019_06_10", date(2019, 6, 10)),
        ("2019-99-10", None),
        ("12345678", None),
        ("weeknote", None),
    ],
)
def test_date_in_a_file_name(name, day):
    assert dating.day_in_file_name(name) == day


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        ("w/c 10 June", "https://x.example/2019/06/12/a/", date(2019, 6, 10)),
        ("w/c 10th June", "https://x.example/2019/06/a/", date(2019, 6, 10)),
        ("w/c 30 December", "https://x.example/2020/01/03/a/", date(2019, 12, 30)),
        ("w/c 10 June", "https://x.example/2019/06/12/a/ https://x.example/2013/06/12/a/", None),
        ("w/c 10 June", "https://x.example/2019/01/12/a/", None),
        ("w/c 10 June", "", None),
        ("10 June 2019", "", date(2019, 6, 10)),
        ("A week", "https://x.example/2019/06/12/a/", None),
        ("w/c 31 June", "https://x.example/2019/06/12/a/", None),
    ],
)
def test_day_from_title_and_addresses(title, text, day):
    assert dating.day_from_title_and_addresses(title, text) == day


def test_one_mark_does_not_make_a_plain_text_markdown(import_notes):
    text = f"{WEEKNOTE}\n<team> said **so** and *so*, [the button](twice) it is.\n"
    import_notes({"2019-06-10.txt": text})
    assert Note.objects.get().passages.last().words == "<team> said **so** and *so*, [the button](twice) it is."


def test_text_that_begins_with_a_rule_loses_nothing(import_notes):
    import_notes({"2019-06-12.md": "---\n\nBefore.\n\n---\n\nAfter the rule."})
    assert [words for _, words in shape(Note.objects.get().body)] == ["Before.", "After the rule."]


@pytest.mark.parametrize("line", ["Two responses to our survey came in.", "One thought on the budget is enough"])
def test_sentence_like_furniture_stays(import_notes, line):
    import_notes({"2019-06-10.txt": f"{WEEKNOTE}\n\n{line} and so on, as the week went by.\n\nThe end of it."})
    assert line in Note.objects.get().body


def test_same_words_in_another_week_or_by_another_author_are_another_note(import_notes, tmp_path):
    import_notes(
        {"2019-06-10.txt": "Weeknote\n\nOn leave this week.", "2019-06-17.txt": "Weeknote\n\nOn leave this week."}
    )
    other = PersonFactory(name="Bob Day")
    call_command("import_notes", str(tmp_path / "2019-06-10.txt"), "--author", other.slug)
    assert Note.objects.count() == 3


@pytest.mark.parametrize("said", ["draft: true", "draft: 'yes'", "published: false", "status: draft"])
def test_draft_in_front_matter_is_not_published(import_notes, said):
    import_notes({"2019-06-12.md": f"---\n{said}\n---\n\n# A talk\n\nWords."})
    assert Note.objects.get().state == "draft"
    assert Note.objects.get().dated_on == date(2019, 6, 12)


def test_emphasis_beside_a_single_bullet_is_no_footnote():
    assert body("It was *really* good, and it went on all of the day.\n\n* Meeting the Mayor") == [
        ("paragraph", "It was *really* good, and it went on all of the day."),
        ("item", "Meeting the Mayor"),
    ]


def test_bad_files_do_not_stop_the_good_ones(import_notes):
    said = import_notes(
        {
            "a.md": "---\ndate: 2019-06-31\n---\nText",
            "b.txt": WEEKNOTE,
            "ticket-10020304.txt": "Some post\n\nWords.",
            "2019-06-12.md": "---\nslug: My Slug/é\n---\n# A talk\n\nWords.",
        }
    )
    assert "1 imported, 0 known already, 3 refused." in said
    assert Note.objects.get().slug == "my-sluge"


def test_headings_in_a_text_without_empty_lines():
    text = (
        "What I did\nI met the team and we talked about the halls for most of an hour.\nWHAT I LEARNED\n• To listen"
    )
    assert [kind for kind, _ in body(text)] == ["heading", "paragraph", "heading", "item"]


def test_mail_has_its_subject_for_a_title(import_notes):
    import_notes({"2019-06-10.txt": "From: Ann\nSent: Monday\nTo: All\nSubject: RE: Weeknote\n\nWords of the note."})
    note = Note.objects.get()
    assert (note.title, note.body) == ("Weeknote", "Words of the note.\n")


def test_utf_16_is_read(import_notes):
    import_notes({"2019-06-10.txt": WEEKNOTE.encode("utf-16")})
    assert "Something I’m learning" in Note.objects.get().body


def test_w_c_is_a_monday():
    """10 June 2018 was a Sunday, so an address of that week says nothing."""
    assert dating.day_from_title_and_addresses("w/c 10 June", "https://x.example/2018/06/11/a/") is None


def test_lost_words_are_pointed_out(import_notes):
    assert "not in the note, though in the file: team" in import_notes({"2019-06-12.md": "# A talk\n\nI met <team>."})
