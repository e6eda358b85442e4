"""Where nodes and ties of small graphs are drawn: the same graph is always drawn alike, in any order of its parts."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

WIDE, ROW = 360, 30  # of the drawing, in its own units; a node to a row
ROOM = 132  # for the words of a node
LETTER, LONGEST = 7.6, 17  # how wide a letter is at most; letters of a node: its title and a table say it in full
BESIDE = 10  # from the words to the middle of their dot
MARGIN = 8
THIN, THICK = 1, 7  # ties
SMALL, LARGE = 4, 9  # dots
SWEEPS = 12


@dataclass(frozen=True)
class Node:
    """What is drawn as a dot with words: `weight` is how often it is there; it leads to an address."""

    key: object
    name: str
    weight: int
    address: str = ""
    kind: str = "person"
    is_main: bool = False  # whose page it is

    @property
    def rank(self):
        return -self.weight, self.name.casefold(), str(self.key)


@dataclass
class Placed:
    """A node with its place: `x` of its dot, `words_x` where its words end or, on the right, begin."""

    node: Node
    x: float
    y: float
    words_x: float
    is_right: bool
    size: float

    wide, high = ROOM + BESIDE + LARGE, 26

    @property
    def words(self):
        name = self.node.name
        return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"

    @property
    def baseline(self):
        return self.y + 5

    @property
    def box(self):
        """(left, top, right, bottom) of what can be clicked: the words and the dot."""
        left = self.x - LARGE if self.is_right else 0
        return left, self.y - self.high / 2, left + self.wide, self.y + self.high / 2

    @property
    def left(self):
        return self.box[0]

    @property
    def top(self):
        return self.box[1]


@dataclass
class Tie:
    path: str
    wide: float
    right: float  # as far as it reaches


@dataclass
class Graph:
    """What is drawn: its ties below its nodes."""

    nodes: list
    ties: list
    high: int
    wide: int = WIDE

    def __bool__(self):
        return bool(self.ties)


def columns(left, right, weights):
    """Draw nodes in two columns, tied across: `weights` is {(key on the left, key on the right): weight}.

    Each column is ordered so that few ties cross.
    """
    left, right = few_crossings(ranked(left), ranked(right), weights)
    rows = max(len(left), len(right), 1)
    most = max((node.weight for node in [*left, *right]), default=1)
    placed = {}
    for nodes, is_right in ((left, False), (right, True)):
        x, words_x = (WIDE - ROOM - BESIDE, WIDE - ROOM) if is_right else (ROOM + BESIDE, ROOM)
        above = MARGIN + (rows - len(nodes)) * ROW / 2
        for row, node in enumerate(nodes):
            placed[is_right, node.key] = Placed(
                node, x, above + (row + 0.5) * ROW, words_x, is_right, scaled(node.weight, most, SMALL, LARGE)
            )
    ties = []
    heaviest = max(weights.values(), default=1)
    for (one, other), weight in sorted(weights.items(), key=lambda item: (item[1], str(item[0]))):
        start, end = placed[False, one], placed[True, other]
        middle = (start.x + end.x) / 2
        path = f"M{start.x:g} {start.y:g}C{middle:g} {start.y:g} {middle:g} {end.y:g} {end.x:g} {end.y:g}"
        ties.append(Tie(path, scaled(weight, heaviest, THIN, THICK), end.x))
    return Graph(list(placed.values()), ties, 2 * MARGIN + rows * ROW)


def arcs(nodes, weights):
    """Draw nodes in one column, tied by arcs beside it: `weights` is {(key, key): weight}.

    They are ordered so that what is tied closely is near to one another.
    """
    nodes = short_ties(ranked(nodes), weights)
    rows, x = {node.key: row for row, node in enumerate(nodes)}, ROOM + BESIDE
    most = max((node.weight for node in nodes), default=1)
    placed = [
        Placed(
            node, x, MARGIN + (row + 0.5) * ROW, ROOM, is_right=False, size=scaled(node.weight, most, SMALL, LARGE)
        )
        for row, node in enumerate(nodes)
    ]
    reach = (WIDE - x - MARGIN) / max(len(nodes) - 1, 1)
    ties = []
    heaviest = max(weights.values(), default=1)
    for pair, weight in sorted(weights.items(), key=lambda item: (item[1], sorted(map(str, item[0])))):
        first, last = sorted(rows[key] for key in pair)
        far, high = round((last - first) * reach, 1), (last - first) * ROW / 2
        path = f"M{x} {placed[first].y:g}A{far:g} {high:g} 0 0 1 {x} {placed[last].y:g}"
        ties.append(Tie(path, scaled(weight, heaviest, THIN, THICK), x + far))
    return Graph(placed, ties, 2 * MARGIN + max(len(nodes), 1) * ROW)


def ranked(nodes):
    return sorted(nodes, key=lambda node: node.rank)


def scaled(weight, most, least, greatest):
    return round(least + (greatest - least) * weight / max(most, 1), 1)


def few_crossings(left, right, weights):
    """Return both columns ordered anew: each node near the middle of those it is tied to, as long as that helps."""
    best, fewest = (left, right), crossings(left, right, weights)
    for sweep in range(SWEEPS):
        if sweep % 2:
            left = near(left, right, weights)
        else:
            right = near(right, left, {(other, one): weight for (one, other), weight in weights.items()})
        count = crossings(left, right, weights)
        if count < fewest:
            best, fewest = (left, right), count
    return best


def near(nodes, others, weights):
    """Return nodes in the order of the weighted middle of the others that each is tied to."""
    rows = {node.key: row for row, node in enumerate(others)}
    sums, totals = defaultdict(int), defaultdict(int)
    for (one, other), weight in weights.items():
        sums[one] += weight * rows[other]
        totals[one] += weight
    middle = {node.key: sums[node.key] / totals[node.key] if totals[node.key] else len(others) for node in nodes}
    return sorted(nodes, key=lambda node: (round(middle[node.key], 9), node.rank))


def crossings(left, right, weights):
    """Return how many pairs of ties cross."""
    rows = {node.key: row for row, node in enumerate(left)}, {node.key: row for row, node in enumerate(right)}
    places = [(rows[0][one], rows[1][other]) for one, other in weights]
    return sum((one[0] - other[0]) * (one[1] - other[1]) < 0 for one, other in combinations(places, 2))


def short_ties(nodes, weights):
    """Return nodes in an order that no change of two places makes their ties shorter in all."""
    order, best = list(nodes), reach(nodes, weights)
    is_better = True
    while is_better:
        is_better = False
        for one, other in combinations(range(len(order)), 2):
            order[one], order[other] = order[other], order[one]
            length = reach(order, weights)
            if length < best:
                best, is_better = length, True
            else:
                order[one], order[other] = order[other], order[one]
    return order


def reach(nodes, weights):
    """Return how long the ties of a column are together, heavy ones more than light ones."""
    rows = {node.key: row for row, node in enumerate(nodes)}
    return sum(weight * abs(rows[one] - rows[other]) for (one, other), weight in weights.items())
