"""How well names are linked, on labelled notes of several councils: figures that may rise and not fall."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from notes.checking import Score, check

HERE = Path(__file__).parents[1]
HARD, NATURAL = HERE / "labelled", HERE / "labelled_elsewhere"  # the first is full of traps, the second is not


@pytest.mark.parametrize(
    ("folder", "has_aliases", "precision", "recall", "with_offers"),
    [
        (HARD, True, 0.98, 0.82, 0.94),
        (HARD, False, 0.98, 0.60, 0.81),
        (NATURAL, True, 0.98, 0.92, 0.99),
        (NATURAL, False, 0.99, 0.59, 0.86),
    ],
)
def test_labelled_notes(folder, has_aliases, precision, recall, with_offers):
    """No link is a guess, few are wrong, and most of what is asked is asked rightly."""
    scores = [score for _, score in check(folder, has_aliases=has_aliases)]
    total = sum(scores, Score())
    assert total.precision >= precision, total.faults
    assert total.recall >= recall, total.faults
    assert total.recall_with_offers >= with_offers, total.faults
    assert total.right_offers >= 0.8 * total.offers, total.faults
    assert all(score.offers <= 10 for score in scores)
    assert not [fault for fault in total.faults if fault.startswith("guessed")]


@pytest.fixture
def folder(tmp_path):
    """One note of four names: one is clear, one is not, one is nobody's, one is wrong."""
    text = "Weeknote\n\nCara McAllister met Michael at Kestrel Way. We thanked Bo.\n"
    people = [
        {"key": "cara", "name": "Cara McAllister"},
        {"key": "bo-lee", "name": "Bo Lee", "aliases": ["Bo"]},
        *(
            {"key": f"michael-{end}", "name": f"Michael {end.title()}", "aliases": ["Michael"]}
            for end in ("day", "obi")
        ),
    ]
    directory = {"people": people, "projects": [{"key": "kestrel", "name": "Kestrel"}]}

    def label(words, **more):
        start = text.index(words)
        return {"start": start, "end": start + len(words), "text": words, "ambiguous": False, **more}

    labels = [
        label("Cara McAllister", kind="person", key="cara"),
        label("Michael", kind="person", key=None) | {"ambiguous": True, "candidates": ["michael-day", "michael-obi"]},
        label("Kestrel", kind="none", looks_like="kestrel"),
        label("Bo", kind="none", looks_like="bo-lee"),
    ]
    (tmp_path / "directory.json").write_text(json.dumps(directory))
    (tmp_path / "one.txt").write_text(text)
    (tmp_path / "one.labels.json").write_text(json.dumps(labels))
    return tmp_path


def printed(folder, **options):
    out = StringIO()
    call_command("check_linking", folder, stdout=out, **options)
    return out.getvalue()


def test_command_prints_what_it_counted(folder):
    assert printed(folder).splitlines()[-1] == (
        "All 1: precision 0.500, recall 1.000, with offers 1.000; 1 false links; 1 offers, 1.00 of them right; "
        "1 of 1 ambiguous left open"
    )


def test_command_lists_the_faults(folder):
    assert "false: “Bo” at" in printed(folder, faults=True)


def test_without_aliases_the_michaels_are_asked_by_their_first_names(folder):
    assert "1 of 1 ambiguous left open" in printed(folder, without_aliases=True)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("directory.json", None, "cannot be read"),
        ("directory.json", "[", "does not hold labelled texts"),
        ("one.labels.json", None, "holds no text with labels"),
        ("one.labels.json", '[{"start": 1}]', "does not hold labelled texts"),
    ],
)
def test_folder_that_is_none_gets_a_sentence(folder, name, content, problem):
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_text(content)
    with pytest.raises(CommandError, match=problem):
        printed(folder)
