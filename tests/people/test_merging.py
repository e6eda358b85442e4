"""Two of the directory that were one all the time become one; and two again."""

import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from hackit.roles import Role, give
from notes.models import Coauthor, Mention, NameChoice, Note, Thanks
from notes.renaming import follow
from people.merging import EntryMerging, Refused
from people.models import Alias, Entry, FormerSlug, Merge, Organisation, Person, Team
from people.unmerging import undo
from projects.models import Member, Partnership, Project
from tests.desk import change, save
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    week_after,
    weeknote,
)
from tests.people.merges import DEEDS, GONE, KEPT, World, differences, foreign_keys_to, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def cate():
    return PersonFactory(name="Cate McLaurin")


@pytest.fixture
def double():
    """Somebody who was added twice."""
    return PersonFactory(name="Catherine Maclaurin", aliases=["C-Mac"])


def page(obj, name, *more):
    meta = obj._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[obj.pk, *more])


def merge(client, kept, gone):
    """Merge by the form of the preview; return the page that follows."""
    return client.post(page(kept, "merge"), {"with": gone.pk}, follow=True)


def undo_last(client, kept):
    return client.post(page(kept, "merged", Merge.objects.first().pk), follow=True)


def shown(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Choosing and looking


def test_page_of_an_entry_leads_to_merging_and_splitting(editor_client, cate):
    told = shown(editor_client.get(change(cate)))
    assert "Merge another into this one…" in told
    assert "Split into two…" in told


def test_those_with_a_word_of_the_name_are_offered_first(editor_client, cate):
    PersonFactory(name="Rose McLaurin")
    PersonFactory(name="Ann Lee")
    told = shown(editor_client.get(page(cate, "merge")))
    assert "Rose McLaurin" in told
    assert "Ann Lee" not in told


def test_other_is_found_by_another_name(editor_client, cate, double):
    told = shown(editor_client.get(page(cate, "merge"), {"q": "c-mac"}))
    assert "Catherine Maclaurin" in told


def test_only_the_same_kind_is_offered(editor_client, cate):
    ProjectFactory(name="Cate McLaurin Trust")
    assert "Trust" not in shown(editor_client.get(page(cate, "merge"), {"q": "Trust"})).replace("“Trust”", "")


def test_preview_says_in_figures_what_moves_and_moves_nothing(editor_client, cate, double):
    weeknote("Thanks to Catherine Maclaurin.", author=double)
    ProjectFactory(lead=double)
    meeting("Hello", chair=double)
    before = snapshot()
    told = shown(editor_client.get(page(cate, "merge"), {"with": double.pk}))
    for words in ("1 passage that names it", "1 note", "1 project led", "1 meeting chaired"):
        assert words in told
    assert "“C-Mac” or “Catherine Maclaurin”" in told
    assert "/people/catherine-maclaurin/ then leads to /people/cate-mclaurin/" in told
    assert snapshot() == before


# What becomes of it


def test_everything_of_the_one_that_goes_is_of_the_other(editor_client, cate, double):
    note = weeknote("Hello", author=double)
    project = ProjectFactory(lead=double)
    merge(editor_client, cate, double)
    assert not Person.objects.filter(pk=double.pk).exists()
    assert Note.objects.get(pk=note.pk).author == cate
    assert Project.objects.get(pk=project.pk).lead == cate
    assert cate.names() == {"Cate McLaurin", "Catherine Maclaurin", "C-Mac"}


def test_texts_stay_as_written_and_link_to_what_is_kept(editor_client, cate, double):
    note = weeknote("Thanks to Catherine Maclaurin and C-Mac.")
    response = merge(editor_client, cate, double)
    note.refresh_from_db()
    assert note.body == "Thanks to Catherine Maclaurin and C-Mac."
    assert note.html.count('href="/people/cate-mclaurin/"') == 2
    assert "1 text was linked anew" in shown(response)


def test_text_that_names_the_one_that_goes_by_what_was_settled_follows_too(editor_client, cate, double):
    author = PersonFactory()
    NameChoice.objects.create(author=author, words="the Chief", key="the chief", entry=double)
    note = weeknote("Thanks to the Chief.", author=author)
    assert "/people/catherine-maclaurin/" in note.html
    merge(editor_client, cate, double)
    note.refresh_from_db()
    assert "/people/cate-mclaurin/" in note.html


def test_address_of_the_one_that_goes_redirects(client, editor_client, cate, double):
    FormerSlug.objects.create(entry=double, kind="person", slug="c-maclaurin")
    merge(editor_client, cate, double)
    for address in ("/people/catherine-maclaurin/", "/people/c-maclaurin/"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, "/people/cate-mclaurin/")


def test_passage_that_names_both_names_the_one_in_both_places(editor_client, cate, double):
    note = weeknote("Cate McLaurin is Catherine Maclaurin.")
    merge(editor_client, cate, double)
    mention = Mention.objects.get(passage__text=note.pk, entry=cate)
    assert [places[:2] for places in mention.places] == [[0, 13], [17, 36]]


def test_what_the_kept_one_has_not_is_taken_over(editor_client, cate, double):
    Person.objects.filter(pk=double.pk).update(role="Designer", email="c@example.org", started_on="2018-03-01")
    Person.objects.filter(pk=cate.pk).update(role="Head of design")
    told = shown(editor_client.get(page(cate, "merge"), {"with": double.pk}))
    assert "c@example.org" in told
    assert "Designer" not in told
    merge(editor_client, cate, double)
    cate.refresh_from_db()
    assert (cate.role, cate.email, str(cate.started_on)) == ("Head of design", "c@example.org", "2018-03-01")


def test_somebody_who_is_here_has_not_left_by_being_merged(editor_client, cate, double):
    Person.objects.filter(pk=double.pk).update(left_on="2019-01-01")
    merge(editor_client, cate, double)
    cate.refresh_from_db()
    assert cate.left_on is None


def test_days_that_contradict_each_other_are_not_taken_over(editor_client, cate, double):
    Person.objects.filter(pk=cate.pk).update(left_on="2018-01-01")
    Person.objects.filter(pk=double.pk).update(started_on="2019-01-01", role="Designer")
    merge(editor_client, cate, double)
    cate.refresh_from_db()
    assert (cate.started_on, cate.role) == (None, "Designer")


def test_what_was_for_colleagues_stays_for_colleagues(editor_client, cate, double):
    Person.objects.filter(pk=cate.pk).update(contact_is_open=True)
    Person.objects.filter(pk=double.pk).update(telephone="020 7946 0000")
    merge(editor_client, cate, double)
    cate.refresh_from_db()
    assert cate.telephone == "020 7946 0000"
    assert not cate.contact_is_open


def test_login_goes_with_the_person(editor_client, cate, double):
    user = login(person=double)
    merge(editor_client, cate, double)
    assert Person.objects.get(login=user) == cate


def test_what_is_listed_already_is_listed_once(editor_client, cate, double):
    project, held = ProjectFactory(), meeting("Hello")
    note = weeknote("Hello")
    for person in (cate, double):
        Member.objects.create(project=project, person=person)
        held.attendances.create(person=person)
        note.coauthors.add(person)
    told = shown(editor_client.get(page(cate, "merge"), {"with": double.pk}))
    assert "What both have" in told
    merge(editor_client, cate, double)
    assert (project.members.count(), held.attendances.count(), note.coauthors.count()) == (1, 1, 1)


def test_author_is_no_coauthor_of_their_own_note(editor_client, cate, double):
    weeknote("Hello", author=cate).coauthors.add(double)
    weeknote("Hello", author=double, week=week_after(1)).coauthors.add(cate)
    merge(editor_client, cate, double)
    assert not Coauthor.objects.exists()
    undo_last(editor_client, cate)
    assert set(Coauthor.objects.values_list("person", flat=True)) == {cate.pk, double.pk}


def test_second_weeknote_of_a_week_is_one_more(editor_client, cate, double):
    weeknote("One", author=cate)
    other = weeknote("Two", author=double, title="The other")
    told = shown(editor_client.get(page(cate, "merge"), {"with": double.pk}))
    assert "marked as one more: “The other”" in told
    merge(editor_client, cate, double)
    other.refresh_from_db()
    assert (other.author, other.is_extra) == (cate, True)
    undo_last(editor_client, cate)
    other.refresh_from_db()
    assert (other.author, other.is_extra) == (double, False)


def test_thanks_that_somebody_hid_stay_hidden(editor_client, cate, double):
    note = weeknote("Well done Cate McLaurin and Catherine Maclaurin!")
    passage = note.passages.get(kind="paragraph")
    Thanks.objects.filter(passage=passage).delete()
    Thanks.objects.create(passage=passage, person=cate)
    Thanks.objects.create(passage=passage, person=double, is_hidden=True)
    EntryMerging(cate, double).do()
    assert Thanks.objects.get(passage=passage).is_hidden


# What cannot be


def refused(client, kept, gone):
    """Return what is said instead of merging; nothing may have happened."""
    before = snapshot()
    told = shown(merge(client, kept, gone))
    assert snapshot() == before
    assert "It cannot be done yet" in told
    return told


def test_two_who_both_sign_in_are_not_merged(editor_client, cate, double):
    login("cate", person=cate)
    login("catherine", person=double)
    assert "Both have a login: cate and catherine" in refused(editor_client, cate, double)


def test_nothing_becomes_part_of_itself(editor_client):
    top = TeamFactory(name="Top")
    middle = TeamFactory(name="Middle", part_of=top)
    lowest = TeamFactory(name="Lowest", part_of=middle)
    assert "would be part of itself" in refused(editor_client, lowest, top)
    merge(editor_client, top, lowest)
    assert list(Team.objects.values_list("name", "part_of__name")) == [("Middle", "Top"), ("Top", None)]


def test_meetings_of_one_day_in_both_series_are_not_lost(editor_client):
    kept, gone = SeriesFactory(name="DMT"), SeriesFactory(name="DMT board")
    for series in (kept, gone):
        meeting("Hello", series=series)
    assert "Both have the same among meetings: “DMT board, 10 June 2019”" in refused(editor_client, kept, gone)


def test_nobody_is_merged_into_themselves(editor_client, cate):
    assert "Merge another person into Cate McLaurin" in shown(merge(editor_client, cate, cate))
    with pytest.raises(Refused):
        EntryMerging(cate, cate).do()


@pytest.mark.parametrize("other", ["0", "999999", "x", "-1", "9" * 30])
def test_what_is_not_there_is_not_merged(editor_client, cate, other):
    assert editor_client.get(page(cate, "merge"), {"with": other}).status_code in (200, 404)


# Other kinds


def test_projects_merge_with_their_parts_partners_and_tags(editor_client):
    kept, gone, partner = ProjectFactory(name="Spacebank"), ProjectFactory(name="Space bank"), OrganisationFactory()
    part = ProjectFactory(name="A part", part_of=gone)
    for project in (kept, gone):
        Partnership.objects.create(project=project, organisation=partner)
        project.tags.add("halls")
    gone.tags.add("rooms")
    merge(editor_client, kept, gone)
    part.refresh_from_db()
    assert part.part_of == kept
    assert kept.partnerships.count() == 1
    assert set(kept.tags.values_list("name", flat=True)) == {"halls", "rooms"}


def test_organisations_merge_with_their_people(editor_client):
    kept, gone = OrganisationFactory(name="LOTI"), OrganisationFactory(name="London Office of Technology")
    person = PersonFactory(organisation=gone)
    merge(editor_client, kept, gone)
    person.refresh_from_db()
    assert person.organisation == kept
    assert Organisation.objects.count() == 1


def test_old_address_of_a_meeting_leads_to_it_when_series_merge(client, editor_client):
    kept, gone = SeriesFactory(name="DMT"), SeriesFactory(name="DMT board")
    held = meeting("Hello", series=gone)
    linking = weeknote(f"See [it]({held.get_absolute_url()}).")
    merge(editor_client, kept, gone)
    assert client.get("/meetings/dmt-board/2019-06-10/").headers["Location"] == "/meetings/dmt/2019-06-10/"
    save(editor_client, change(linking), body=linking.body + " Again.")
    assert linking.passages.filter(references__text=held.pk).exists()


KINDS = [PersonFactory, TeamFactory, OrganisationFactory, ProjectFactory, SeriesFactory]


@pytest.mark.parametrize("factory", KINDS)
def test_every_field_that_points_at_an_entry_is_known_to_a_merge(factory):
    """A model that somebody adds later moves too."""
    kept = factory()
    merging = EntryMerging(kept, factory())
    known = {f"{one.model._meta.label_lower}.{one.name}" for one in merging.pointers}
    assert known == foreign_keys_to(type(kept))
    assert "notes.mention.entry" in known


# What is written down


def test_every_number_is_written_down_and_shown(editor_client, cate, double):
    notes = [weeknote("Hello", author=double, week=week_after(number)) for number in range(3)]
    merge(editor_client, cate, double)
    merged = Merge.objects.get()
    assert merged.moved["rows"]["notes.note"]["author"] == [note.pk for note in notes]
    assert (merged.kept, merged.gone, merged.made_by.username) == (cate.pk, double.pk, "editor")
    told = shown(editor_client.get(change(cate)))
    assert f"Catherine Maclaurin (number {double.pk})" in told
    told = shown(editor_client.get(page(cate, "merged", merged.pk)))
    assert ", ".join(str(note.pk) for note in notes) in told
    history = list(LogEntry.objects.values_list("object_id", "change_message"))
    assert any(pk == str(cate.pk) and f"(number {double.pk}) into it: " in said for pk, said in history)
    assert any(pk == str(double.pk) and "Merged into “Cate McLaurin”" in said for pk, said in history)


def test_record_of_a_merge_is_all_that_json_can_say(cate, double):
    weeknote("Cate McLaurin and Catherine Maclaurin", author=double)
    done = EntryMerging(cate, double).do()
    assert json.loads(json.dumps(done.moved)) == Merge.objects.get().moved


@pytest.mark.parametrize("rows", [5, 50])
def test_merging_costs_the_same_however_much_moves(cate, double, rows, django_assert_num_queries):
    for number in range(rows):
        note = weeknote("Catherine Maclaurin and Cate McLaurin", author=double, week=week_after(number))
        note.coauthors.add(cate)
        weeknote("Catherine Maclaurin", week=week_after(number))
    merging = EntryMerging(Person.objects.get(pk=cate.pk), Person.objects.get(pk=double.pk))
    with django_assert_num_queries(82):
        merging.do()
    assert Mention.objects.filter(entry=cate).count() == 2 * rows


@pytest.mark.parametrize("rows", [5, 50])
def test_undoing_costs_the_same_however_much_moved(cate, double, rows, django_assert_num_queries):
    for number in range(rows):
        weeknote("Catherine Maclaurin and Cate McLaurin", author=double, week=week_after(number))
        weeknote("Catherine Maclaurin", author=cate, week=week_after(number))
    done = EntryMerging(cate, double).do()
    with django_assert_num_queries(27):
        undo(done)
    assert Mention.objects.filter(entry=double).count() == 2 * rows


# Two again


def test_undone_merge_leaves_what_changed_since(editor_client, cate, double):
    mine, given = (weeknote("Hello", author=double, week=week_after(number)) for number in range(2))
    merge(editor_client, cate, double)
    other = PersonFactory()
    Note.objects.filter(pk=given.pk).update(author=other)
    new = weeknote("New", author=cate, week=week_after(3))
    undo_last(editor_client, cate)
    authors = {pk: Note.objects.get(pk=pk).author for pk in (mine.pk, given.pk, new.pk)}
    assert authors == {mine.pk: double, given.pk: other, new.pk: cate}


def test_undoing_is_offered_once(editor_client, cate, double):
    merge(editor_client, cate, double)
    address = page(cate, "merged", Merge.objects.get().pk)
    assert "Undo this merge" in editor_client.get(address).content.decode()
    undo_last(editor_client, cate)
    assert "It was undone already" in shown(editor_client.get(address))
    assert "is on its own again" not in shown(editor_client.post(address, follow=True))
    assert Person.objects.count() == 2


def test_last_of_several_merges_is_undone_first(editor_client, cate, double):
    third = PersonFactory(name="Cath M")
    merge(editor_client, double, third)
    first = Merge.objects.get()
    merge(editor_client, cate, double)
    with pytest.raises(Refused, match="Undo first that Catherine Maclaurin into Cate McLaurin"):
        undo(first)
    undo_last(editor_client, cate)
    undo(first)
    assert Person.objects.count() == 3


def test_address_that_another_has_taken_is_said(editor_client, cate, double):
    merge(editor_client, cate, double)
    PersonFactory(name="Another", slug="catherine-maclaurin")
    assert "Another has the name or address" in shown(undo_last(editor_client, cate))
    assert not Person.objects.filter(pk=double.pk).exists()


def test_team_that_went_since_is_found_where_it_went(editor_client, cate, double):
    old, new = TeamFactory(name="Web"), TeamFactory(name="Digital")
    Person.objects.filter(pk=double.pk).update(team=old)
    Person.objects.filter(pk=cate.pk).update(team=new)
    merge(editor_client, cate, double)
    merge(editor_client, new, old)
    undo(Merge.objects.get(kind="person"))
    assert Person.objects.get(pk=double.pk).team == new


facts = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 1), st.integers(0, 1)), max_size=14)


@settings(max_examples=25)
@given(facts=facts)
def test_merged_and_two_again_is_as_before(facts):
    with transaction.atomic():
        world = World()
        for fact in facts:
            world.do(*fact)
        before = world.settled()
        kept, gone = (Person.objects.get(name=name) for name in (KEPT, GONE))
        merging = EntryMerging(kept, gone)
        done = merging.do()
        follow(Person, merging.kept, merging.names, merge=done)
        assert not Entry.objects.filter(pk=gone.pk).exists()
        _, again = undo(Merge.objects.get(pk=done.pk))
        follow(Person, again, {again.slug, *again.names()})
        assert differences(before, snapshot()) == {}
        transaction.set_rollback(True)


@settings(max_examples=25)
@given(facts=facts)
def test_nothing_but_the_two_is_linked_otherwise_once_they_are_one(facts):
    """What follows the merge at once is what linking every text again would give."""
    with transaction.atomic():
        world = World()
        for fact in facts:
            world.do(*fact)
        world.settled()
        kept, gone = (Person.objects.get(name=name) for name in (KEPT, GONE))
        merging = EntryMerging(kept, gone)
        done = merging.do()
        follow(Person, merging.kept, merging.names, merge=done)
        after = snapshot()
        assert differences(after, world.settled()) == {}
        transaction.set_rollback(True)


# Who may


@pytest.mark.parametrize(("role", "status"), [(Role.READER, 302), (Role.AUTHOR, 403), (Role.EDITOR, 200)])
def test_pages_of_merging_are_for_editors(client, cate, double, role, status):
    user = login()
    give(user, role)
    client.force_login(user)
    for address in (page(cate, "merge"), page(cate, "split"), f"{page(cate, 'merge')}?with={double.pk}"):
        assert client.get(address).status_code == status
    client.post(page(cate, "merge"), {"with": double.pk})
    assert Person.objects.filter(pk=double.pk).exists() == (role != Role.EDITOR)


# Former names


def test_hidden_name_is_out_of_what_was_written_down_of_merges(editor_client):
    jane, double = PersonFactory(name="Jane Doe"), PersonFactory(name="Ms Jane Doe", aliases=["Janey Doe"])
    merge(editor_client, jane, double)
    response = save(editor_client, change(jane), name="John Roe", hide_former_name="on")
    assert response.status_code == 302
    merged = Merge.objects.get()
    assert "jane" not in f"{merged.kept_name} {merged.gone_name} {json.dumps(merged.moved)}".lower()
    told = shown(editor_client.get(page(jane, "merged", merged.pk)))
    assert "can no longer be undone" in told
    assert "Jane" not in told
    undo_last(editor_client, jane)
    assert Person.objects.count() == 1


def test_merges_of_others_keep_their_record(editor_client, cate, double):
    merge(editor_client, cate, double)
    jane = PersonFactory(name="Cate Doe")
    save(editor_client, change(jane), name="John Roe", hide_former_name="on")
    assert Merge.objects.get().moved["gone"]
    assert Alias.objects.filter(entry=cate).count() == 2


def test_deleted_person_is_out_of_what_was_written_down_of_merges(editor_client, cate, double):
    """Neither name nor email, not even of what was merged into them, and into whom it was, before."""
    Person.objects.filter(pk=double.pk).update(email="cmac@example.org", telephone="020 1234")
    merge(editor_client, cate, double)
    kept = PersonFactory(name="Rose Lee")
    merge(editor_client, kept, cate)
    undo_last(editor_client, kept)
    editor_client.post(page(cate, "delete"), {"post": "yes"})
    assert not Person.objects.filter(pk=cate.pk).exists()
    assert Merge.objects.count() == 2
    for merged in Merge.objects.all():
        said = f"{merged.kept_name} {merged.gone_name} {json.dumps(merged.moved)}".lower()
        assert not [word for word in ("cate", "mac", "example.org", "1234") if word in said]
    assert shown(editor_client.get(change(kept))).count("Rose Lee") >= 1


def test_others_keep_their_record_when_somebody_is_deleted(editor_client, cate, double):
    merge(editor_client, cate, double)
    editor_client.post(page(PersonFactory(), "delete"), {"post": "yes"})
    assert Merge.objects.get().moved["gone"]


def test_undoing_is_refused_where_the_account_went_to_somebody_else(editor_client, cate, double):
    account = login("cmac", person=double)
    merge(editor_client, cate, double)
    Person.objects.filter(pk=cate.pk).update(login=None)
    third = PersonFactory(name="Rose Lee", login=account)
    response = undo_last(editor_client, cate)
    assert response.status_code == 200
    assert "does not fit where it was" in shown(response)
    assert Person.objects.get(pk=third.pk).login == account
    assert not Person.objects.filter(pk=double.pk).exists()
    assert Merge.objects.get().undone_at is None


@pytest.mark.parametrize(
    ("of_kept", "of_gone", "after"), [(True, False, False), (True, True, True), (False, True, False)]
)
def test_what_an_editor_has_looked_at_is_checked(cate, double, of_kept, of_gone, after):
    for one, is_to_check in ((cate, of_kept), (double, of_gone)):
        one.is_to_check = is_to_check
        one.save()
    done = EntryMerging(cate, double).do()
    assert Person.objects.get(pk=cate.pk).is_to_check == after
    undo(done)
    assert [Person.objects.get(pk=one.pk).is_to_check for one in (cate, double)] == [of_kept, of_gone]
