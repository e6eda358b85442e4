"""From a text as copied out of a web page or a mail to a title and Markdown.

A line is a paragraph, a heading or a bullet. What was guessed is said, so that somebody looks at it.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

LONGEST_TITLE = 120
LONGEST_HEADING = 80  # characters
WIDEST_WRAPPED = 100  # characters of a line that was broken
FEWEST_WRAPPED = 4
MOST_WORDS_BEFORE_A_COLON = 6  # "Other highlights were:" is a heading, a long one leads into its list

INDENT = "[ \\t\u00a0]*"
BULLET = re.compile(
    rf"^({INDENT})([•◦▪▫‣●○·§\uf0b7\uf0a7*+–—-]|o(?=[ \u00a0]{{2,}}|\t)|\d{{1,3}}[.)]"
    r"|(?<=[ \t\u00a0])[a-z]{1,3}[.)])"
    r"[ \t\u00a0]+(?=\S)(.*)$"
)
SAME_MARKS = str.maketrans("–—+", "--*")  # typed one for the other
FOOTNOTE_LINE = re.compile(r"^\s*(\*{1,3}|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹]):?[ \u00a0]*(?=\S)(.+)$")
MARKDOWN_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.+?)\s*#*$")
RULE = re.compile(r"^\s*([-_*=~])\s*(\1\s*){2,}$")
WEEKNOTE_TITLE = re.compile(r"^\W*(?:week ?notes?\b|w/c\b|week commencing\b)", re.IGNORECASE)
MAIL_HEADER = re.compile(r"^(from|sent|date|to|cc|subject)\s*:\s*(.*)$", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)(?:(?!\[\[)[^\s<>`])+")
ESCAPED = re.compile(r"([\\`*_\[\]])")
STARTS = re.compile(r"^(?:([-+>=~|:]|#(?!\w))|(\d+)([.)]))")

COMMENTS = re.compile(
    r"^(?:one|two|three|\d+) (?:thoughts?|comments?|responses?|repl(?:y|ies)) (?:on|to) [“\"‘'«]", re.IGNORECASE
)
FURNITURE = [
    COMMENTS,
    *(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            r"^comments? (?:are|is) closed\.?$",
            r"^(?:leave a (?:comment|reply)|add a comment|no comments(?: yet)?|post a comment|\d+ comments?)\.?$",
            r"^(?:share this(?: post)?|like this|share on \w+|tweet this|email this|print this)\s*:?$",
            r"^(?:tweet|share|like|print|email|facebook|twitter|linkedin|whatsapp|loading\.*|reblog)$",
            r"^(?:skip to (?:main )?content|main menu|menu|search|home|subscribe|follow)$",
            r"^[←«‹]? ?(?:previous|next|older|newer)(?: (?:posts?|entr(?:y|ies)))?\s*(?:[:←→«»›].{0,60})?$",
            r"^(?:related(?: posts?)?|archives?|categories|tags|recent posts)\s*:?$",
            r"^(?:posted|published) (?:on|by|in) [^.!?:]{1,60}$",
            r"^(?:filed under|tagged(?: with| as)?|posted in)\b[^.!?]{0,80}$",
            r"^(?:permalink|bookmark the permalink|proudly powered by|powered by|blog at wordpress)\b.{0,60}$",
            r"^\d+ (?:likes?|shares?|min(?:ute)?s? read)$",
            r"^(?:\d+ )?bloggers? like this.*$",
        )
    ),
]


@dataclass
class Converted:
    """A text in Markdown, with what was guessed and what was left out on the way."""

    title: str = ""
    body: str = ""
    doubts: list = field(default_factory=list)


@dataclass
class Line:
    """A line with its number in the file. `kind`: paragraph, heading, bullet, more (of a bullet) or footnote."""

    number: int
    words: str
    after_gap: bool  # an empty line stands before it
    kind: str = "paragraph"
    indent: int = 0
    marker: str = ""


def convert(text):
    """Return a plain text as Markdown, with its title if the first line is one."""
    converted = Converted()
    lines = unwrapped(without_furniture(without_mail_header(read_lines(text), converted), converted))
    if lines and not converted.title:
        if is_title(lines[0].words):
            converted.title = re.sub(r"^#+\s+", "", lines.pop(0).words.strip())
            lines = without_furniture(lines, converted)
        else:
            converted.doubts.append(f"line {lines[0].number}: no title, as it is long, a sentence or a bullet")
    sort_lines(lines, converted)
    marks = sort_footnotes(lines, converted)
    converted.body = write(lines, marks)
    return converted


def read_lines(text):
    lines, gap = [], True
    for number, words in enumerate(text.splitlines(), start=1):
        if words.strip(" \t\u00a0\u200b\ufeff"):
            lines.append(Line(number, words.rstrip().strip("\ufeff\u200b"), gap))
            gap = False
        else:
            gap = True
    return lines


def unwrapped(lines):
    """Join the lines that a mail program broke: those to which the next word was too long to be added.

    Only of a text whose lines are all short and mostly broken so; a line for each paragraph is otherwise the rule.
    """
    widest = max((len(line.words) for line in lines), default=0)
    broken = {
        at
        for at, (line, following) in enumerate(pairwise(lines), start=1)
        if not following.after_gap
        and not BULLET.match(following.words)
        and not RULE.match(line.words)
        and len(line.words) + 1 + len(following.words.split()[0]) > widest
    }
    if widest > WIDEST_WRAPPED or len(broken) < max(FEWEST_WRAPPED, len(lines) // 3):
        return lines
    joined = []
    for at, line in enumerate(lines):
        if at in broken:
            joined[-1].words += f" {line.words.strip()}"
        else:
            joined.append(line)
    return joined


def without_mail_header(lines, converted):
    """Take the lines From, Sent, To and Subject off a mail; its subject is the title."""
    count = 0
    while count < len(lines) and MAIL_HEADER.match(lines[count].words):
        count += 1
    if count < 2:
        return lines
    for line in lines[:count]:
        name, value = MAIL_HEADER.match(line.words).groups()
        if name.lower() == "subject":
            converted.title = re.sub(r"^(?:(?:re|fwd?):\s*)+", "", value.strip(), flags=re.IGNORECASE)
        else:
            converted.doubts.append(f"line {line.number}: left out as the head of a mail: “{shorten(line.words)}”")
    return lines[count:]


def without_furniture(lines, converted):
    """Return the lines without what the page around the text had said, at its two ends only."""
    first, last = 0, len(lines)
    while first < last and (is_furniture(lines[first].words) or RULE.match(lines[first].words)):
        first += 1
    # “One thought on ‘...’” ends the text; what a visitor said after it is not part of it.
    last = next((at for at in range(first + 1, last) if COMMENTS.match(lines[at].words.strip())), last)
    while last > first and is_furniture(lines[last - 1].words):
        last -= 1
    for line in [*lines[:first], *lines[last:]]:
        if not RULE.match(line.words):
            converted.doubts.append(f"line {line.number}: left out as part of the page: “{shorten(line.words)}”")
    return lines[first:last]


def is_furniture(words):
    return any(pattern.match(words.strip()) for pattern in FURNITURE)


def is_title(words):
    """Whether a first line is a title: not too long (but for a weeknote's, which says what it is) and no sentence."""
    words = words.strip()
    if words.endswith((".", ",", ";")) and not words.endswith("..."):
        return False
    if BULLET.match(words) or ADDRESS.fullmatch(words) or MAIL_HEADER.match(words):
        return False
    return len(words) <= LONGEST_TITLE or bool(len(words) <= 255 and WEEKNOTE_TITLE.match(words))


def sort_lines(lines, converted):
    """Say of each line what it is."""
    for line in lines:
        if (match := BULLET.match(line.words)) and not RULE.match(line.words):
            line.kind, line.indent, line.marker = "bullet", width(match[1]), match[2]
            line.words = match[3]
    for before, line in pairwise(lines):
        if line.kind == "paragraph" and line.words[:1] in " \t\u00a0" and before.kind in ("bullet", "more"):
            line.kind = "paragraph of a bullet" if line.after_gap else "more"
    has_gaps = any(line.after_gap for line in lines[1:])
    for at, line in enumerate(lines):
        if line.kind == "paragraph":
            line.words = line.words.strip()
            before, following = (lines[at - 1] if at else None), (lines[at + 1] if at + 1 < len(lines) else None)
            stands_apart = line.after_gap or before is None or not has_gaps
            sort_heading(line, following, converted, stands_apart=stands_apart)
        elif line.kind == "paragraph of a bullet":
            line.kind = "paragraph"


def sort_heading(line, following, converted, *, stands_apart):
    """Say whether a bare line is a heading."""
    if match := MARKDOWN_HEADING.match(line.words):
        line.kind, line.words, line.marker = "heading", match[2], match[1]
        return
    words = line.words
    if following is None or not stands_apart or not looks_like_heading(words):
        return
    if following.kind == "paragraph" and not following.after_gap and following.words.strip()[:1].islower():
        return  # a line that goes on
    if following.kind == "paragraph" and following.words.strip().startswith("("):
        converted.doubts.append(
            f"line {line.number}: a caption, or a heading? Kept as a paragraph: “{shorten(words)}”"
        )
        return
    if words.endswith(":"):
        if following.kind != "bullet" or len(words.split()) > MOST_WORDS_BEFORE_A_COLON:
            return
        converted.doubts.append(f"line {line.number}: taken for a heading, though it ends in a colon: “{words}”")
    elif words[-1] in "!?" and (following.kind == "paragraph" and len(following.words) < LONGEST_HEADING):
        return
    line.kind = "heading"


def looks_like_heading(words):
    """Whether a line is short, no sentence, and begins as a heading does."""
    if len(words) > LONGEST_HEADING or words[-1] in ".,;)”\"’'" or "\t" in words or ADDRESS.search(words):
        return False
    first = words.lstrip("‘“'\"#@*_(")[:1]
    return first.isupper() or first.isdigit() or not (first.islower() or first.isascii())


def sort_footnotes(lines, converted):
    """Find the lines that explain a mark in the text, as "* Footnote"; return {mark: number}."""
    marks = {}
    stars = sum(1 for line in lines if line.kind == "bullet" and line.marker == "*")
    for line in lines:
        match = FOOTNOTE_LINE.match(line.words) if line.kind == "paragraph" else None
        mark = match[1] if match else (line.marker if line.kind == "bullet" and line.marker == "*" else None)
        if mark is None or mark in marks or (line.kind == "bullet" and stars > 1):
            continue
        if sum(stands_in(mark, other.words) for other in lines if other is not line) == 1:
            marks[mark] = len(marks) + 1
            line.words = match[2] if match else line.words
            line.kind, line.marker = "footnote", mark
            if mark == "*":
                converted.doubts.append(f"line {line.number}: taken for a footnote: “{shorten(line.words)}”")
    return marks


def mark_pattern(mark):
    """Return the pattern of a footnote's mark after a word."""
    return re.compile(r"(?<=[^\s*\[\d])[ \u00a0]?" + re.escape(mark) + r"(?=$|[\s.,;:!?)”’])")


def stands_in(mark, words):
    """Whether a footnote's mark stands in a line; a star beside another one marks *words like these*."""
    return bool(mark_pattern(mark).search(words)) and (not mark.startswith("*") or words.count(mark) == 1)


def write(lines, marks):
    """Return the lines as Markdown."""
    written, levels = [], []
    for line in lines:
        words = escape(line.words.strip(), marks)
        if line.kind == "bullet":
            depth = depth_of(line, levels)
            marker = f"{line.marker[:-1]}." if line.marker[0].isdigit() else "-"
            words = words if line.marker[0] != "a" and not line.marker[:-1].isalpha() else f"{line.marker} {words}"
            if depth == 0 and len(levels) == 1 and written and not written[-1].lstrip().startswith(("- ", "1")):
                written.append("")
            written.append(f"{'    ' * depth}{marker} {words}")
            continue
        if line.kind == "more":
            written[-1] += f" {words}"
            continue
        levels = []
        if line.kind == "heading":
            words = f"{'#' * max(len(line.marker), 2)} {words}"
        elif line.kind == "footnote":
            words = f"[^{marks[line.marker]}]: {words}"
        else:
            words = STARTS.sub(literal_start, words)
        written += ["", words, ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip() + "\n"


def depth_of(line, levels):
    """Return how deep a bullet is nested: by its indent and, where that is the same, by its mark."""
    place = (line.indent, "1" if line.marker[0].isdigit() else line.marker.translate(SAME_MARKS))
    if place in levels:
        del levels[levels.index(place) + 1 :]
    else:
        while levels and levels[-1][0] > line.indent:
            levels.pop()
        levels.append(place)
    return len(levels) - 1


def escape(words, marks):
    """Return words so that Markdown shows them as they are; addresses stay, marks of footnotes become footnotes."""
    parts, end = [], 0
    for match in ADDRESS.finditer(words):
        parts += [escape_words(words[end : match.start()], marks), match[0]]
        end = match.end()
    return "".join([*parts, escape_words(words[end:], marks)])


def escape_words(words, marks):
    for mark, number in marks.items():
        if not mark.startswith("*") or words.count(mark) == 1:
            words = mark_pattern(mark).sub(f"\ue000{number}\ue001", words)
    words = re.sub(r"&(?=#?\w+;)", "&amp;", ESCAPED.sub(r"\\\1", words)).replace("<", "&lt;")
    return words.replace("\ue000", "[^").replace("\ue001", "]")


def literal_start(match):
    """Return what would begin something in Markdown, at the start of a line, so that it does not."""
    mark, number, stop = match.groups()
    return f"{number}&#{ord(stop)};" if number else f"&#{ord(mark)};"


def width(indent):
    return len(indent.expandtabs(4))


def shorten(words, most=60):
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
