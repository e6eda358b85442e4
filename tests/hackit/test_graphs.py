"""Where small graphs are drawn."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from hackit.graphs import MARGIN, WIDE, Node, arcs, columns, crossings, ranked
from projects.progress import overlap

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)
WEIGHTS = st.integers(1, 500)


@st.composite
def nodes(draw, first, most=14):
    return [
        Node(first + key, name, draw(WEIGHTS), "/") for key, name in enumerate(draw(st.lists(NAMES, max_size=most)))
    ]


@st.composite
def two_columns(draw):
    left, right = draw(nodes(0)), draw(nodes(1_000, 10))
    pairs = [(one.key, other.key) for one in left for other in right]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return left, right, {pair: draw(WEIGHTS) for pair in chosen}


@st.composite
def one_column(draw):
    column = draw(nodes(0, 12))
    pairs = [(one.key, other.key) for one in column for other in column if one.key < other.key]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return column, {pair: draw(WEIGHTS) for pair in chosen}


def check(graph):
    """Nothing is outside, and no node covers another."""
    boxes = [placed.box for placed in graph.nodes]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= WIDE
        assert 0 <= top < bottom <= graph.high
    for place, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[:place])
    for placed in graph.nodes:
        assert placed.size <= MARGIN + 1
        assert len(placed.words) <= 17
    for tie in graph.ties:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", tie.path)]
        assert min(numbers) >= 0
        assert tie.right + tie.wide / 2 <= WIDE
        assert 1 <= tie.wide <= 7


@given(two_columns())
def test_columns_stay_within_their_edges_and_cross_no_more_than_in_plain_order(graph):
    left, right, weights = graph
    drawn = columns(*graph)
    check(drawn)
    assert len(drawn.ties) == len(weights)
    shown = [[placed.node for placed in drawn.nodes if placed.is_right == side] for side in (False, True)]
    assert crossings(*shown, weights) <= crossings(ranked(left), ranked(right), weights)


@given(one_column())
def test_arcs_stay_within_their_edges(graph):
    drawn = arcs(*graph)
    check(drawn)
    assert len(drawn.nodes) == len(graph[0])
    assert len(drawn.ties) == len(graph[1])


@given(two_columns(), one_column(), st.randoms())
def test_order_of_what_is_drawn_does_not_matter(graph, column, chance: random.Random):
    def shuffled(rows):
        return chance.sample(rows, len(rows))

    left, right, weights = graph
    again = columns(shuffled(left), shuffled(right), dict(shuffled(list(weights.items()))))
    assert again == columns(*graph)
    some, ties = column
    assert arcs(shuffled(some), dict(shuffled(list(ties.items())))) == arcs(*column)


def test_columns_that_need_not_cross_do_not():
    left = [Node(key, key, 9) for key in "abc"]
    right = [Node(key, key, 9) for key in "xyz"]
    weights = {("a", "z"): 1, ("b", "y"): 1, ("c", "x"): 1}
    drawn = columns(left, right, weights)
    shown = [[placed.node for placed in drawn.nodes if placed.is_right == side] for side in (False, True)]
    assert crossings(*shown, weights) == 0


def test_who_is_tied_closely_is_near():
    column = [Node(key, key, 9) for key in "abcdef"]
    drawn = arcs(column, {("a", "f"): 50, ("b", "c"): 1})
    rows = {placed.node.key: placed.y for placed in drawn.nodes}
    assert abs(rows["a"] - rows["f"]) == 30
