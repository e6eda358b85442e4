"""Headings that a section recognises by their words, and what editors say of them."""

import pytest

from notes.headings import recognise, recognise_all, sections_of
from notes.models import Note, Section, SectionHeading
from notes.models.sections import Standing, heading_key
from notes.writing import write
from tests.desk import change, form_of
from tests.factories import PersonFactory, meeting, week_after, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db

# What a person would say of each, for the four sections that a new site has. "" is none of them.
LABELLED = {
    "Something I’ve learned this week": "learning",
    "What I’ve been learning": "learning",
    "Learning this week": "learning",
    "This week’s learning": "learning",
    "My learnings": "learning",
    "Key learnings from the week": "learning",
    "3 things I learned": "learning",
    "Three things we’ve learnt recently": "learning",
    "What have I learned?": "learning",
    "Stuff I learnt 🧠": "learning",
    "A lesson learned": "learning",
    "Some new things I am learning": "learning",
    "What did we learn?": "learning",
    "Today’s TIL": "learning",
    "What I learned last week": "learning",
    "Learning log": "learning",
    "Things I’ve been reading": "",
    "Learning disabilities team": "",
    "Learning and development": "",
    "Machine learning": "",
    "E-learning module": "",
    "Learning objectives": "",
    "What I didn’t learn": "",
    "Service learning from incidents": "",
    "Learning Hackney launch": "",
    "Big thanks": "thanks",
    "Thanks this week": "thanks",
    "A few shout-outs": "thanks",
    "Thank you to everyone": "thanks",
    "Thanks and shout-outs": "thanks",
    "Thanksgiving": "",
    "Thanks and learning": "",
    "Thank you letters project": "",
    "What I’m up to next week": "next-week",
    "What’s coming up next week": "next-week",
    "My plans for next week": "next-week",
    "Looking ahead to next week": "next-week",
    "What I looked at": "",
    "Next steps for Spacebank": "",
    "Plans for the library": "",
    "My week": "what-happened",
    "My highlights": "what-happened",
    "This week’s highlights": "what-happened",
    "Week 12": "",
    "Highlight report": "",
    "What happened at the board": "",
    "Things I did": "what-happened",
}


def test_labelled_headings_are_recognised_rightly():
    """None is recognised wrongly; at most one in ten that should be is not."""
    given = sections_of({heading_key(words) for words in LABELLED})
    found = {words: given[heading_key(words)] or "" for words in LABELLED}
    wrong = {words: section for words, section in found.items() if section and section != LABELLED[words]}
    missed = [words for words, section in LABELLED.items() if section and not found[words]]
    right = sum(found[words] == section for words, section in LABELLED.items())
    print(f"{right} of {len(LABELLED)} headings right; wrong: {wrong}; missed: {missed}")
    assert len(LABELLED) >= 40
    assert not wrong
    assert len(missed) <= sum(map(bool, LABELLED.values())) / 10


def test_new_wording_is_on_the_page_of_its_section_at_once(client):
    weeknote("## Something new I’ve learned lately\n\nPatience.\n\n## Learning disabilities team\n\nMet them.")
    shown = words(page(client, "/learning/"))
    assert "Patience." in shown
    assert "Met them." not in shown
    assert page(client, "/notes/?section=learning").xpath("//a[.='A week']")
    heading = SectionHeading.objects.get(key="something new ive learned lately")
    assert (heading.standing, heading.section.slug) == (Standing.FOUND, "learning")


def test_recognising_costs_at_most_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        recognise({"learnings of the week": "Learnings of the week", "a rota": "A rota"})
    with django_assert_num_queries(1):
        recognise({"learnings of the week": "Learnings of the week"})
    with django_assert_num_queries(0):
        recognise({})


def row_of(response, words):
    """Return the number of the row of a heading in the form of its section."""
    forms = response.context["inline_admin_formsets"][0].formset.forms
    return next(number for number, form in enumerate(forms) if form.instance.words == words)


def test_heading_an_editor_refused_stays_refused(client, editor_client):
    note = weeknote("## Learnings galore\n\nFrom galore.\n\n## Learning this week\n\nNot ours.")
    learning = Section.objects.get(slug="learning")
    form = editor_client.get(change(learning))
    number = row_of(form, "Learning this week")
    assert form.context["inline_admin_formsets"][0].formset.forms[number].instance.standing == Standing.FOUND
    data = form_of(form) | {f"headings-{number}-standing": "refused"}
    assert editor_client.post(change(learning), data).status_code == 302
    assert "Not ours." not in words(page(client, "/learning/"))
    weeknote("## Learning this week\n\nNot ours either.", week=week_after(1))
    write(Note.objects.get(pk=note.pk))
    recognise_all()
    assert "Not ours" not in words(page(client, "/learning/"))
    data = form_of(editor_client.get(change(learning)))
    data[f"headings-{row_of(editor_client.get(change(learning)), 'Learning this week')}-standing"] = "listed"
    editor_client.post(change(learning), data)
    assert "Not ours." in words(page(client, "/learning/"))


def test_found_heading_that_is_deleted_is_refused(editor_client):
    weeknote("## Learning this week\n\nNot ours.")
    learning = Section.objects.get(slug="learning")
    form = editor_client.get(change(learning))
    data = form_of(form) | {f"headings-{row_of(form, 'Learning this week')}-DELETE": "on"}
    assert editor_client.post(change(learning), data).status_code == 302
    assert SectionHeading.objects.get(key="learning this week").standing == Standing.REFUSED


def test_what_one_section_refused_another_may_adopt(client, editor_client):
    weeknote("## Learning this week\n\nOf a school.")
    SectionHeading.objects.filter(key="learning this week").update(standing=Standing.REFUSED)
    thanks = Section.objects.get(slug="thanks")
    response = editor_client.get(change(thanks))
    assert "Learning this week (1)" in response.content.decode()
    assert (
        "Learning this week (1)"
        not in editor_client.get(change(Section.objects.get(slug="learning"))).content.decode()
    )
    editor_client.post(change(thanks), form_of(response) | {"adopted": ["Learning this week"]})
    assert "Of a school." in words(page(client, "/sections/thanks/"))


def test_new_section_finds_what_was_written_before(client, editor_client):
    weeknote("## My retro of the week\n\nWent well.")
    data = form_of(editor_client.get("/admin/notes/section/add/")) | {
        "name": "Retros",
        "headings-TOTAL_FORMS": "1",
        "headings-0-words": "Retro",
        "headings-0-standing": "listed",
    }
    assert editor_client.post("/admin/notes/section/add/", data).status_code == 302
    assert "Went well." in words(page(client, "/sections/retros/"))
    retros = Section.objects.get(slug="retros")
    retros.headings.filter(words="Retro").delete()
    recognise_all()
    assert not retros.headings.exists()


def test_desk_says_how_each_heading_came_and_in_how_many_texts_it_is(editor_client):
    for number in range(2):
        weeknote("## Learning this week\n\nx", week=week_after(number))
    form = editor_client.get(change(Section.objects.get(slug="learning")))
    [cells] = [row for row in form.content.decode().split("<tr") if 'value="Learning this week"' in row]
    assert "recognised by its words" in cells
    assert ">2<" in cells.replace("<p>", ">").replace("</p>", "<").replace(">>", ">")
    assert editor_client.get("/admin/notes/section/").status_code == 200


def test_bullets_under_a_recognised_heading_of_thanks_thank(client):
    bob = PersonFactory(name="Bob Day")
    weeknote("## Big thanks this week\n\n- Bob Day for the keys", author=PersonFactory())
    assert bob.thanks.count() == 1


def test_headings_of_meetings_are_recognised_too(client):
    meeting("## What did we learn?\n\nTo listen.")
    assert "To listen." in words(page(client, "/learning/"))
