"""How well names are linked, on texts where somebody has labelled by hand what each word means.

A folder holds `directory.json`, texts with a file of labels each, and says in `notes.json` what is a note of which
day, and in `optional.json` which words may be linked or left.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from notes import plain_text
from notes.directory import MODELS, read
from notes.linking import name_all
from notes.models import Passage, Question
from notes.names import Listed, build
from notes.passages import Piece, cut

TOKEN = re.compile(r"\w+")


@dataclass
class Score:
    """What was counted, in one note or in all."""

    labelled: int = 0  # mentions of which it is clear what they mean
    linked: int = 0  # of these, to what they mean
    asked: int = 0  # of these, not linked, but offered among the candidates
    false: int = 0  # links to something else, or of what is no mention
    ambiguous: int = 0
    left_open: int = 0  # of the ambiguous, not linked, and asked with one that may be meant
    offers: int = 0  # names asked, each once a note
    right_offers: int = 0
    faults: list = field(default_factory=list)

    @property
    def precision(self):
        return ratio(self.linked, self.linked + self.false)

    @property
    def recall(self):
        return ratio(self.linked, self.labelled)

    @property
    def recall_with_offers(self):
        return ratio(self.linked + self.asked, self.labelled)

    def __add__(self, other):
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def __str__(self):
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f}, with offers {self.recall_with_offers:.3f}; "
            f"{self.false} false links; {self.offers} offers, {ratio(self.right_offers, self.offers):.2f} of them "
            f"right; {self.left_open} of {self.ambiguous} ambiguous left open"
        )


def ratio(part, whole):
    return part / whole if whole else 1.0


def check(folder, *, has_aliases=True):
    """Yield (name of the note, score) for each labelled note of a folder."""
    directory = read("directory.json", (folder / "directory.json").read_bytes())
    matcher, keys = known(directory, has_aliases=has_aliases)
    optional = in_file(folder / "optional.json")
    notes = {note["file"]: note for note in in_file(folder / "notes.json")}
    for path in sorted(folder.glob("*.txt")):
        labels = in_file(path.with_suffix(".labels.json"))
        if not labels:
            continue
        note = notes.get(path.name, {})
        text = path.read_bytes().decode()
        day = note.get("week_commencing") or note.get("published") or note.get("date")
        author = {key: number for number, key in keys.items()}.get(note.get("author"))
        day = date.fromisoformat(day) if day else None
        said = links_and_offers(text[: note.get("end")], matcher, day=day, author=author)
        may_be = [one for one in optional if one["file"] == path.name]
        yield path.stem, score(said, labels, may_be, keys)


def in_file(path):
    return json.loads(path.read_text()) if path.exists() else []


def known(directory, *, has_aliases):
    """Return the matcher of a directory's file, and {number of an entry: its key}."""
    kinds = {group: model.KIND for group, model in MODELS.items()}
    entries, keys = {}, {}
    for group, items in directory.items():
        for item in items:
            number = len(keys) + 1
            keys[number] = item["key"]
            names = dict.fromkeys([item["name"], *(item.get("aliases", ()) if has_aliases else ())])
            came, left = (
                date.fromisoformat(item[day]) if item.get(day) else None for day in ("started_on", "left_on")
            )
            entries[number] = Listed(
                kinds[group],
                item["key"],
                list(names),
                preferred=item.get("preferred_name", ""),
                category=item.get("kind", Listed.category),
                came=came,
                left=left,
                place=" ".join(item.get(key, "") for key in ("role", "team", "organisation")),
            )
    return build(entries), keys


def links_and_offers(text, matcher, *, day, author=None):
    """Return [(start, end, what was found)] of a plain text, its places in the text as it was given."""
    converted = plain_text.convert(text)
    pieces = [Piece(Passage.Kind.TITLE, converted.title), *cut(converted.body)[1]]
    namings = name_all(pieces, matcher, day=day, author=author)
    tokens = list(TOKEN.finditer(text))
    ours = [(piece, token) for piece in pieces for token in TOKEN.finditer(piece.words)]
    places = {}
    blocks = SequenceMatcher(
        None, [token[0] for _, token in ours], [token[0] for token in tokens], autojunk=False
    ).get_matching_blocks()
    for our, their, size in blocks:
        for step in range(size):
            piece, token = ours[our + step]
            places[id(piece), token.start()] = tokens[their + step]
    found = []
    for piece, naming in zip(pieces, namings, strict=True):
        for one in naming.found:
            at = [places.get((id(piece), one.start + token.start())) for token in TOKEN.finditer(one.words)]
            at = [token for token in at if token]
            if at:
                found.append((at[0].start(), at[-1].end(), one))
    return found


def score(said, labels, optional, keys):
    """Compare what was found in a text with its labels."""
    result = Score()
    mentions = [label for label in labels if label["kind"] != "none"]
    clear = [label for label in mentions if not label.get("ambiguous")]
    result.labelled, result.ambiguous = len(clear), len(mentions) - len(clear)
    offers = Counter()
    right_offers = set()
    for start, end, one in said:
        under = [label for label in labels if overlaps(start, end, label)]
        meant = {label["key"] for label in under if label["kind"] != "none" and not label.get("ambiguous")}
        if one.entry:
            may_be = {key for label in optional if overlaps(start, end, label) for key in label["keys"]}
            if keys[one.entry] not in meant | may_be:
                result.false += 1
                result.faults.append(f"false: “{one.words}” at {start} linked to {keys[one.entry]} ({one.how})")
            continue
        offers[one.key] += 1
        may_be = {key for label in under if label.get("ambiguous") for key in label["candidates"]}
        may_be |= {key for label in optional if overlaps(start, end, label) for key in label["keys"]}
        is_somebody = any(label["kind"] == "none" and "person" in label.get("note", "") for label in under)
        if (meant | may_be) & {keys[entry] for entry in one.entries} or (
            one.kind == Question.Kind.WHO and is_somebody
        ):
            right_offers.add(one.key)
    for key in offers.keys() - right_offers:
        result.faults.append(f"wrong offer: “{key}”")
    result.offers, result.right_offers = len(offers), len(right_offers)
    for label in mentions:
        judge(label, [one for start, end, one in said if overlaps(start, end, label)], result, keys)
    return result


def judge(label, found, result, keys):
    candidates = {keys[entry] for one in found if not one.entry for entry in one.entries}
    links = {keys[one.entry] for one in found if one.entry}
    if label.get("ambiguous"):
        is_open = not links and bool(candidates & set(label["candidates"]))
        result.left_open += is_open
        what = "" if is_open else "guessed" if links else "not asked"
    elif label["key"] in links:
        result.linked += 1
        return
    else:
        result.asked += label["key"] in candidates
        what = "only asked" if label["key"] in candidates else "missed"
    if what:
        result.faults.append(f"{what}: “{label['text']}” at {label['start']} ({label['key']})")


def overlaps(start, end, label):
    return start < label["end"] and end > label["start"]
