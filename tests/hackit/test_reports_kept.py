"""Reports that somebody arranges and keeps, and frozen copies of them."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackit.models import Report
from notes.models import Decision, Meeting, Note, Passage
from notes.writing import write
from tests.factories import PersonFactory, ProjectFactory, SeriesFactory, editor, login, meeting, week_after, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db

JUNE = "from=2019-06-01&to=2019-06-30"
NEW = f"/report/?project=spacebank&{JUNE}&arrange=1"
LONG = "and a few more words, so that it reads well alone"
FORMATS = ["", "as=markdown", "as=csv", "as=mail"]


@pytest.fixture
def space():
    space = ProjectFactory(name="Spacebank")
    ann = PersonFactory(name="Ann Lee")
    for number in range(4):
        weeknote(
            f"Spacebank number {number}, {LONG}.", author=ann, title=f"Note {number}", week=week_after(number - 1)
        )
    held = meeting("Hello", series=SeriesFactory(name="Board"), day=week_after(1))
    Decision.objects.create(meeting=held, words="Spacebank goes on.", project=space)
    return space


@pytest.fixture
def owner(client):
    user = login("manager", person=PersonFactory(name="Moira Dunn"))
    client.force_login(user)
    return user


def offered():
    """Return the passages of June in the order in which the form offers them."""
    return list(Passage.objects.filter(kind="paragraph", words__startswith="Spacebank", on__month=6).order_by("on"))


def keep(client, **form):
    """Arrange a report, and return it as kept."""
    form.setdefault("in", [passage.pk for passage in offered()])
    answer = client.post(NEW, form)
    assert answer.status_code == 302, answer.content
    return Report.objects.get(frozen_at=None)


def freeze(client, kept):
    answer = client.post(kept.get_absolute_url(), {"do": "freeze"})
    return Report.objects.get(address=answer.headers["Location"].strip("/").split("/")[-1])


def said(tree):
    return [element.text_content() for element in tree.xpath("//p[@data-passage]")]


def told(client, report):
    """Return everything that a report says to this reader, in every form."""
    return [client.get(f"{report.get_absolute_url()}?{as_}").content.decode() for as_ in FORMATS]


def test_form_offers_what_the_report_quotes(client, space, owner):
    tree = page(client, NEW)
    assert tree.xpath("//input[@name='in']/@value") == [str(passage.pk) for passage in offered()]
    assert set(tree.xpath("//input[@name='in' and @checked]/@value")) == {
        *page(client, NEW.replace("&arrange=1", "")).xpath("//@data-passage")
    }


def test_manager_chooses_orders_and_adds_lines(client, space, owner):
    first, second, *_, last = offered()
    kept = keep(
        client,
        **{
            "title": "For the board",
            "in": [first.pk, last.pk],
            f"place-{first.pk}": "9",
            f"place-{last.pk}": "1",
            "line": ["A good month.", "", "Mind the halls."],
            "line-place": ["", "", "Other"],
        },
    )
    tree = page(client, kept.get_absolute_url())
    assert said(tree) == [last.words, first.words]
    text = words(tree)
    assert "For the board" in text
    assert text.index("A good month.") < text.index("Mind the halls.") < text.index(last.words)
    assert "Other Mind the halls." in text
    again = page(client, f"{kept.get_absolute_url()}?arrange=1")
    assert again.xpath("//input[@name='in' and @checked]/@value") == [str(last.pk), str(first.pk)]
    assert "A good month." in [one.text_content().strip() for one in again.xpath("//textarea")]
    assert str(second.pk) in again.xpath("//input[@name='in']/@value")


def test_report_is_changed_again(client, space, owner):
    kept = keep(client)
    only = offered()[1]
    client.post(f"{kept.get_absolute_url()}?arrange=1", {"in": [only.pk]})
    assert Report.objects.count() == 1
    assert said(page(client, kept.get_absolute_url())) == [only.words]


def test_what_was_written_since_is_offered_and_not_taken_in(client, space, owner):
    kept = keep(client)
    weeknote(f"Spacebank afresh, {LONG}.", week=week_after(2))
    tree = page(client, kept.get_absolute_url())
    assert "1 passage is new" in words(tree)
    assert f"Spacebank afresh, {LONG}." not in said(tree)
    assert "New" in words(page(client, f"{kept.get_absolute_url()}?arrange=1"))


def test_forged_keys_and_places_are_left_aside(client, space, owner):
    other = weeknote("Quite another thing.", week=week_after(1)).passages.get(kind="paragraph")
    draft = weeknote("Spacebank draft.", week=week_after(1), is_draft=True).passages.get(kind="paragraph")
    kept = keep(
        client,
        **{
            "in": [other.pk, draft.pk, "x", "-1", "9" * 40, "\x00"],
            "line": ["\x00 Top \n line" * 400] * 99,
            "line-place": ["nowhere"] * 99,
            f"place-{offered()[0].pk}": "²",
            "theme-0": "9" * 99,
        },
    )
    assert {pick["passage"] for pick in kept.picks} == {passage.pk for passage in offered()} - {draft.pk}
    assert not any(pick["in"] for pick in kept.picks)
    assert len(kept.lines) == 20
    assert {line["place"] for line in kept.lines} == {""}
    assert max(len(line["words"]) for line in kept.lines) == 600


def test_lines_are_shown_as_written(client, space, owner):
    kept = keep(client, line=["<script>alert(1)</script>"], **{"line-place": [""]})
    for content in told(client, kept) + told(client, freeze(client, kept)):
        assert "<script>alert" not in content.replace('"<script>', "") or content.startswith("\ufeff")


def test_report_is_renamed_listed_and_deleted(client, space, owner):
    kept = keep(client)
    client.post(kept.get_absolute_url(), {"do": "rename", "title": "  For   Moira "})
    assert "For Moira" in words(page(client, "/report/"))
    client.post(kept.get_absolute_url(), {"do": "rename", "title": ""})
    assert "Spacebank, June 2019" in words(page(client, "/report/"))
    answer = client.post(kept.get_absolute_url(), {"do": "delete"}, follow=True)
    assert "was deleted" in answer.content.decode()
    assert not Report.objects.exists()


def test_unknown_deed_changes_nothing(client, space, owner):
    kept = keep(client)
    copy = freeze(client, kept)
    for report, deed in ((kept, "sing"), (kept, ""), (copy, "freeze")):
        assert client.post(report.get_absolute_url(), {"do": deed}).status_code == 403
    assert Report.objects.count() == 2


# Who may

WHO = ["stranger", "reader", "owner", "editor"]


def clients(owner):
    some = {who: Client() for who in WHO}
    some["reader"].force_login(login("other"))
    some["owner"].force_login(owner)
    some["editor"].force_login(editor())
    return some


def test_who_opens_and_changes_a_report(client, space, owner):
    kept = keep(client)
    copy = freeze(client, kept)
    Note.objects.filter(title="Note 1").update(audience="signed-in")
    narrow = freeze(client, kept)
    assert (copy.audience, narrow.audience) == ("everyone", "signed-in")
    opens = {"kept": [404, 404, 200, 200], "copy": [404, 200, 200, 200], "narrow": [404, 200, 200, 200]}
    for who, browser in clients(owner).items():
        for name, report in (("kept", kept), ("copy", copy), ("narrow", narrow)):
            expected = opens[name][WHO.index(who)]
            assert browser.get(report.get_absolute_url()).status_code == expected, (who, name)
            for as_ in FORMATS:
                assert browser.get(f"{report.get_absolute_url()}?{as_}").status_code == expected
            if who in ("stranger", "reader"):
                answer = browser.post(report.get_absolute_url(), {"do": "delete"})
                assert answer.status_code in (403, 404)
                assert browser.post(f"{report.get_absolute_url()}?arrange=1", {"in": []}).status_code in (403, 404)
    assert Report.objects.count() == 3
    Note.objects.update(audience="everyone")
    assert Client().get(copy.get_absolute_url()).status_code == 200
    assert Client().get(narrow.get_absolute_url()).status_code == 404  # as it was frozen for colleagues


def test_forms_need_their_token(space, owner):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    assert browser.post(NEW, {"in": []}).status_code == 403
    assert not Report.objects.exists()


def test_reader_sees_only_their_own_in_the_list(client, space, owner):
    keep(client, title="Mine alone")
    other = Client()
    other.force_login(login("other"))
    assert "Mine alone" not in words(page(other, "/report/"))
    assert "Mine alone" not in words(page(Client(), "/report/"))


# A frozen copy


def test_frozen_body_stays_identical_whatever_happens_to_its_notes(client, space, owner):
    copy = freeze(client, keep(client, line=["Ours."], **{"line-place": [""]}))
    before = json.dumps(copy.body, sort_keys=True)
    note = Note.objects.get(title="Note 1")
    note.body = f"Spacebank quite changed, {LONG}, and there is more of it than ever."
    write(note)
    Note.objects.filter(title="Note 2").withdraw("Wrong.")
    Note.objects.get(title="Note 0").delete()
    Decision.objects.update(words="It stops.")
    space.name, space.aim = "Roombank", "Another."
    space.save()
    copy.refresh_from_db()
    assert json.dumps(copy.body, sort_keys=True) == before
    Meeting.objects.get().delete()
    copy.refresh_from_db()
    assert json.dumps(copy.body, sort_keys=True) == before


def test_changed_sources_are_flagged_and_their_words_stay(client, space, owner):
    copy = freeze(client, keep(client))
    old = offered()[0].words
    note = Note.objects.get(title="Note 1")
    note.body = f"Spacebank number 0 and, {LONG}."
    write(note)
    Decision.objects.update(words="It stops.")
    other = Client()
    other.force_login(login("other"))
    text = words(page(other, copy.get_absolute_url()))
    assert old in text
    assert text.count("Changed since") == 1
    assert "Spacebank goes on." in text
    assert "It stops" not in text
    assert "changed since" in other.get(f"{copy.get_absolute_url()}?as=csv").content.decode()


@pytest.mark.parametrize("how", ["withdraw", "delete", "withdraw and delete", "draft"])
def test_words_of_what_was_taken_away_are_for_editors_only(client, space, owner, how):
    copy = freeze(client, keep(client))
    note = Note.objects.get(title="Note 1")
    old = note.passages.get(kind="paragraph").words
    Note.objects.filter(pk=note.pk).update(title="Unique title")
    if "withdraw" in how:
        Note.objects.filter(pk=note.pk).withdraw("Wrong.")
    if "delete" in how:
        note.delete()
    if how == "draft":
        Note.objects.filter(pk=note.pk).update(published_at=None)
    some = clients(owner)
    for who in ("stranger", "reader", "owner"):
        for content in told(some[who], copy):
            assert old not in content
            assert "number 1" not in content
            assert "Note 1" not in content
        text = words(page(some[who], copy.get_absolute_url()))
        assert ("Deleted since" if "delete" in how else "Withdrawn since") in text
    text = words(page(some["editor"], copy.get_absolute_url()))
    assert old in text
    assert "only editors see the words" in text


def test_theme_of_what_was_withdrawn_is_not_told(client, space, owner):
    body = "\n\n".join(f"Spacebank in secret {number}, {LONG}. #secretly" for number in range(3))
    note = weeknote(body, title="Secret", week=week_after(1))
    copy = freeze(client, keep(client, **{"in": [passage.pk for passage in note.passages.filter(kind="paragraph")]}))
    other = Client()
    other.force_login(login("other"))
    assert "#secretly" in words(page(other, copy.get_absolute_url()))
    Note.objects.filter(pk=note.pk).withdraw("Wrong.")
    for content in told(other, copy):
        assert "secret" not in content.lower()


def test_copy_is_for_everyone_only_when_everyone_is_told_the_same(client, space, owner):
    weeknote(f"Something about Spacebank, {LONG}.", title="Inside", audience="signed-in", week=week_after(1))
    assert freeze(client, keep(client)).audience == "signed-in"


def test_copy_that_everyone_could_read_narrows_with_its_sources(client, space, owner):
    copy = freeze(client, keep(client))
    assert Client().get(copy.get_absolute_url()).status_code == 200
    Note.objects.filter(title="Note 1").update(audience="signed-in")
    assert Client().get(copy.get_absolute_url()).status_code == 404
    reader = Client()
    reader.force_login(login("other"))
    assert reader.get(copy.get_absolute_url()).status_code == 200


def test_names_in_a_copy_follow_the_directory(client, space, owner):
    copy = freeze(client, keep(client))
    ann = Note.objects.get(title="Note 1").author
    ann.name = "Anna Leigh"
    ann.save()
    text = words(page(client, copy.get_absolute_url()))
    assert "Anna Leigh" in text
    assert "Ann Lee" not in text


def test_copy_outlives_its_subject(client, space, owner):
    kept = keep(client)
    copy = freeze(client, kept)
    Report.objects.update(entry=None)
    assert "Spacebank" in words(page(client, copy.get_absolute_url()))
    assert "was deleted" in words(page(client, kept.get_absolute_url()))
    client.post(kept.get_absolute_url(), {"do": "delete"})
    assert Report.objects.get() == copy


def test_copy_costs_the_same_however_much_it_quotes(client, space, owner):
    costs = []
    for count in (0, 30):
        for number in range(count):
            weeknote(f"Spacebank, more of it {number}, {LONG}.", week=week_after(1))
        Report.objects.all().delete()
        copy = freeze(client, keep(client))
        with CaptureQueriesContext(connection) as queries:
            client.get(copy.get_absolute_url())
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12


def test_editor_may_put_a_report_right(client, space, owner):
    kept = keep(client)
    user = login("editor-by-right")
    user.user_permissions.add(Permission.objects.get(codename="edit_every_text"))
    other = Client()
    other.force_login(user)
    other.post(kept.get_absolute_url(), {"do": "rename", "title": "Put right"})
    kept.refresh_from_db()
    assert (kept.title, kept.owner) == ("Put right", owner)


def test_body_and_moment_of_freezing_come_together(space, owner):
    with pytest.raises(Exception, match="frozen_report_has_a_body"):
        Report.objects.create(owner=owner, entry=space, first=date(2019, 6, 1), last=date(2019, 6, 30), body={})


def test_address_cannot_be_guessed(client, space, owner):
    assert len(keep(client).address) == 20
    assert reverse("report_kept", args=["nothing"]) == "/report/nothing/"
    assert Client().get("/report/nothing/").status_code == 404
