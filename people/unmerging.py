"""What became one is two again: the way back of people.merging, by what was written down."""

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from people.merging import Refused
from people.models import DirectoryVersion, Entry, Merge
from people.rows import fill, in_parts, plain, put_back, read, still_there


def what_forbids_undoing(merge):
    """Return a sentence for each thing that forbids undoing a merge: 3 queries."""
    if merge.undone_at:
        return ["It was undone already."]
    if "gone" not in merge.moved:
        return ["It can no longer be undone: what was written down of it was hidden or deleted since."]
    model = apps.get_model(merge.moved["gone"][-1]["model"])
    if not model._base_manager.filter(pk=merge.kept).exists():
        later = Merge.objects.filter(kind=merge.kind, gone=merge.kept, undone_at=None).first()
        return [f"Undo first that {later}." if later else f"{merge.kept_name} is no longer there."]
    first = read(merge.moved["gone"][0])
    taken = Q(pk=merge.gone)
    for one in type(first)._meta.concrete_fields:
        taken |= Q(**{one.name: getattr(first, one.attname)}) if one.unique else Q()
    if hasattr(first, "kind"):
        taken |= Q(kind=first.kind, slug=first.slug)
    other = type(first)._base_manager.filter(taken).first()
    return [f"{other} has the name or address that {merge.gone_name} had: rename it first."] if other else []


def undo(merge):
    """Let what became one be two again, with the keys they had; return (what was kept, what is there again).

    What moved goes back, unless it points elsewhere by now; what was taken over or changed is as it was, unless it
    was changed again. 1 transaction; the queries are as many whatever moves, up to 5,000 rows of a sort. What the
    texts name follows from them.
    """
    with transaction.atomic():
        DirectoryVersion.go_on()
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if problems := what_forbids_undoing(merge):
            raise Refused(problems)
        log = merge.moved
        model = apps.get_model(log["gone"][-1]["model"])
        kept = model._base_manager.select_for_update().get(pk=merge.kept)
        take_away(log["added"], merge)
        change_back(model, {kept.pk: log["filled"]})
        try:
            with transaction.atomic():
                for row in log["gone"]:
                    bring_back(row)
                for label in dict.fromkeys(row["model"] for row in log["dropped"]):
                    put_back([row for row in log["dropped"] if row["model"] == label])
                move_back(log["rows"], merge)
                for label in dict.fromkeys(label for label, _, _ in log["changed"]):
                    change_back(apps.get_model(label), {key: to for of, key, to in log["changed"] if of == label})
        except IntegrityError as error:
            raise Refused(["What moved was changed since, so that it does not fit where it was."]) from error
        merge.undone_at = timezone.now()
        merge.save(update_fields=["undone_at"])
        return kept, model._base_manager.get(pk=merge.gone)


def take_away(rows, merge):
    """Delete the rows that a merge made, unless somebody changed them."""
    for row in rows:
        obj = read(row)
        there = {one.attname: getattr(obj, one.attname) for one in obj._meta.concrete_fields if not is_moment(one)}
        type(obj)._base_manager.filter(**there).delete()


def is_moment(one):
    return isinstance(one, models.DateTimeField)


def change_back(model, changes):
    """Give the fields of rows the values they had, where they still have those they got: 2 queries.

    `changes` is {key: {field: [before, after]}}. What else saving the rows would do was done before.
    """
    rows = model._base_manager.in_bulk(list(changes))
    names = set()
    for key, row in rows.items():
        still = {name: plain(row, model._meta.get_field(name)) == after for name, (_, after) in changes[key].items()}
        fill(row, {name: changes[key][name][0] for name, is_so in still.items() if is_so})
        names |= {name for name, is_so in still.items() if is_so}
    if names:
        model._base_manager.bulk_update(rows.values(), sorted(names))


def bring_back(row):
    """Store one row of what went; where it pointed at what is no longer there, at what that went into, or nowhere."""
    obj = read(row)
    for one in obj._meta.local_concrete_fields:
        key = getattr(obj, one.attname)
        if one.null and one.remote_field and key not in still_there(one, {key}):
            setattr(obj, one.attname, where_it_went(one, key))
    obj.save_base(raw=True, force_insert=True)


def where_it_went(one, key):
    """Return the key of what another merge made of the row at which a field pointed, or None."""
    if not issubclass(one.related_model, Entry):
        return None
    later = Merge.objects.filter(gone=key, undone_at=None).exclude(kind=Merge.TAG).first()
    return later and (later.kept if later.kept in still_there(one, {later.kept}) else where_it_went(one, later.kept))


def move_back(rows, merge):
    for label, fields in rows.items():
        for name, keys in fields.items():
            for some in in_parts(keys):
                still = {name: merge.kept, "pk__in": some}
                apps.get_model(label)._base_manager.filter(**still).update(**{name: merge.gone})
