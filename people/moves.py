"""What a merge does with the rows that point, by one field, at the one that goes: they move, and some cannot."""

from dataclasses import dataclass, field
from functools import cached_property

from people.rows import Pointer, has_dependents, with_words, words_of

MOST_SAID = 5


@dataclass
class Move:
    """What a merge does with the rows of one Pointer."""

    pointer: Pointer
    keys: list  # of all that point at the one that goes
    twins: dict = field(default_factory=dict)  # {row: the same of the one that is kept}
    needless: list = field(default_factory=list)  # rows of both that would say nothing any more

    @cached_property
    def room(self):
        """The values that make room for a second row, or None."""
        return getattr(self.pointer.model, "BESIDE", None)

    @property
    def dropped(self):
        return [*([] if self.room else self.twins), *self.needless]

    @property
    def moved(self):
        dropped = set(self.dropped)
        return [key for key in self.keys if key not in dropped]

    @property
    def is_twofold(self):
        """Whether both have something of which one row goes, or has to make room."""
        return bool((self.twins and not self.joins) or self.needless) and not self.is_refused

    @property
    def is_refused(self):
        return bool(self.twins) and not self.room and has_dependents(self.pointer.model)

    def in_words(self):
        count = len(self.moved) + (len(self.twins) if self.joins else 0)
        both = f", {len(self.twins):,} of them with both" if self.joins and self.twins else ""
        return f"{count:,} {self.pointer.words(count)}{both}"

    @property
    def joins(self):
        """Whether twins become one row that says what both said."""
        return hasattr(self.pointer.model, "join")

    @cached_property
    def in_the_way(self):
        return self.said([*self.twins, *self.needless])

    def said(self, keys):
        """Return the first of some rows in words: 1 query."""
        rows = with_words(self.pointer.model._base_manager.filter(pk__in=list(keys)[:MOST_SAID]))
        more = f" and {len(keys) - MOST_SAID:,} more" if len(keys) > MOST_SAID else ""
        return ", ".join(f"“{words_of(row, getattr(row, self.pointer.name))}”" for row in rows) + more
