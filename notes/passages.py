"""A text cut into passages: each paragraph, bullet, heading, quotation, table and picture, with where it stands."""

import re
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import A, E

from notes.markdown import to_html
from notes.models import Passage

Kind = Passage.Kind

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
WHOLE = {"p", "pre", "table"} | HEADINGS  # becomes one passage
BLOCKS = WHOLE | {"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "div", "hr"}
UNLINKED = {"a", "code", "pre", "kbd", "samp"}  # a name in these stays as it is
CELLS = {"td", "th", "caption"}
NARROW = 3  # columns that fit on a phone
SPACES = re.compile(r"[ \t\n\r\f]+")  # not the no-break space: that was typed for a reason
OWN = ("/static/", "/files/")  # where pictures of this site are
TASK = re.compile(r"^\[([ xX])\] ")


@dataclass(eq=False)
class Piece:
    """A passage before it is stored, together with its element in the text."""

    kind: str
    words: str
    heading: str = ""
    trail: list = field(default_factory=list)
    element: HtmlElement = None
    spots: list = field(default_factory=list)  # (start, element, "text" or "tail") for each run of words in it
    unlinked: list = field(default_factory=list)  # (start, end) of what is a link or code already
    bracketed: list = field(default_factory=list)  # (start, end) of what was written as [[Any name]]
    anchor: str = ""


def cut(body):
    """Return the root element of a text's HTML and its pieces in order, headings from h2."""
    root = lxml.html.fragment_fromstring(to_html(body) or "<p></p>", create_parent="div")
    prepare(root)
    cutter = Cutter()
    cutter.cut(root, Kind.PARAGRAPH, [])
    return root, cutter.pieces


def prepare(root):
    """Put right what Markdown leaves to us: the levels of headings, boxes of tasks, pictures from elsewhere."""
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    highest = min((int(element.tag[1]) for element in headings), default=2)
    for element in headings:
        element.tag = f"h{min(int(element.tag[1]) - highest + 2, 6)}"
    seen = set()
    for element in root.iterfind(".//*[@id]"):
        if element.get("id") in seen:
            del element.attrib["id"]
        else:
            seen.add(element.get("id"))
    for element in root.iter("th", "td"):
        if align := element.attrib.pop("align", None):
            element.set("class", f"align-{align}")
    for element in [*root.iter("pre"), *root.xpath(f".//table[.//tr[count(*) > {NARROW}]]")]:
        element.set("tabindex", "0")  # may be wider than a phone, and is then scrolled with the arrow keys
    for element in root.xpath(".//thead//th"):
        element.set("scope", "col")
    for table in root.xpath(f".//table[thead/tr[count(th) > {NARROW}]]"):
        make_foldable(table)
    for image in list(root.iter("img")):
        own_or_link(image)
    for item in root.iter("li"):
        first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        draw_task(first)


def make_foldable(table):
    """Let a wide table be a list of its rows on a phone: each cell says its column, and all say what they are."""
    table.set("class", "fold")
    table.set("role", "table")
    columns = [" ".join(head.text_content().split()) for head in table.find("thead").iter("th")]
    for group in table.iterchildren("thead", "tbody", "tfoot"):
        group.set("role", "rowgroup")
        for row in group.iterchildren("tr"):
            row.set("role", "row")
            for place, cell in enumerate(row):
                is_head = group.tag == "thead"
                cell.set("role", "columnheader" if is_head else "rowheader" if cell.tag == "th" else "cell")
                if not is_head and place < len(columns):
                    cell.set("data-label", columns[place])


def own_or_link(image):
    """Leave a picture of this site; make a link of one from elsewhere, which the site's policy does not load."""
    source = image.get("src", "")
    if source.startswith(OWN):
        image.set("alt", image.get("alt", ""))
        image.set("loading", "lazy")
        return
    words = image.get("alt") or image.get("title") or "picture"
    inside_link = any(parent.tag == "a" for parent in image.iterancestors())
    link = A(words, href=source, rel="noopener noreferrer") if source and not inside_link else E.span(words)
    link.tail = image.tail
    image.getparent().replace(image, link)


def draw_task(element):
    """Make a box of the [ ] or [x] before a task, with a word for those who do not see it."""
    match = TASK.match((element.text or "").lstrip("\n"))
    if match and (len(element) or element.text.strip() != match[0].strip()):
        done = match[1] != " "
        box = E.span("☑ " if done else "☐ ", {"class": "task", "aria-hidden": "true"})
        word = E.span("Done: " if done else "To do: ", {"class": "task visually-hidden"})
        word.tail = element.text.lstrip("\n")[match.end() :]
        element.text = None
        element.insert(0, box)
        element.insert(1, word)


class Cutter:
    """One walk through a text, in the order of reading."""

    def __init__(self):
        self.pieces = []
        self.heading = ""

    def cut(self, container, kind, trail):
        """Cut what a block holds: its blocks one by one, and what stands between them."""
        for child in blocks_of(container):
            self.block(child, kind, trail)

    def block(self, block, kind, trail):
        if block.tag in WHOLE or not any(is_block(inner) for inner in block):
            self.leaf(block, kind, trail)
        elif block.tag == "li" and (block.get("id") or "").startswith("fn"):
            self.cut(block, Kind.PARAGRAPH, trail)
        elif block.tag == "li":
            self.item(block, trail)
        elif block.tag == "blockquote":
            self.cut(block, Kind.QUOTATION, trail)
        elif block.get("class") == "footnote" and block.find("ol/li[@id]") is not None:
            under, self.heading = self.heading, ""
            self.cut(block, Kind.PARAGRAPH, [])
            self.heading = under
        else:
            self.cut(block, kind, trail)

    def leaf(self, block, kind, trail):
        """Keep a block as one passage."""
        kinds = {"table": Kind.TABLE, "li": Kind.ITEM, "blockquote": Kind.QUOTATION}
        if block.tag in HEADINGS:
            if piece := self.keep(block, Kind.HEADING, []):
                self.heading = piece.words
        else:
            self.keep(block, kinds.get(block.tag, kind), trail)

    def item(self, item, trail):
        """Keep the first words of a bullet as the bullet; what follows in it stands under it."""
        count = len(self.pieces)
        for block in blocks_of(item):
            if len(self.pieces) == count:
                self.block(block, Kind.ITEM, trail)
            else:
                self.block(block, Kind.PARAGRAPH, [*trail, self.pieces[count].words])

    def keep(self, element, kind, trail):
        """Add a piece for an element's words; none for an element without any."""
        piece = read(element, kind)
        if element.tag not in CELLS and (pictures := list(element.iter("img"))) and not piece.words:
            piece.kind = Kind.IMAGE
            piece.words = SPACES.sub(" ", " ".join(picture.get("alt", "") for picture in pictures)).strip()
        if not piece.words:
            return None
        piece.heading, piece.trail = ("" if kind == Kind.HEADING else self.heading), list(trail)
        self.pieces.append(piece)
        return piece


def is_block(element):
    """Whether an element is a block, or is an inline element around one."""
    return element.tag in BLOCKS or any(inner.tag in BLOCKS for inner in element.iterdescendants())


def blocks_of(container):
    """Yield the blocks in a container, each run of words between them wrapped in an element of its own."""
    wrap = "span" if container.tag in {"li", "dt", "dd"} else "p"
    run = lxml.html.Element(wrap)
    run.text, container.text = container.text, None
    children = list(container)
    done = []
    for child in children:
        if is_block(child):
            if has_words(run):
                container.insert(container.index(child), run)
                done.append(run)
            done.append(child)
            run = lxml.html.Element(wrap)
            run.text, child.tail = child.tail, None
        else:
            run.append(child)  # takes its tail along
    if has_words(run):
        container.append(run)
        done.append(run)
    return done


def has_words(run):
    return bool("".join(run.itertext()).strip()) or run.find(".//img") is not None


def read(element, kind):
    """Return the piece of an element: its words, with spaces as a browser shows them, and where each lies."""
    reader = Reader(keep_spaces=element.tag == "pre")
    reader.walk(
        element, linked=element.tag not in UNLINKED and not any(a.tag == "a" for a in element.iterancestors())
    )
    reader.end()
    return Piece(
        kind=kind,
        words="".join(reader.words),
        element=element,
        spots=reader.spots,
        unlinked=reader.unlinked,
        bracketed=reader.bracketed,
    )


class Reader:
    def __init__(self, *, keep_spaces):
        self.keep_spaces = keep_spaces
        self.words, self.length = [], 0
        self.spots, self.unlinked, self.bracketed = [], [], []

    def walk(self, element, *, linked):
        start = self.length
        self.run(element, "text")
        for child in element:
            if is_furniture(child):
                self.run(child, "tail")
                continue
            if child.tag == "br":
                self.space()
            elif child.tag in CELLS and self.length:
                self.space()
                self.add("| ")  # no name goes on in the next cell
            self.walk(child, linked=linked and child.tag not in UNLINKED)
            self.run(child, "tail")
        if linked is False and self.length > start:
            self.unlinked.append((start, self.length))
        if element.get("class") == "name" and self.length > start:
            self.bracketed.append((start, self.length))

    def run(self, element, where):
        """Take in one run of text, and tidy its spaces in the element itself, so that places in both agree."""
        text = getattr(element, where)
        if not text:
            return
        if not self.keep_spaces:
            text = SPACES.sub(" ", text)
            if not self.words or self.words[-1].endswith(" "):
                text = text.lstrip(" ")
            setattr(element, where, text)
        if text:
            self.spots.append((self.length, element, where))
            self.add(text)

    def space(self):
        if self.words and not self.words[-1].endswith(" "):
            self.add(" ")

    def add(self, text):
        self.words.append(text)
        self.length += len(text)

    def end(self):
        """Take off the spaces at the end."""
        if self.words and self.words[-1].endswith((" ", "\u00a0")):
            trimmed = "".join(self.words).rstrip(" \u00a0")
            self.words, self.length = [trimmed], len(trimmed)
            cut = [(min(start, self.length), min(end, self.length)) for start, end in self.unlinked]
            self.unlinked = [(start, end) for start, end in cut if start < end]


def is_furniture(element):
    """Whether an element is no word of the text: the number and the way back of a footnote, the box of a task."""
    if element.tag == "sup":
        return element.find("a[@class='footnote-ref']") is not None
    classes = (element.get("class") or "").split()
    return "footnote-backref" in classes or "task" in classes
