"""Two entries of the directory, or two tags, become one; and are two again.

Everything that points at the one that goes is found in the models themselves, on this floor and those above, and then
points at the one that is kept. What a model may say of its own rows, where that is not all:

    LISTED_ONCE      fields by which two rows are the same, where no constraint of the database says so
    join(other)      take over what `other`, the same row of the one that goes, says; without it that row is dropped
    BESIDE           {field: value} which makes room for a second row of its kind where only one may be
    NEEDLESS_BESIDE  the path to somebody beside whom the row says nothing: a co-author who is the author

A row on which others hang is never dropped: without BESIDE the merge is refused, and says why.

What was done is written down in Merge.moved, by every primary key:

    gone     [row]: what went, a row a table
    rows     {"notes.note": {"author": [key, ...]}}: what pointed at it, and now at the one that was kept
    dropped  [row]: what would have been there twice
    changed  [["notes.note", key, {"is_extra": [before, after]}]]: rows that were joined, or had to make room
    filled   {"role": [before, after]}: what the one that was kept had not, and took over
    added    [row]: its new other name and former address

A row is {"model": "people.alias", "pk": key, "fields": {column: value}}. `is_forgotten` instead of all that says that
a name in it was hidden, so that the merge can no longer be undone.
"""

from copy import copy
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from people.models import DirectoryVersion, FormerSlug, Merge, Person
from people.moves import Move
from people.rows import (
    change,
    fill,
    in_parts,
    plain,
    pointers_at,
    rows_of,
    twins,
    written,
)

NOT_TAKEN_OVER = {"kind", "name", "slug", "changed_at", "left_on"}  # empty, the last says that they are here
OF_CONTACT = {"photo", "email", "telephone"}


class Refused(Exception):
    """What is asked cannot be done: its sentences say why."""

    def __init__(self, sentences):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class Merging:
    """What merging `gone` into `kept`, two rows of one model, would do; and doing it."""

    kind = Merge.TAG
    former_slugs = None  # (the model of former addresses, its field, {field: value} of all of this kind)

    def __init__(self, kept, gone):
        self.kept, self.gone = kept, gone
        self.names = set()  # once it is done, by what texts said the one that went

    @cached_property
    def pointers(self):
        """Every field, on whichever floor, that points at rows such as these."""
        return pointers_at(type(self.gone))

    @cached_property
    def moves(self):
        """A Move for each Pointer: 1 query each, and 1 for each rule that rows be unique. They hold all keys."""
        moves = [self.move(pointer) for pointer in self.pointers]
        return [move for move in moves if move.keys or move.needless]

    def move(self, pointer):
        keys = list(pointer.at(self.gone).order_by("pk").values_list("pk", flat=True))
        move = Move(pointer, keys, twins(pointer, self.gone, self.kept) if keys else {})
        if beside := getattr(pointer.model, "NEEDLESS_BESIDE", None):
            crossed = Q(**{pointer.name: self.gone.pk, beside: self.kept.pk}) | Q(
                **{pointer.name: self.kept.pk, beside: self.gone.pk}
            )
            rows = pointer.model._base_manager.filter(crossed).exclude(pk__in=move.twins)
            move.needless = list(rows.values_list("pk", flat=True))
        return move

    @cached_property
    def problems(self):
        """Sentences that say why it cannot be done."""
        if type(self.kept) is not type(self.gone) or self.kept.pk == self.gone.pk:
            return ["Choose another of the same kind."]
        return [*self.both_have(), *self.rings(), *(self.refusal(move) for move in self.moves if move.is_refused)]

    def refusal(self, move):
        what = move.pointer.words()
        return (
            f"Both have the same among {what}: {move.said(move.twins)}. Change or delete one of each first, as "
            "nothing that was written may be lost."
        )

    def both_have(self):
        """Yield a sentence for each thing of which there can be one only, and both have it."""
        for one in self.kept._meta.concrete_fields:
            if isinstance(one, models.OneToOneField) and not one.remote_field.parent_link:
                values = [getattr(obj, one.name) for obj in (self.kept, self.gone)]
                if all(values):
                    yield (
                        f"Both have a {one.verbose_name}: {values[0]} and {values[1]}. One of them must lose it "
                        "first: an administrator can take it away."
                    )

    def rings(self):
        """Yield a sentence where the one that is kept is part of the one that goes: it would be part of itself."""
        for one in self.own_pointers():
            if self.gone.pk in above(self.kept, one):
                yield (
                    f"{self.kept} is {one.verbose_name} {self.gone}, and would be {one.verbose_name} itself. Change "
                    "that first, or merge the other way round."
                )

    def own_pointers(self):
        """Return the fields that point at rows of the same model, such as `part_of`."""
        return [
            one
            for one in self.kept._meta.concrete_fields
            if one.remote_field and one.related_model is type(self.kept)
        ]

    @cached_property
    def filled(self):
        """{field: [before, after]} of what the one that is kept has not, and takes over."""
        found = {}
        for one in self.kept._meta.concrete_fields:
            is_left = one.primary_key or one.name in NOT_TAKEN_OVER or isinstance(one, models.BooleanField)
            if is_left or (one.remote_field and getattr(one.remote_field, "parent_link", False)):
                continue
            before, after = plain(self.kept, one), plain(self.gone, one)
            if before in (None, "") and after not in (None, ""):
                found[one.name] = [before, after]
        for one in self.own_pointers():
            if one.name in found and self.kept.pk in above(self.gone, one):
                del found[one.name]
        return self.without_broken_rules(found)

    def without_broken_rules(self, filled):
        """Leave out the days where they would contradict those that are there."""
        merged = copy(self.kept)
        fill(merged, {name: after for name, (_, after) in filled.items()})
        try:
            for constraint in merged._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    constraint.validate(type(merged), merged)
        except ValidationError:
            dates = {one.name for one in merged._meta.concrete_fields if isinstance(one, models.DateField)}
            return {name: values for name, values in filled.items() if name not in dates}
        return filled

    def in_words(self):
        """Return what moves, in figures."""
        return [move.in_words() for move in self.moves if move.moved or move.joins]

    def do(self, by=None):
        """Merge them, in one transaction; return the Merge. Refused is raised, with nothing done, where it cannot be.

        About 80 queries for two people, however much points at them; and some more where more than 300 rows are
        joined or have to make room.
        """
        with transaction.atomic():
            DirectoryVersion.go_on()
            self.lock()
            if self.problems:
                raise Refused(self.problems)
            self.names = self.names_of_gone()
            log = {"gone": rows_of(self.gone), "rows": {}, "dropped": [], "changed": [], "filled": self.filled}
            for move in self.moves:
                self.carry_out(move, log)
            log["added"] = self.keep_names(log)
            gone = self.gone.pk
            self.gone.delete()
            self.gone.pk = gone  # for those who ask for it afterwards
            fill(self.kept, {name: after for name, (_, after) in self.filled.items()})
            self.kept.save()
            return Merge.objects.create(
                kind=self.kind,
                kept=self.kept.pk,
                kept_name=str(self.kept),
                gone=gone,
                gone_name=str(self.gone),
                made_by=by,
                moved=log,
            )

    def lock(self):
        """Let nobody else point at the two, or change them, until it is done; read them anew."""
        keys = [self.kept.pk, self.gone.pk]
        model = type(self.kept)
        for base in [*reversed(model._meta.get_parent_list()), model]:
            list(base._base_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        there = model._base_manager.in_bulk(keys)
        if len(there) < 2:
            raise Refused(["One of the two is no longer there."])
        self.kept, self.gone = there[self.kept.pk], there[self.gone.pk]
        for name in ("moves", "problems", "filled"):
            self.__dict__.pop(name, None)

    def carry_out(self, move, log):
        """Drop, join and make room, then move."""
        model, name = move.pointer.model, move.pointer.name
        rows = model._base_manager
        if move.room:
            log["changed"] += change(rows, move.twins, lambda row: fill(row, move.room))
        elif move.joins:
            others = rows.in_bulk(list(move.twins))
            by_kept = {kept: others[gone] for gone, kept in move.twins.items()}
            log["changed"] += change(rows, by_kept, lambda row: row.join(by_kept[row.pk]))
        for keys in in_parts(move.dropped):
            log["dropped"] += [written(row) for row in rows.filter(pk__in=keys).order_by("pk")]
            rows.filter(pk__in=keys).delete()
        if move.moved:
            log["rows"].setdefault(model._meta.label_lower, {})[name] = move.moved
            move.pointer.at(self.gone).update(**{name: self.kept.pk})

    def names_of_gone(self):
        return {self.gone.name, self.gone.slug}

    def keep_names(self, log):
        """Let the address of the one that goes lead to the one that is kept; return the rows this took."""
        model, name, of_kind = self.former_slugs
        former = model.objects.filter(slug=self.gone.slug, **of_kind).first()
        if former is None:
            return [written(model.objects.create(slug=self.gone.slug, **{f"{name}_id": self.kept.pk}, **of_kind))]
        log["changed"] += change(model.objects, [former.pk], lambda row: setattr(row, f"{name}_id", self.kept.pk))
        return []


class EntryMerging(Merging):
    """Of two entries: the name of the one that goes becomes another name of the one that is kept."""

    def __init__(self, kept, gone):
        super().__init__(kept, gone)
        self.kind = kept.kind
        self.former_slugs = FormerSlug, "entry", {"kind": kept.kind}

    @cached_property
    def filled(self):
        """As for others; and what an editor has looked at is checked, and what was for colleagues stays for them."""
        found = super().filled
        if self.kept.is_to_check and not self.gone.is_to_check:
            found["is_to_check"] = [True, False]
        takes_contact = isinstance(self.kept, Person) and OF_CONTACT & found.keys()
        if takes_contact and self.kept.contact_is_open and not self.gone.contact_is_open:
            found["contact_is_open"] = [True, False]
        return found

    def names_of_gone(self):
        return super().names_of_gone() | self.gone.names()

    def keep_names(self, log):
        added = super().keep_names(log)
        if self.gone.name == self.kept.name:
            return added
        alias, is_new = self.kept.aliases.get_or_create(name=self.gone.name)
        return [*added, written(alias)] if is_new else added


def above(obj, pointer):
    """Return the keys of everything that an object is part of, however far up: a query for each step."""
    found, key = [], getattr(obj, pointer.attname)
    while key and key not in found:
        found.append(key)
        key = type(obj)._base_manager.filter(pk=key).values_list(pointer.attname, flat=True).first()
    return found
