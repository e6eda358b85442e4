"""Anchors that stay."""

import time

from hypothesis import given
from hypothesis import strategies as st

from notes.anchors import align

PARAGRAPHS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1), max_size=8)


def anchored(words, old=(), vanished=()):
    new = [("paragraph", text) for text in words]
    return list(zip(align(list(old), new, list(vanished)), *zip(*new, strict=True), strict=True)) if new else []


def anchors(passages):
    return [anchor for anchor, _, _ in passages]


def test_anchor_is_eight_hexadecimal_digits_of_the_words():
    assert anchors(anchored(["hello"])) == ["2cf24dba"]


def test_the_same_words_twice_have_two_anchors():
    assert anchors(anchored(["hello", "hello"])) == ["2cf24dba", "2cf24dba-2"]


def test_edited_passage_keeps_its_anchor():
    before = anchored(["We met the team on Monday.", "All is well."])
    after = anchored(["We met the whole team on Monday.", "All is well."], before)
    assert anchors(after) == anchors(before)


def test_moved_passage_keeps_its_anchor():
    before = anchored(["one thing", "another matter", "third point"])
    after = anchored(["third point", "one thing", "another matter"], before)
    assert sorted(anchors(after)) == sorted(anchors(before))
    assert dict(zip(anchors(after), ["third point", "one thing", "another matter"], strict=True)) == {
        anchor: words for anchor, _, words in before
    }


def test_anchor_is_never_given_to_another_passage():
    """Words edited away from their anchor leave it taken: their old words, written again, get a new one."""
    before = anchored(["We met the team on Monday."])
    edited = anchored(["We met the team on Tuesday."], before)
    again = anchored(["We met the team on Tuesday.", "We met the team on Monday."], edited)
    assert anchors(edited) == anchors(before)
    assert anchors(again) == [anchors(before)[0], f"{anchors(before)[0]}-2"]


def test_passage_that_comes_back_word_for_word_has_its_anchor_again():
    before = anchored(["Gone tomorrow."])
    assert anchored(["Something else entirely."], before) != before
    assert anchors(anchored(["Gone tomorrow."], [], anchors(before))) == anchors(before)


def test_title_stays_the_title():
    old = [("aaaaaaaa", "title", "Old name"), ("bbbbbbbb", "paragraph", "New")]
    assert align(old, [("title", "New"), ("paragraph", "New")], []) == ["aaaaaaaa", "bbbbbbbb"]


@given(PARAGRAPHS, PARAGRAPHS)
def test_anchors_are_unique(before, after):
    given_anchors = anchors(anchored(after, anchored(before)))
    assert len(given_anchors) == len(set(given_anchors))


@given(PARAGRAPHS, st.integers(0, 8), st.text(min_size=1))
def test_anchors_survive_edits_elsewhere(paragraphs, place, new):
    """A paragraph put in anywhere leaves every other one its anchor."""
    before = anchored(paragraphs)
    place = min(place, len(paragraphs))
    after = anchors(anchored([*paragraphs[:place], new, *paragraphs[place:]], before))
    if new not in paragraphs:
        del after[place]
        assert after == anchors(before)


def test_long_list_reworded_altogether_is_aligned_in_a_moment():
    old = [("item", f"Number {number} of the things that we have done about the halls") for number in range(800)]
    new = [("item", f"Item {number} of the things we had done about halls") for number in range(800)]
    before = [(f"{number:08}", *one) for number, one in enumerate(old)]
    began = time.process_time()
    found = align(before, new, [])
    assert time.process_time() - began < 5
    assert len(set(found)) == 800
