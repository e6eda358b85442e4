"""Directories from files."""

import json

import pytest
from django.core.management import CommandError, call_command

from notes.directory import bring_in
from people.models import Entry, Organisation, Person
from projects.models import Member, Project

pytestmark = pytest.mark.django_db

DIRECTORY = {
    "people": [
        {"key": "ann-lee", "name": "Ann Lee", "aliases": ["Ann", "Ann Lee"], "kind": "colleague", "team": "Finance"},
        {"key": "eddie", "name": "Eddie", "kind": "partner", "organisation": "LOTI"},
        {"key": "sue", "name": "Sue Day", "organisation": "Somewhere Else", "role": "manager"},
    ],
    "projects": [
        {"key": "loti", "name": "London Office", "aliases": ["LOTI", "#LOTI"], "kind": "programme"},
        {
            "key": "space",
            "name": "Spacebank",
            "part_of": "LOTI",
            "lead": "Ann",
            "members": ["sue"],
            "tags": ["halls"],
        },
    ],
    "organisations": [{"key": "finance", "name": "Finance", "kind": "internal"}],
    "meeting_series": [{"key": "dmt", "name": "DMT", "aliases": ["Divisional Management Team"]}],
}


@pytest.fixture
def import_directory(tmp_path, capsys):
    def run(content, *options, name="directory.json"):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8-sig")
        call_command("import_directory", str(path), *options)
        return capsys.readouterr().out

    return run


def test_everything_in_a_directory_comes_in(import_directory):
    assert "7 added" in import_directory(DIRECTORY)
    ann = Person.objects.get(slug="ann-lee")
    assert list(ann.aliases.values_list("name", flat=True)) == ["Ann"]
    space = Project.objects.get(slug="space")
    assert (space.part_of.slug, space.lead, [str(tag) for tag in space.tags.all()]) == ("loti", ann, ["halls"])
    assert [member.person.slug for member in space.members.all()] == ["sue"]


def test_second_run_changes_nothing(import_directory):
    import_directory(DIRECTORY)
    before = list(Entry.objects.values())
    assert import_directory(DIRECTORY) == "Nothing changed.\n"
    assert list(Entry.objects.values()) == before


def test_team_and_organisation_attach_to_what_has_that_name(import_directory):
    import_directory(DIRECTORY)
    assert Person.objects.get(slug="ann-lee").organisation == Organisation.objects.get(slug="finance")
    assert Member.objects.get(person__slug="eddie").project.slug == "loti"
    assert Person.objects.get(slug="sue").place == "Somewhere Else"


def test_no_second_entry_is_made_of_a_name(import_directory):
    import_directory(DIRECTORY)
    assert Entry.objects.called("LOTI").count() == 1


def test_dry_run_writes_nothing(import_directory):
    assert "Would be: 7 added" in import_directory(DIRECTORY, "--dry-run")
    assert not Entry.objects.exists()


def test_what_a_file_does_not_say_stays(import_directory):
    import_directory(DIRECTORY)
    Person.objects.filter(slug="ann-lee").update(role="chief")
    assert "1 changed" in import_directory({"people": [{"key": "ann-lee", "name": "Ann Lee-Day"}]})
    ann = Person.objects.get(slug="ann-lee")
    assert (ann.name, ann.role) == ("Ann Lee-Day", "chief")


def test_csv_of_a_kind(import_directory):
    rows = "key,name,aliases,role,team\nann-lee,Ann Lee,Ann; Annie,chief,Finance\n,Sue Day,,,\n"
    assert "2 added" in import_directory(rows, name="people.csv")
    assert list(Person.objects.get(slug="ann-lee").aliases.values_list("name", flat=True)) == ["Ann", "Annie"]
    assert Person.objects.get(slug="sue-day")
    assert import_directory(rows, "--kind", "people", name="list.csv") == "Nothing changed.\n"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.json", "{", "is not JSON"),
        ("a.json", "[]", "should hold one object"),
        ("a.json", '{"people": {}}', "should hold one object"),
        ("list.csv", "name\nAnn", "does not say what it lists"),
        ("people.csv", "key\nann", "has no column “name”"),
    ],
)
def test_what_is_no_directory_is_refused(import_directory, name, content, sentence):
    with pytest.raises(CommandError, match=sentence):
        import_directory(content, name=name)


def test_wrong_items_are_left_out_with_a_sentence(import_directory):
    said = import_directory(
        {
            "people": [
                {"key": "x"},
                "Ann",
                {"key": "b", "name": "B", "kind": "wizard", "started_on": "soon"},
                {"key": "c", "name": "C" * 200},
                {"key": "d", "name": "D", "email": "no address"},
            ],
            "wizards": [],
        }
    )
    assert "has no name; left out" in said
    assert "“wizard” is no category that is known" in said
    assert "“soon” is no date" in said
    assert "“wizards” is no kind of entry" in said
    assert list(Person.objects.values_list("name", flat=True)) == ["B"]


def test_circle_of_teams_is_refused(import_directory):
    teams = {"teams": [{"key": "a", "name": "A", "part_of": "b"}, {"key": "b", "name": "B", "part_of": "a"}]}
    assert "cannot be part of itself" in import_directory(teams)
    assert import_directory(teams).endswith("Nothing changed.\n")


def test_values_of_the_wrong_shape_are_left_out(import_directory):
    said = import_directory(
        {
            "people": [
                {"key": "a", "name": "A", "role": ["x"], "aliases": [None, {"a": 1}, "Al", "x" * 200]},
                {"key": "a", "name": "Again"},
            ],
            "projects": [{"key": "p", "name": "P", "members": "A; nobody", "links": [{"url": "javascript:x"}, 5]}],
        }
    )
    assert "“role” should be words" in said
    assert "listed twice" in said
    assert "There is no person “nobody”" in said
    assert list(Person.objects.get().aliases.values_list("name", flat=True)) == ["Al"]
    assert Member.objects.get().person.name == "A"


def test_name_said_twice_in_json_is_refused(import_directory):
    with pytest.raises(CommandError, match="“people” is said twice"):
        import_directory('{"people": [], "people": []}')


def test_spreadsheets_of_other_countries_are_read(import_directory):
    assert "1 added" in import_directory("Key;Name;Aliases\nann;Ann Lee;\n", name="people.csv")


def test_renamed_entry_is_found_by_its_former_key(import_directory):
    import_directory(DIRECTORY)
    ann = Person.objects.get(slug="ann-lee")
    ann.slug = "annie"
    ann.save()
    assert import_directory(DIRECTORY) == "Nothing changed.\n"


def test_members_bring_the_days_of_their_part(db):
    member = {"person": "Ann Lee", "role": "Surveys", "started_on": "2019-06-10", "ended_on": "2019-09-02"}
    wrong = {"person": "Bob Day", "ended_on": "in autumn"}
    people = [{"name": "Ann Lee"}, {"name": "Bob Day"}]
    report = bring_in({"people": people, "projects": [{"name": "Library wifi", "members": [member, wrong]}]})
    [kept] = Member.objects.all()
    assert (kept.started_on.isoformat(), kept.ended_on.isoformat()) == ("2019-06-10", "2019-09-02")
    assert any("Bob Day" in doubt and "date" in doubt for doubt in report.doubts)
