"""A report as Markdown, as a table for a spreadsheet, and what a page for a mail is made of."""

import csv
import io
import re

from notes.weeks import week_of

MARKED = re.compile(r"([\\`*_\[\]<>#|~&])")
OPENING = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HIDDEN = {"withdrawn": "[Withdrawn since]", "deleted": "[Deleted since]"}
SINCE = {"changed": "changed since", "withdrawn": "withdrawn since", "deleted": "deleted since"}
COLUMNS = [
    *("Report", "From", "To", "Part", "Theme", "Words", "Written by", "Day", "Week commencing", "Title", "Kind"),
    *("Heading", "Under", "Owner", "Due", "Address", "Since"),
]
PARTS = {"done": "Action done", "overdue": "Action overdue", "open": "Action open"}


def day(value):
    return f"{value.day} {value:%B} {value.year}" if value else ""


def when(one):
    return f"w/c {day(one['on'])}" if one.get("is_week") else day(one["on"])


def plain(words):
    """Return words so that Markdown shows them as they are."""
    return OPENING.sub(r"\1\\\2", MARKED.sub(r"\\\1", words))


def words_of(one):
    return HIDDEN[one["since"]] if one.get("is_hidden") else one["words"]


def markdown(title, body, absolute):
    """Return a report as Markdown. `absolute` makes a whole address of a path."""
    subject, lines = body["subject"], [f"# {plain(title)}", ""]
    lines += [plain(subject["aim"]), ""] if subject["aim"] else []
    facts = [
        ("Phase", subject.get("phase")),
        ("State", subject["state"]),
        ("Lead", (subject["lead"] or {}).get("name")),
        ("Written", f"{body['activity']['total']} passages"),
        ("As of", day(body["as_of"])),
    ]
    lines += [*(f"- {name}: {plain(value)}" for name, value in facts if value), ""]
    lines += [part for words in body["lines"] for part in (plain(words), "")]
    for theme in body["themes"]:
        if theme["passages"] or theme["lines"]:
            lines += [f"## {plain(theme['name'])}", ""]
            lines += [part for words in theme["lines"] for part in (plain(words), "")]
            lines += [part for one in theme["passages"] for part in quotation(one, absolute)]
    lines += listed("Decisions", [outcome(one, absolute) for one in body["decisions"]])
    for state, name in (("done", "done"), ("overdue", "overdue"), ("open", "open")):
        lines += listed(f"Actions {name}", [action(one, absolute) for one in body["actions"][state]])
    lines += listed("Targets", [target(one) for one in body["targets"]])
    lines += listed("Meetings", [link(one["source"], one, absolute) for one in body["meetings"]])
    lines += listed("People", [f"{plain(one['name'])} ({one['count']})" for one in body["people"]])
    lines += listed("Partners", [plain(one["name"]) for one in body["partners"]])
    lines += listed("Named for the first time", [f"{plain(one['name'])}, {when(one)}" for one in body["first_named"]])
    lines += listed("Quiet weeks", [f"w/c {day(one['week'])}" for one in body["activity"]["quiet"]])
    return "\n".join(lines).rstrip() + "\n"


def listed(heading, items):
    return [f"## {heading}", "", *(f"- {item}" for item in items), ""] if items else []


def quotation(one, absolute):
    said = "\n".join(f"> {line}" for line in plain(words_of(one)).splitlines())
    by = one["author"]["name"] if one["author"] else one["source"]
    source = ", ".join(part for part in (plain(by), "" if one["says_day"] and by else when(one)) if part)
    since = f" ({SINCE[one['since']]})" if one.get("since") else ""
    return [said, ">", f"> {link(source, one, absolute, is_plain=True)}{since}", ""]


def link(words, one, absolute, *, is_plain=False):
    words = words if is_plain else plain(words or HIDDEN.get(one.get("since"), ""))
    return f"[{words}]({absolute(one['address'])})" if one["address"] else words


def outcome(one, absolute):
    return f"{plain(words_of(one))} ({link(one['source'], one, absolute)})"


def action(one, absolute):
    said = [one["owner"]["name"]] if one["owner"] else []
    if one["closed_on"]:
        said.append(f"{'dropped' if one['is_dropped'] else 'done'} {day(one['closed_on'])}")
    elif one["due_on"]:
        said.append(f"due {day(one['due_on'])}")
    return f"{outcome(one, absolute)}: {plain(', '.join(said))}"


def target(one):
    until = f" by {day(one['due_on'])}" if one["due_on"] else ""
    if not one["latest"]:
        return plain(f"{one['words']}{until}: no reading yet")
    reached = "reached" if one["is_met"] else f"{one['progress']}% of the way"
    return plain(f"{one['words']}{until}: {one['latest']} on {day(one['read_on'])}, {reached}")


def table(title, body, absolute):
    """Return every quotation, decision and action as CSV, with the mark by which spreadsheets know UTF-8."""
    kept = io.StringIO()
    writer = csv.DictWriter(kept, COLUMNS)
    writer.writeheader()
    for row in rows(body, absolute):
        period = {"From": body["period"]["first"], "To": body["period"]["last"]}
        whole = {"Report": title, **period, **row}
        writer.writerow({name: cell(whole.get(name, "")) for name in COLUMNS})
    return "\ufeff" + kept.getvalue()


def rows(body, absolute):
    for theme in body["themes"]:
        part = "Learning" if theme["is_learning"] else "Highlight"
        for words in theme["lines"]:
            yield {"Part": "Line of the report", "Theme": theme["name"], "Words": words}
        for one in theme["passages"]:
            yield row(part, one, absolute) | {"Theme": theme["name"], "Under": " › ".join(one["trail"])}
    for words in body["lines"]:
        yield {"Part": "Line of the report", "Words": words}
    for one in body["decisions"]:
        yield row("Decision", one, absolute)
    for state, part in PARTS.items():
        for one in body["actions"][state]:
            yield row("Action dropped" if one["is_dropped"] else part, one, absolute)


def row(part, one, absolute):
    return {
        "Part": part,
        "Words": words_of(one),
        "Written by": (one.get("author") or {}).get("name", ""),
        "Day": one["on"],
        "Week commencing": week_of(one["on"]),
        "Title": one["source"],
        "Kind": one.get("kind", ""),
        "Heading": one.get("heading", ""),
        "Owner": (one.get("owner") or {}).get("name", ""),
        "Due": one.get("due_on") or "",
        "Address": absolute(one["address"]) if one["address"] else "",
        "Since": SINCE.get(one.get("since"), ""),
    }


def cell(value):
    """Return a value as a cell that no spreadsheet takes for a formula."""
    words = str(value)
    return f"'{words}" if words.lstrip(" \n\u00a0").startswith(FORMULAS) else words
