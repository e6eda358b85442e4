"""Rules the database keeps for several models, worded for the person who breaks them."""

from django.db import models
from django.db.models import F, Q


class IsMonday(models.Func):
    """Whether a date is a Monday.

    Django's own `week__iso_week_day=1` stores a function of Django's in SQLite's schema, which then cannot be
    dumped or checked by anything but Django. This one uses what each database brings.
    """

    output_field = models.BooleanField()
    arity = 1

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="strftime('%%%%w', %(expressions)s) = '1'", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="EXTRACT(ISODOW FROM %(expressions)s) = 1", **context)


def ends_after_it_starts(name, start, end, message):
    """Return the constraint that `end` is not before `start`, where both are known."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        violation_error_message=message,
    )
