"""How far a target came, reading by reading: a line towards its goal, as it is drawn."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

WIDE, HIGH = 320, 180  # of the drawing, in its own units
LEFT, RIGHT, TOP, BOTTOM = 10, 310, 24, 146  # of the room for the line
DAYS_AT = 168  # the line that the words for days stand on
LETTER, SIZE = 7.4, 13  # how wide a letter is at most, and how high words are
LONGEST = 20  # letters of a label: the table says it in full
MOST = 60  # readings drawn: the newest
APART = 4  # at least, between words and a point


@dataclass
class Label:
    """Words in the drawing: `x` and `y` are where they start, or end, on their base line."""

    words: str
    x: float
    y: float
    ends: bool = False

    @property
    def box(self):
        """(left, top, right, bottom) of the room that the words take at most."""
        wide = LETTER * len(self.words)
        left = self.x - wide if self.ends else self.x
        return left, self.y - SIZE, left + wide, self.y + SIZE / 4


class Progress:
    """A target's readings as a line, with its goal and the day it is due. No query if `readings` are prefetched."""

    wide, high = WIDE, HIGH
    left, right, top, bottom, days_at = LEFT, RIGHT, TOP, BOTTOM, DAYS_AT

    def __init__(self, target):
        self.target = target
        self.readings = sorted(target.readings.all(), key=lambda reading: reading.read_on)[-MOST:]
        days = [reading.read_on for reading in self.readings]
        self.first = min(days, default=target.due_on)
        self.last = max([*days, *([target.due_on] if target.due_on else [])], default=None)
        values = [reading.value for reading in self.readings] + [target.goal]
        values += [] if target.lower_is_better else [0 * target.goal]  # what grows, grows from nothing
        self.lowest, self.highest = min(values), max(values)

    def __bool__(self):
        """Whether there is a line to draw: two readings make one."""
        return len(self.readings) > 1

    def x(self, day):
        days = (self.last - self.first) / timedelta(days=1)
        share = (day - self.first) / timedelta(days=1) / days if days else 0.5
        return round(LEFT + (RIGHT - LEFT) * min(max(share, 0), 1), 1)

    def y(self, value):
        span = self.highest - self.lowest
        share = float((value - self.lowest) / span) if span else 0.5
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    @property
    def points(self):
        return [(self.x(reading.read_on), self.y(reading.value)) for reading in self.readings]

    @property
    def line(self):
        return "M" + "L".join(f"{x} {y}" for x, y in self.points)

    @property
    def goal(self):
        """How high the line of the goal is."""
        return self.y(self.target.goal)

    @property
    def goal_in_words(self):
        figure = self.target.in_words(self.target.goal)
        return f"at most {figure}" if self.target.lower_is_better else figure

    @property
    def due(self):
        """Where the line of the day it is due is, or None: at the edge where that was before the first reading."""
        return self.x(self.target.due_on) if self.target.due_on else None

    @property
    def labels(self):
        """What is said in the drawing of due day, goal and latest reading, each where it covers nothing, if at all.

        The days at both ends are said outside of it, by `first` and `last`.
        """
        goal = shortened(f"Goal: {self.goal_in_words}")
        above, below = self.goal - APART, self.goal + SIZE
        of_goal = [Label(goal, x, y, ends=ends) for y in (above, below) for x, ends in ((LEFT, False), (RIGHT, True))]
        x, y = self.points[-1]
        latest = shortened(self.readings[-1].in_words)
        of_latest = [
            Label(latest, x + aside, y + up, ends=ends)
            for up in (-APART - 3, SIZE + 3)
            for aside, ends in ((3, True), (-3, False))
        ]
        due = [Label("due", self.due, TOP - SIZE / 2, ends=self.due > WIDE / 2)] if self.due is not None else []
        placed = []
        for candidates in (due, of_goal, of_latest):
            free = [label for label in candidates if self.is_free(label, placed)]
            placed += free[:1]
        return placed

    def is_free(self, label, placed):
        """Whether a label is in the drawing, above the days, and on no other label and no point of the line."""
        left, top, right, bottom = label.box
        if left < 0 or top < 0 or right > WIDE or bottom > DAYS_AT - SIZE:
            return False
        return not any(overlap(label.box, other.box) for other in placed) and not self.crosses(label.box)

    def crosses(self, box):
        """Whether the line runs through a box."""
        left, top, right, bottom = box
        for (x, y), (next_x, next_y) in pairwise(self.points):
            since, until = max(left, x), min(right, next_x)
            if since <= until:
                ends = [y, next_y] if x == next_x else [between(x, y, next_x, next_y, at) for at in (since, until)]
                if min(ends) <= bottom and max(ends) >= top:
                    return True
        return False


def between(x, y, next_x, next_y, at):
    """Return how high a line is at one place."""
    return y + (next_y - y) * (at - x) / (next_x - x)


def shortened(words):
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
