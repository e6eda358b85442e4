"""Bring in a directory: people, teams, organisations, projects and series of meetings, from JSON or CSV."""

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction

from notes.markdown import clean
from notes.models import MeetingSeries
from people.models import Alias, Entry, FormerSlug, Organisation, Person, Team
from projects.models import Link, Member, Partnership, Project

MODELS = {
    "organisations": Organisation,
    "teams": Team,
    "people": Person,
    "projects": Project,
    "meeting_series": MeetingSeries,
}
DAYS = ("started_on", "ended_on")  # of a member
LISTS = {"aliases", "members", "partners", "links", "tags", "targets"}
FIELDS = {  # of a model, by what they are called in a file
    "name": "name",
    "kind": "category",
    "category": "category",
    "about": "about",
    "role": "role",
    "preferred_name": "preferred_name",
    "email": "email",
    "telephone": "telephone",
    "started_on": "started_on",
    "left_on": "left_on",
    "aim": "aim",
    "phase": "phase",
    "state": "state",
}


class Unreadable(Exception):
    """A file that is no directory, and the sentence that says why."""


@dataclass
class Report:
    """How many entries are `created` and `changed`, and the `doubts` to look at."""

    created: int = 0
    changed: int = 0
    same: int = 0
    doubts: list = field(default_factory=list)

    def __str__(self):
        if not self.created and not self.changed:
            return "Nothing changed."
        return f"{self.created} added, {self.changed} changed, {self.same} as they were."


def read(name, content, kind=""):
    """Return {kind: list of dictionaries} of a file's bytes: JSON with a list for each kind, or CSV of one kind."""
    try:
        text = clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        text = clean(content.decode("cp1252", errors="replace"))  # what a spreadsheet on Windows writes
    if not name.lower().endswith(".csv"):
        return from_json(name, text)
    kind = kind or next((known for known in MODELS if known in name.lower().replace("-", "_")), "")
    if not kind:
        raise Unreadable(f"{name} does not say what it lists: add --kind with one of {', '.join(MODELS)}.")
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    columns = [column.strip().lower().replace(" ", "_") for column in rows.fieldnames or ()]
    if "name" not in columns:
        raise Unreadable(f"{name} has no column “name” in its first line.")
    rows.fieldnames = columns
    return {kind: [{key: value for key, value in row.items() if key and value} for row in rows]}


def from_json(name, text):
    try:
        data = json.loads(text, object_pairs_hook=without_doubles)
    except ValueError as error:
        raise Unreadable(f"{name} is not JSON: {error}.") from error
    if not isinstance(data, dict) or not all(isinstance(items, list) for items in data.values()):
        raise Unreadable(f"{name} should hold one object with a list for each of {', '.join(MODELS)}.")
    return data


def without_doubles(pairs):
    """Return the object of these pairs; JSON would let the last of two silently win."""
    if doubles := [key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number])]:
        raise ValueError(f"“{doubles[0]}” is said twice in one object")
    return {key: clean(value) if isinstance(value, str) else value for key, value in pairs}


def bring_in(data, *, is_dry_run=False):
    """Add and update the entries of a directory in one transaction; return the report.

    What a file does not say stays as it is, and nothing is taken away. Running it again changes nothing.
    """
    report = Report()
    report.doubts += [f"“{kind}” is no kind of entry; left out." for kind in data if kind not in MODELS]
    with transaction.atomic():
        done = {}
        for kind, model in MODELS.items():
            for said in data.get(kind, ()):
                item = tidy(said, report) if isinstance(said, dict) else {}
                if entry := bring_in_one(model, item, report, done):
                    done[entry.pk] = entry, item
        for entry, item in done.values():
            count(entry, report, is_connected=connect(entry, item, report))
        transaction.set_rollback(is_dry_run)
    return report


def tidy(item, report):
    """Return an item with words where words belong; what is neither words nor a list of them is left out."""
    kept = {}
    for key, value in item.items():
        if key in LISTS:
            kept[key] = value if isinstance(value, list) else listed(value)
        elif value is None or isinstance(value, str | int | float):
            kept[key] = "" if value is None else str(value).strip()
        else:
            report.doubts.append(f"{item.get('name')}: “{key}” should be words; left out.")
    return kept


def count(entry, report, *, is_connected):
    if entry.is_new:
        report.created += 1
    elif entry.is_changed or is_connected:
        report.changed += 1
    else:
        report.same += 1


def bring_in_one(model, item, report, done):
    """Add or update one entry with its aliases; return it, marked `is_new` and `is_changed`, or None if refused.

    `done` are those that this file brought in before, by primary key.
    """
    name = item.get("name", "")
    if not name:
        report.doubts.append(f"One of the {model._meta.verbose_name_plural} has no name; left out.")
        return None
    entry = find(model, item, name) or model(slug=item.get("key", ""))
    if entry.pk in done:
        report.doubts.append(f"{name}: listed twice; left out the second time.")
        return None
    entry.is_new = entry.pk is None
    entry.is_changed = entry.is_new
    for key, attribute in FIELDS.items():
        if key in item and hasattr(entry, attribute):
            set_value(entry, attribute, item[key], report)
    try:
        entry.full_clean()
    except ValidationError as error:
        report.doubts.append(f"{name}: left out. {' '.join(error.messages)}")
        return None
    if entry.is_changed:
        entry.save()
    known = {entry.name, *entry.aliases.values_list("name", flat=True)}
    for alias in dict.fromkeys(listed(item.get("aliases"))):
        if alias not in known and not (" " in alias and alias.lower() == entry.name.lower()):
            entry.is_changed |= kept(Alias(entry=entry, name=alias), report)
    return entry


def kept(row, report):
    """Save a row if it is right; return whether it was, and say what is wrong."""
    try:
        row.full_clean()
    except ValidationError as error:
        report.doubts.append(f"{str(row)[:60]}: left out. {' '.join(error.messages)}")
        return False
    row.save()
    return True


def find(model, item, name):
    """Return the entry that an item means: by its key, also a former one; without a key by its name."""
    if key := item.get("key"):
        former = FormerSlug.objects.filter(kind=model.KIND, slug=key).values("entry")
        return model.objects.filter(slug=key).first() or model.objects.filter(pk__in=former).first()
    called = model.objects.called(name)[:2]
    return called[0] if len(called) == 1 else None


def set_value(entry, attribute, value, report):
    """Set an attribute if its value is new and one of its choices."""
    model_field = entry._meta.get_field(attribute)
    if model_field.choices and value not in dict(model_field.choices):
        if value:
            report.doubts.append(f"{entry.name}: “{value}” is no {attribute} that is known; left out.")
        return
    if isinstance(model_field, models.DateField):
        try:
            value = date.fromisoformat(str(value)) if value else None
        except ValueError:
            report.doubts.append(f"{entry.name}: “{value}” is no date such as 2019-06-10; left out.")
            return
    if getattr(entry, attribute) != value:
        setattr(entry, attribute, value)
        entry.is_changed = True


def listed(value):
    """Return a list of words: from a list, or from one cell with semicolons in it."""
    parts = value if isinstance(value, list) else str(value or "").split(";")
    return [" ".join(clean(part).split()) for part in parts if isinstance(part, str) and part.strip()]


def connect(entry, item, report):
    """Attach what an entry names to the entries of those names; return whether anything was new."""
    return CONNECT[type(entry)](entry, item, report) if type(entry) in CONNECT else False


def connect_team(team, item, report):
    return attach(team, "part_of", one(Team, item.get("part_of") or item.get("parent"), report), report)


def connect_person(person, item, report):
    """Attach to the team and organisation of that name, or to the project: LOTI may be either. Else keep the words.

    Never makes an entry: a second "LOTI" would make both of them ambiguous.
    """
    is_new, words = False, []
    for said in dict.fromkeys(filter(None, (item.get("organisation"), item.get("team")))):
        found = {entry.kind: entry for entry in Entry.objects.called(str(said))}
        if Entry.Kind.TEAM in found:
            is_new |= attach(person, "team", Team.objects.get(pk=found[Entry.Kind.TEAM].pk), report)
        elif Entry.Kind.ORGANISATION in found:
            organisation = Organisation.objects.get(pk=found[Entry.Kind.ORGANISATION].pk)
            is_new |= attach(person, "organisation", organisation, report)
        elif Entry.Kind.PROJECT in found:
            is_new |= Member.objects.get_or_create(project_id=found[Entry.Kind.PROJECT].pk, person=person)[1]
        else:
            words.append(str(said))
    return attach(person, "place", ", ".join(words), report) | is_new if words else is_new


def connect_project(project, item, report):
    is_new = attach(project, "part_of", one(Project, item.get("part_of"), report), report)
    is_new |= attach(project, "lead", one(Person, item.get("lead"), report), report)
    for said in item.get("members") or ():
        member = said if isinstance(said, dict) else {"person": said}
        person = one(Person, member.get("person"), report)
        if person and not project.members.filter(person=person).exists():
            role, days = str(member.get("role") or ""), {day: member.get(day) or None for day in DAYS}
            is_new |= kept(Member(project=project, person=person, role=role, **days), report)
    for said in listed(item.get("partners")):
        if organisation := one(Organisation, said, report):
            is_new |= Partnership.objects.get_or_create(project=project, organisation=organisation)[1]
    for link in item.get("links") or ():
        said = link if isinstance(link, dict) else {"url": link}
        url, title = str(said.get("url") or ""), str(said.get("title") or said.get("url") or "")
        if url and not project.links.filter(url=url).exists():
            is_new |= kept(Link(project=project, url=url, title=title[:120]), report)
    before = set(project.tags.names())
    project.tags.add(*(tag[:100] for tag in listed(item.get("tags"))))
    return is_new or before != set(project.tags.names())


CONNECT = {Team: connect_team, Person: connect_person, Project: connect_project}


def one(model, said, report):
    """Return the entry of a model that is called so, or None."""
    if not said:
        return None
    found = model.objects.called(str(said))[:2]
    if len(found) != 1:
        what = model._meta.verbose_name
        report.doubts.append(f"There is {'more than one' if found else 'no'} {what} “{said}”; left open.")
        return None
    return found[0]


def attach(entry, attribute, value, report):
    """Set an attribute and save it, if there is a value, new and right; return whether it was."""
    before = getattr(entry, attribute)
    if value is None or before == value:
        return False
    setattr(entry, attribute, value)
    if kept(entry, report):
        return True
    setattr(entry, attribute, before)
    return False
