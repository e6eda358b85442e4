"""Rows of any model as they are written down: by what they point at, and whole, to be put back one day."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.text import capfirst

HEAVY = ("body", "html", "vanished_anchors")  # what no list of texts needs
MOST_AT_ONCE = 5000  # keys in one query: SQLite takes no more than 32,766

# What a page says of rows that point at something, where their related name alone would not say it: one, and several.
WORDS = {
    "mentions": ("passage that names it", "passages that name it"),
    "passages_written": ("passage written", "passages written"),
    "meetings_chaired": ("meeting chaired", "meetings chaired"),
    "leads": ("project led", "projects led"),
    "chosen_by": ("name settled as this", "names settled as this"),
    "name_choices": ("name settled", "names settled"),
    "memberships": ("part in a project", "parts in projects"),
    "attendances": ("meeting attended, or apologies sent", "meetings attended, or apologies sent"),
    "coauthor_set": ("note written with others", "notes written with others"),
    "aliases": ("other name", "other names"),
    "former_slugs": ("former address", "former addresses"),
    "tagged_notes": ("note with this tag", "notes with this tag"),
    "tagged_passages": ("passage with this hashtag", "passages with this hashtag"),
    "tagged_projects": ("project with this tag", "projects with this tag"),
}


def as_key(said):
    """Return the primary key that a form or an address says, or 0 for anything else: no row has that.

    SQLite takes none above 2**63, and Python reads no more than 4,300 digits.
    """
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 19 else 0


@dataclass(frozen=True)
class Pointer:
    """A field of some model that points at the rows of another."""

    model: type
    field: models.ForeignKey

    @property
    def name(self):
        return self.field.name

    @property
    def accessor(self):
        return self.field.remote_field.get_accessor_name() or f"{self.model._meta.model_name}.{self.name}"

    def at(self, obj):
        """Return the rows that point at an object."""
        return self.model._base_manager.filter(**{self.name: obj.pk})

    def words(self, count=2):
        """Return what several of these rows are called; or one."""
        one, several = WORDS.get(self.accessor, ("", ""))
        meta, related_name = self.model._meta, self.field.remote_field.related_name
        one = one or str(meta.verbose_name)
        several = several or (related_name.replace("_", " ") if related_name else str(meta.verbose_name_plural))
        return one if count == 1 else several

    def __str__(self):
        return capfirst(self.words())


def pointers_at(model):
    """Return every Pointer at the rows of a model, whichever floor it is from; those of one related name in a row."""
    found = [
        Pointer(relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.one_to_one) and relation.auto_created and not relation.concrete
    ]
    return [one for one in found if not one.field.remote_field.parent_link]


def has_dependents(model):
    """Whether other rows may hang on a row of this model, and would be lost with it."""
    return bool(pointers_at(model))


def twins(pointer, gone, kept):
    """Return {row: the row that is the same}, as primary keys, of the rows that point at `gone` and could not also
    point at `kept`, as one with the same values does already: 1 query for each rule that says so."""
    found = {}
    for others, condition in uniques(pointer.model, pointer.name):
        same = pointer.at(kept).filter(condition, **{name: OuterRef(name) for name in others}).order_by()
        rows = pointer.at(gone).filter(condition).annotate(same_as=Subquery(same.values("pk")[:1]))
        found |= dict(rows.filter(same_as__isnull=False).order_by().values_list("pk", "same_as"))
    return found


def links_of(model):
    """Return the fields of a model that point at something, but what makes it one with its parents."""
    return [
        one.name
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and not getattr(one.remote_field, "parent_link", False)
    ]


def has_field(model, name):
    return any(one.name == name for one in model._meta.concrete_fields)


def with_words(rows):
    """Load what the words of rows are made of: no query more."""
    links = {name: rows.model._meta.get_field(name).related_model for name in links_of(rows.model)}
    beyond = [f"{name}__{further}" for name, other in links.items() for further in links_of(other)]
    heavy = [name for name in HEAVY if has_field(rows.model, name)]
    heavy += [f"{name}__{one}" for name, other in links.items() for one in HEAVY if has_field(other, one)]
    return rows.select_related(*links, *beyond).defer(*heavy)


def words_of(row, obj):
    """Return what a row is that points at an object; where it says no more than that, what else it points at."""
    others = [getattr(row, name) for name in links_of(type(row)) if str(row) == str(obj)]
    return ", ".join(str(other) for other in others if other and str(other) != str(obj)) or str(row)


def uniques(model, name):
    """Yield (the other fields, a condition) of each rule that makes rows of a model unique by a field and others."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            yield [field for field in constraint.fields if field != name], constraint.condition or Q()
    for fields in model._meta.unique_together:
        if name in fields:
            yield [field for field in fields if field != name], Q()
    if model._meta.get_field(name).unique:
        yield [], Q()
    if name in getattr(model, "LISTED_ONCE", ()):
        yield [field for field in model.LISTED_ONCE if field != name], Q()


def plain(obj, field):
    """Return the value of a field as JSON has it."""
    value = field.value_from_object(obj)
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return field.value_to_string(obj)


def written(obj, model=None):
    """Return a row as it is written down; of what has a row in several tables, the one in the table of `model`."""
    meta = (model or type(obj))._meta
    fields = {field.attname: plain(obj, field) for field in meta.local_concrete_fields}
    return {"model": meta.label_lower, "pk": obj.pk, "fields": fields}


def rows_of(obj):
    """Return all rows that an object is, written down, in the order in which they can be put back."""
    return [written(obj, model) for model in [*reversed(obj._meta.get_parent_list()), type(obj)]]


def read(row):
    """Return a row that was written down, as an object that is not stored."""
    model = apps.get_model(row["model"])
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in row["fields"].items() if name in fields})


def fill(obj, values):
    """Set the fields of an object to values as JSON has them."""
    for name, value in values.items():
        one = obj._meta.get_field(name)
        setattr(obj, one.attname, one.to_python(value))


def change(rows, keys, change_one):
    """Change the rows with some keys; return what changed, as it is logged. 1 query to read them, 1 to write."""
    found = rows.in_bulk(list(keys))
    logged, names = [], set()
    for row in found.values():
        before = {one: plain(row, one) for one in row._meta.concrete_fields}
        change_one(row)
        after = {one.name: [value, plain(row, one)] for one, value in before.items() if plain(row, one) != value}
        if after:
            logged.append([row._meta.label_lower, row.pk, after])
            names |= after.keys()
    if names:
        rows.bulk_update([found[key] for _, key, _ in logged], sorted(names))
    return logged


def in_parts(keys):
    return [keys[start : start + MOST_AT_ONCE] for start in range(0, len(keys), MOST_AT_ONCE)]


def put_back(rows):
    """Store rows of one model again under the keys they had; but none whose place was taken, or which points at what
    is no longer there. Return them. 1 query, and 1 for each field that points at something."""
    objects = [read(row) for row in rows]
    model = type(objects[0])
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.ForeignKey):
            objects = with_target(objects, field)
    return model._base_manager.bulk_create(objects, ignore_conflicts=True, batch_size=MOST_AT_ONCE // 10)


def with_target(objects, field):
    """Return the objects whose field points at a row that is there, or nowhere."""
    there = still_there(field, {getattr(one, field.attname) for one in objects})
    for one in objects:
        if field.null and getattr(one, field.attname) not in there:
            setattr(one, field.attname, None)
    return [one for one in objects if getattr(one, field.attname) in there]


def still_there(field, keys):
    """Return those of the keys at which a field may still point, and None."""
    target = field.remote_field
    found = {None}
    keys = sorted(keys - found)
    for start in range(0, len(keys), MOST_AT_ONCE):
        some = {f"{target.field_name}__in": keys[start : start + MOST_AT_ONCE]}
        found.update(target.model._base_manager.filter(**some).values_list(target.field_name, flat=True))
    return found
