"""From what people type, Markdown, to HTML that is safe to show: the one renderer and the one sanitiser."""

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import accumulate, groupby
from xml.etree.ElementTree import Element

import nh3
from django.core.exceptions import ValidationError
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

LONGEST = 60_000  # characters: about 10,000 words

# Of these, Markdown takes time with the square of their number.
MOST_OPEN = 500  # brackets within brackets, or without their end
MOST_LINES = 1_000  # one below another, without an empty one between them
MOST_CELLS = 10_000  # in tables: the widest row times all rows
MOST_FOOTNOTES = 500  # marks of them in the text

DEEPEST = 60  # elements within elements: what reads the HTML drops what lies below 256

TAG = re.compile(r"</?(?!br|hr|img)[a-z]\w*")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")  # also Word's, and those between its pages
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text):
    """Return the text composed (NFC), with plain line ends and without characters no database or page can hold."""
    text = LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", CONTROL_CHARACTERS.sub("", text))


def refuse_unreadable(body):
    """Refuse a body that would take too long to read. Nothing of it is lost: the form keeps it."""
    if len(body) > LONGEST:
        raise ValidationError(
            f"This text is {len(body):,} characters long; the most is {LONGEST:,}. Please make two of it."
        )
    for opening, closing in ("[]", "<>", "()"):
        if most_open(body, opening, closing) > MOST_OPEN:
            raise ValidationError(
                f"This text has more than {MOST_OPEN} “{opening}” that no “{closing}” ends. Please take them out."
            )
    lines = body.splitlines()
    if (
        max((len(list(run)) for is_blank, run in groupby(lines, lambda line: not line.strip())), default=0)
        > MOST_LINES
    ):
        raise ValidationError(
            f"This text has more than {MOST_LINES:,} lines in a row. Please put empty lines between its paragraphs."
        )
    bars = [line.count("|") for line in lines if "|" in line]
    if bars and max(bars) * len(bars) > MOST_CELLS:
        raise ValidationError(f"This text has a table of more than {MOST_CELLS:,} cells. Please make it smaller.")
    if body.count("[^") > MOST_FOOTNOTES:
        raise ValidationError(f"This text has more than {MOST_FOOTNOTES} footnotes. Please make two of it.")
    try:
        depth = depth_of(to_html(body))  # which a form makes anyhow, and finds again
    except RecursionError:
        depth = DEEPEST + 1
    if depth > DEEPEST:
        raise ValidationError("Something in this text is nested too deeply. Please make it flatter.")


def most_open(text, opening, closing):
    """Return how many brackets are open at once, where most are."""
    return most((character == opening) - (character == closing) for character in text)


def depth_of(html):
    """Return how deep the elements of sanitised HTML are nested."""
    return most(-1 if tag.startswith("</") else 1 for tag in TAG.findall(html))


def most(steps):
    return max(accumulate(steps, lambda depth, step: max(0, depth + step), initial=0))


class ListsAsTyped(Preprocessor):
    """Let lists be typed as people type them.

    Markdown wants an empty line before a list and four spaces for each level. People leave out the line, indent
    by two or three, and paste "•".
    """

    ITEM = re.compile(r"^([ \t]*)([-*+•◦▪]|\d{1,3}[.)])[ \t]+(?=\S)(.*)$")
    RULE = re.compile(r"^[ ]{0,3}([-*_])[ ]*(\1[ ]*){2,}$")

    def run(self, lines):
        levels, written, before = [], [], ""
        for line in lines:
            item = None if self.RULE.match(line) else self.ITEM.match(line)
            if item and (levels or self.may_begin(item, before)):
                if not levels and before.strip():
                    written.append("")
                written.append(self.item(item, levels))
            elif levels and line.strip() and line[0] in " \t":
                written.append(self.more(line, levels))
            else:
                if line.strip() and not before.strip():
                    levels = []
                written.append(line)
            before = line
        return written

    @staticmethod
    def more(line, levels):
        """Return a line that goes on with an item, indented as Markdown wants it."""
        depth = sum(1 for level in levels if width(line) > level) or 1
        return "    " * depth + line.strip()

    @staticmethod
    def may_begin(item, before):
        """Whether a list begins here: not in indented code; a number other than 1 may just begin a line of prose."""
        indent, marker = width(item[1]), item[2]
        return indent < 4 and (not before.strip() or not marker[0].isdigit() or marker[:-1] == "1")

    @staticmethod
    def item(item, levels):
        indent, marker, words = width(item[1]), item[2], item[3]
        while levels and indent < levels[-1]:
            levels.pop()
        if not levels or indent > levels[-1]:
            levels.append(indent)
        marker = f"{marker[:-1]}." if marker[0].isdigit() else "-"
        return "    " * (len(levels) - 1) + f"{marker} {words}"


def width(line):
    """Return how far a line is indented, in columns."""
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())


class BracketedName(InlineProcessor):
    """[[Any name]] becomes a marked name, which linking looks up."""

    def handleMatch(self, match, data):
        element = Element("span", {"class": "name"})
        element.text = AtomicString(match[1].strip())
        return element, match.start(0), match.end(0)


class AsPeopleWrite(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(ListsAsTyped(md), "lists_as_typed", 24)  # after fenced code is put aside
        md.inlinePatterns.register(
            BracketedName(r"\[\[(?=[^\[\]\n]*\w)([^\[\]\n]{1,120})\]\]", md), "bracketed_name", 175
        )


def new_markdown():
    return Markdown(
        extensions=[
            "sane_lists",
            "tables",
            "fenced_code",
            "footnotes",
            "def_list",
            "pymdownx.saneheaders",
            "pymdownx.magiclink",
            AsPeopleWrite(),
        ],
        extension_configs={
            "tables": {"use_align_attribute": True},
            "footnotes": {"BACKLINK_TITLE": "Back to the text (footnote {})"},
        },
    )


class PerThread(threading.local):
    """A Markdown instance for each thread: it cannot be shared, and takes long to make."""

    def __init__(self):
        self.markdown = new_markdown()


per_thread = PerThread()

OWN_ID = re.compile(r"^fn(ref)?\d*:[\w-]+$")  # the two ends of a footnote


def allow_attribute(tag, name, value):
    """Return the value of an attribute that may stay, else None."""
    if name in ("href", "src") and value.lstrip().startswith(("//", "\\", "/\\")):
        return None  # another host, in disguise
    if name == "id" and not OWN_ID.match(value):
        return None
    if name == "align" and value not in {"left", "center", "right"}:
        return None
    return value


CLEANER = nh3.Cleaner(
    tags=set(
        "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd samp em strong b i s del ins sub sup "
        "small mark abbr cite q span div a img table thead tbody tfoot tr th td caption".split()
    ),
    clean_content_tags={
        "script",
        "style",
        "iframe",
        "template",
        "object",
        "noscript",
        "title",
        "textarea",
        "select",
    },
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "title"},
        "abbr": {"title"},
        "ol": {"start"},
        "li": {"id"},
        "sup": {"id"},
        "th": {"align"},
        "td": {"align"},
    },
    allowed_classes={"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}, "span": {"name"}},
    attribute_filter=allow_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
)


def to_html(body):
    """Return Markdown as sanitised HTML, not yet linked. About 25 ms for 1,200 words."""
    return cleaned_to_html(clean(body))


@lru_cache(maxsize=32)  # a form renders before its transaction begins, and finds the result here within it
def cleaned_to_html(body):
    markdown = per_thread.markdown.reset()
    try:
        html = markdown.convert(body)
    except BaseException:
        per_thread.markdown = new_markdown()  # this one stopped halfway, and would garble what comes next
        raise
    return CONTROL_CHARACTERS.sub("", CLEANER.clean(html))  # "&#2;" brings one back
