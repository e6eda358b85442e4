"""What a manager makes of a report: which passages are in, in which order, and lines of their own."""

from notes.markdown import clean

MOST_LINES, LONGEST_LINE = 20, 600
EMPTY_LINES = 2  # the form offers for new ones
TOP = ""  # the place above all themes


def arrange(candidates, picks):
    """Give each theme its `chosen` passages, and put themes and passages in order; return (themes, how many are new).

    `picks` are the dicts of a Report, in their order; without any, the report chooses by itself. What was written
    since is not in, and counted as new. Themes without a passage chosen stay: their lists may say so.
    """
    if not picks:
        chosen = candidates.choice()
        for theme in candidates.themes:
            theme.chosen = [passage for passage in theme.passages if passage.pk in chosen]
            for passage in theme.passages:
                passage.is_in, passage.is_new = passage.pk in chosen, False
        return candidates.themes, 0
    places = {pick["passage"]: place for place, pick in enumerate(picks)}
    is_in = {pick["passage"]: pick["in"] for pick in picks}
    for theme in candidates.themes:
        theme.passages.sort(key=lambda passage: places.get(passage.pk, len(places)))  # others stay by day
        for passage in theme.passages:
            passage.is_in, passage.is_new = is_in.get(passage.pk, False), passage.pk not in places
        theme.chosen = [passage for passage in theme.passages if passage.is_in]
    themes = sorted(candidates.themes, key=lambda theme: places.get(theme.passages[0].pk, len(places)))
    return themes, sum(passage.is_new for passage in candidates.passages)


def placed(lines, names):
    """Return (the lines at the top, {theme: its lines}); a line whose theme is no longer there goes to the top."""
    under = {}
    for line in lines:
        under.setdefault(line["place"] if line["place"] in names else TOP, []).append(line["words"])
    return under.pop(TOP, []), under


def read_picks(data, themes):
    """Return the picks that a form sent, in order: themes by their number, and passages by theirs within.

    Only passages that were offered count, whatever the form says.
    """
    ticked = set(data.getlist("in"))
    in_order = sorted(enumerate(themes), key=lambda pair: (number(data, f"theme-{pair[0]}", pair[0] + 1), pair[0]))
    return [
        {"passage": passage.pk, "in": str(passage.pk) in ticked}
        for _, theme in in_order
        for *_, passage in sorted(
            (number(data, f"place-{passage.pk}", place), place, passage)
            for place, passage in enumerate(theme.passages, start=1)
        )
    ]


def read_lines(data, themes):
    """Return the lines that a form sent, each with its place, without the empty ones."""
    names = {TOP, *(theme.name for theme in themes)}
    found = []
    for said, place in zip(data.getlist("line"), data.getlist("line-place"), strict=False):
        words = " ".join(clean(said).split())[:LONGEST_LINE]
        if words:
            found.append({"words": words, "place": place if place in names else TOP})
    return found[:MOST_LINES]


def number(data, name, otherwise):
    """Return the whole number in a field, or what it was before."""
    value = data.get(name, "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise
