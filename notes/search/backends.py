"""The two full-text indexes behind one condition. Only this module knows how they differ.

SQLite has an FTS5 table beside `SearchText`, which triggers keep. (A migration that alters the table of `SearchText`
makes it anew without them: it has to call `install` again.) PostgreSQL has two generated columns with an index each.
"""

from dataclasses import dataclass, replace

from django.db import DatabaseError, connection
from django.db.models import BooleanField, F, Func

TABLE, INDEX = "notes_searchtext", "notes_searchindex"
MANY = 50  # words, more than anybody asks for

SQLITE = [
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5"
    f"(title, body, content='{TABLE}', content_rowid='text_id', tokenize='ascii')",
    f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN"
    f" INSERT INTO {INDEX}(rowid, title, body) VALUES (new.text_id, new.title, new.body); END",
    f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, title, body) VALUES ('delete', old.text_id, old.title, old.body); END",
    f"CREATE TRIGGER {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, title, body) VALUES ('delete', old.text_id, old.title, old.body);"
    f" INSERT INTO {INDEX}(rowid, title, body) VALUES (new.text_id, new.title, new.body); END",
    f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",
]
# A column for titles alone, as an index does not keep the weights that would tell them. Without statistics of the
# columns, PostgreSQL never thinks that reading all of them is quicker than the index: it does not count the time to
# unpack them.
POSTGRESQL = [
    f"ALTER TABLE {TABLE}"
    " ADD COLUMN in_title tsvector GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED,"
    " ADD COLUMN in_text tsvector GENERATED ALWAYS AS (to_tsvector('simple', title || body)) STORED",
    f"ALTER TABLE {TABLE} ALTER COLUMN in_title SET STATISTICS 0, ALTER COLUMN in_text SET STATISTICS 0",
    f"CREATE INDEX {INDEX}_title ON {TABLE} USING gin (in_title) WITH (fastupdate = off)",
    f"CREATE INDEX {INDEX}_text ON {TABLE} USING gin (in_text) WITH (fastupdate = off)",
]
SQLITE_AWAY = [f"DROP TRIGGER {INDEX}_{event}" for event in ("insert", "delete", "update")] + [f"DROP TABLE {INDEX}"]
POSTGRESQL_AWAY = [f"ALTER TABLE {TABLE} DROP COLUMN in_title, DROP COLUMN in_text"]


def install(apps, schema_editor):
    """Make the index, as a migration's step."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, None)


def uninstall(apps, schema_editor):
    for statement in POSTGRESQL_AWAY if schema_editor.connection.vendor == "postgresql" else SQLITE_AWAY:
        schema_editor.execute(statement, None)


@dataclass(frozen=True)
class Match:
    """What to look for: of each group one of its phrases. A phrase is a tuple of stems."""

    groups: tuple
    is_in_title: bool = False
    is_begun: bool = False  # the last stem may be the beginning of one

    def in_title(self):
        return replace(self, is_in_title=True)

    @property
    def is_of_many_words(self):
        """Whether any of very many words will do, as of those that may be meant."""
        return (
            len(self.groups) == 1
            and len(self.groups[0]) > MANY
            and all(len(phrase) == 1 for phrase in self.groups[0])
        )

    def phrases(self):
        """Yield [(phrase, whether its last stem is only begun)] of each group."""
        for number, group in enumerate(self.groups, 1):
            yield [(phrase, self.is_begun and number == len(self.groups)) for phrase in group]

    def for_sqlite(self):
        groups = [
            " OR ".join(f'"{" ".join(phrase)}"{"*" * is_begun}' for phrase, is_begun in group)
            for group in self.phrases()
        ]
        asked = " AND ".join(f"({group})" for group in groups)
        return f"{{title}} : ({asked})" if self.is_in_title else asked

    def for_postgresql(self):
        return " & ".join(
            f"({' | '.join(all_of(phrase, is_begun) for phrase, is_begun in group)})" for group in self.phrases()
        )


def all_of(phrase, is_begun):
    return f"({' & '.join(phrase)}{':*' * is_begun})"


class Matches(Func):
    """The condition that a text is found by its words: `Text.objects.filter(Matches(match))`.

    `path` is the path to the primary key of the text.
    """

    output_field = BooleanField()

    def __init__(self, match, path="pk"):
        super().__init__(F(path) if isinstance(path, str) else path)
        self.match, self.is_of_texts = match, path == "pk"

    def as_sqlite(self, compiler, connection):
        """The plus keeps SQLite from looking texts up one by one: a list goes by day, and stops when it is full."""
        path, params = compiler.compile(self.source_expressions[0])
        path = f"+{path}" if self.is_of_texts else path
        sql = f"{path} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)"
        return sql, [*params, self.match.for_sqlite()]

    def as_postgresql(self, compiler, connection):
        """Find all words by the index, then see that those of a phrase stand together.

        The index alone would not do: it knows at most 255 places of a word in a text. OFFSET 0 lets it be asked once,
        and not once for each text of a list by day. Of very many words each is asked for alone: PostgreSQL thinks
        that nearly every text has one of them, and would read all.
        """
        path, params = compiler.compile(self.source_expressions[0])
        column = "in_title" if self.match.is_in_title else "in_text"
        if self.match.is_of_many_words:
            words = [phrase[0] for group in self.match.groups for phrase in group]
            one = f"SELECT text_id FROM unnest(%s::text[]) AS stem JOIN {TABLE} ON {column} @@ stem::tsquery"
            return f"{path} IN ({one} OFFSET 0)", [*params, words]
        together, lines = [], []
        for group in self.match.phrases():
            if any(len(phrase) > 1 for phrase, _ in group):
                some = [f"% {' '.join(phrase)}{'' if is_begun else ' '}%" for phrase, is_begun in group]
                columns = ["title"] if self.match.is_in_title else ["title", "body"]
                together.append(" OR ".join(f"{name} LIKE %s" for name in columns for _ in some))
                lines += some * len(columns)
        also = "".join(f" AND ({one})" for one in together)
        sql = f"{path} IN (SELECT text_id FROM {TABLE} WHERE {column} @@ %s::tsquery{also} OFFSET 0)"
        return sql, [*params, self.match.for_postgresql(), *lines]


def write_stems(table, rows):
    """Write (primary key, stems) rows into a table: ten times as fast as the ORM's one long statement."""
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET stems = %s WHERE id = %s", [(stems, pk) for pk, stems in rows])


def rebuild():
    """Make the index of what `SearchText` holds anew. PostgreSQL does it by writing its indexes again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"REINDEX TABLE {TABLE}")
        else:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def is_sound():
    """Whether the index holds what `SearchText` does."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT count(*) FROM {TABLE} WHERE in_title <> to_tsvector('simple', title)"
                " OR in_text <> to_tsvector('simple', title || body)"
            )
            return cursor.fetchone() == (0,)
        try:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            return False
    return True
