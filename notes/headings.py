"""Which section a heading belongs to when nobody has listed it: that of the listed ones that mean the same.

What a heading means are the stems of its words without those that say nothing of it: "Something I'm learning", "What
we learnt this week" and "3 things I learned" all mean {learn}. It has to be all that the heading means, so that
"Learning disabilities team" is no learning; two listed ones may stand in one ("Thanks and shout-outs"), as long as
they are of one section. Precision comes first: a heading that is not recognised waits for an editor, one that is
recognised wrongly is on a page at once.
"""

from django.db.models import Min

from notes.models import Passage, SectionHeading
from notes.models.sections import LONGEST_KEY, Standing
from notes.search.stems import token

SAY_NOTHING = frozenset(
    "a an the this that these those and or of for from in on at to by with about as so too also just then "
    "i im ive id ill me my mine myself we weve wed were our ours us you your youre everyone everybody all "
    "is are was be been being am has have had having its it some any something somethings thing things stuff "
    "bit bits what whats which who how whose did does "
    "new newly recently lately far already today todays few lot lots several more".split()
)
# These say something only where nothing else does: "My week" means {week}, but "Next week" means {next}.
SAY_LITTLE = frozenset(
    "week weeks weekly fortnight month sprint day days last past up do doing done get got getting going go went "
    "key main big biggest top quick little small personal other one two three four five "
    "1 2 3 4 5 6 7 8 9 10".split()
)
SAME = {"learnt": "learn", "learned": "learn", "learns": "learn", "did": "do", "done": "do", "doing": "do"}
ALONE = {"did"}  # "What I did" means {do}: there is nothing else in it


def stem(word):
    return SAME.get(word) or token(word)


def meaning(key):
    """Return what a heading means, as a set of stems; `key` is the heading as `heading_key` writes it."""
    said = [word for word in key.split() if word not in SAY_NOTHING]
    telling = [word for word in said if word not in SAY_LITTLE]
    words = telling or said or [word for word in key.split() if word in ALONE]
    return frozenset(stem(word) for word in words)


def section_of(key, listed):
    """Return the section of a heading, or None; `listed` is {meaning: the sections that list it}."""
    meant = meaning(key)
    within = {said: sections for said, sections in listed.items() if said and said <= meant}
    if not meant or frozenset().union(*within) != meant:
        return None
    sections = set().union(*within.values())
    return sections.pop() if len(sections) == 1 else None


def meanings_listed(headings):
    """Return {meaning: the sections that list it} of (section, key) pairs."""
    listed = {}
    for section, key in headings:
        listed.setdefault(meaning(key), set()).add(section)
    return listed


def sections_of(keys):
    """Return {key: the slug of its section, or None}, also of headings that are not recognised yet: 1 query."""
    rows = list(SectionHeading.objects.values_list("section__slug", "key", "standing"))
    known = {key: None if standing == Standing.REFUSED else slug for slug, key, standing in rows}
    listed = meanings_listed((slug, key) for slug, key, standing in rows if standing == Standing.LISTED)
    return {key: known[key] if key in known else section_of(key, listed) for key in keys}


def recognise(headings):
    """Give each heading in {key: its words} that is not known yet to its section, where it has one.

    1 query where all are known or say nothing, and at most 3. A heading that an editor refused is known.
    """
    if not headings:
        return
    known = SectionHeading.objects.filter(key__in=headings).values_list("key", flat=True)
    unknown = headings.keys() - set(known)
    if unknown:
        listed = SectionHeading.objects.filter(standing=Standing.LISTED).values_list("section", "key")
        add_found({key: headings[key] for key in unknown}, meanings_listed(listed))


def add_found(headings, listed):
    """Add those of {key: words} that have a section, as found."""
    found = {key: section_of(key, listed) for key in headings}
    SectionHeading.objects.bulk_create(
        (
            SectionHeading(section_id=section, words=headings[key], key=key, standing=Standing.FOUND)
            for key, section in found.items()
            if section
        ),
        ignore_conflicts=True,
    )


def recognise_all():
    """Find anew what headings in use belong to, after an editor changed what is listed. At most 4 queries."""
    rows = list(SectionHeading.objects.order_by().values_list("section", "key", "standing"))
    listed = meanings_listed((section, key) for section, key, standing in rows if standing == Standing.LISTED)
    found = [(section, key) for section, key, standing in rows if standing == Standing.FOUND]
    stale = {key for section, key in found if section_of(key, listed) != section}
    SectionHeading.objects.filter(key__in=stale).delete()
    known = {key for _, key, _ in rows} - stale
    add_found({key: words for key, words in in_use().items() if key not in known}, listed)


def in_use():
    """Return {key: one of its spellings} of every heading that a passage stands under: 1 query."""
    under = Passage.objects.filter(heading_key__gt="").order_by().values("heading_key").annotate(words=Min("heading"))
    return {key: words[:LONGEST_KEY] for key, words in under.values_list("heading_key", "words")}
