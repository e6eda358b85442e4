"""Copy every row of a SQLite database to a PostgreSQL one, as they are: a corpus is then composed once."""

import sqlite3

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction


def copy_rows(path):
    """Empty every table of the site's database, which is PostgreSQL, and fill it with the rows of a file of SQLite.

    Both have the same migrations. Return how many rows there were.
    """
    source, rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True), 0
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        tables = ", ".join(quote(model._meta.db_table) for model in models if not model._meta.proxy)
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        for model in models:
            if not model._meta.proxy:
                rows += copy_table(source, cursor, model)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    source.close()
    return rows


def copy_table(source, cursor, model):
    """Copy the rows of one model's own table. PostgreSQL reads 1 as true, and days and JSON as they are written."""
    fields = [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(field.column) for field in fields)
    found = source.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of our own
    count = 0
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in found:
            copy.write_row(row)
            count += 1
    return count
