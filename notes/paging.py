"""Pages of a long list by key: the five-hundredth costs what the first one costs."""

import json

from django.core.exceptions import ValidationError
from django.db.models import Q

from notes.markdown import clean


class Page:
    """Some of a queryset's rows, after the one that a token names. It is a list with the token of the next page."""

    def __init__(self, queryset, token, *, by, size):
        """Take `by`, the unique order as field names with a minus for falling, and the token from the address."""
        rows = list(after(queryset.order_by(*by), token, by)[: size + 1])
        self.fill(rows, by=by, size=size, is_first=not token)

    @classmethod
    def of(cls, rows, **values):
        """Return a page of rows that were read already, one more than its size if there are more."""
        page = cls.__new__(cls)
        page.fill(rows, **values)
        return page

    def fill(self, rows, *, by, size, is_first):
        self.rows = rows[:size]
        self.next = token_of(self.rows[-1], by) if len(rows) > size else ""
        self.is_first = is_first

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


class Ranked:
    """Some of a list of primary keys whose order no database knows, by the number of the page."""

    def __init__(self, pks, number, *, size):
        """Take the number as the address says it; the first page is asked for by what is no number of a page."""
        number = int(number) if (number or "").isascii() and (number or "").isdigit() and len(number) < 4 else 1
        self.number = min(max(number, 1), max(1, -(-len(pks) // size)))
        self.pks = pks[(self.number - 1) * size : self.number * size]
        self.previous = self.number - 1
        self.next = self.number + 1 if self.number * size < len(pks) else 0
        self.rows = []

    def load(self, queryset):
        """Read the rows of this page, in their order."""
        found = queryset.in_bulk(self.pks)
        self.rows = [found[pk] for pk in self.pks if pk in found]

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def name_of(field):
    return field.removeprefix("-")


def token_of(row, by):
    """Return the key of a row, as ["2019-06-10",17,3]."""
    return json.dumps([getattr(row, name_of(field)) for field in by], default=str, separators=(",", ":"))


def after(queryset, token, by):
    """Return the rows that come after a token's; all of them when it is none of ours."""
    later, equal = Q(), Q()
    for field, value in zip(by, values_of(queryset, token, by), strict=False):
        comparison = "lt" if field.startswith("-") else "gt"
        later |= equal & Q(**{f"{name_of(field)}__{comparison}": value})
        equal &= Q(**{name_of(field): value})
    return queryset.filter(later)


def values_of(queryset, token, by):
    """Return the values in a token, each as its field holds it; none when it is not ours."""
    try:
        values = json.loads(token)
        if len(values) != len(by) or not all(is_plain(value) for value in values):
            return []
        return [field_of(queryset, field).to_python(value) for field, value in zip(by, values, strict=True)]
    except (ValueError, TypeError, OverflowError, ValidationError, RecursionError):
        return []


def is_plain(value):
    """Whether a database can compare a value: clean words, or a whole number of its size."""
    return clean(value) == value if isinstance(value, str) else isinstance(value, int) and abs(value) < 2**63


def field_of(queryset, field):
    """Return the field, of the model or annotated, that holds a part of the key."""
    name, meta = name_of(field), queryset.model._meta
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    return meta.pk if name == "pk" else meta.get_field(name)
