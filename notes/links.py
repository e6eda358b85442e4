"""The links put into a text for what it names."""

from django.urls import reverse
from django.utils.text import slugify
from lxml.html.builder import A


def link(piece, naming, matcher, tag_slugs):
    """Put the links into a piece's element. Its words stay as they are.

    `tag_slugs` are the slugs of hashtags whose tag may have another one than they would make.
    """
    if piece.element is None:
        return
    targets = [(one.start, one.end, "mention", matcher.address(one.entry)) for one in naming.found if one.entry] + [
        (start, end, "hashtag", reverse("tags:detail", args=[tag_slugs.get(tag) or slugify(tag)]))
        for (start, end), tag in naming.hashtags.items()
    ]
    for start, end, kind, address in sorted(targets, reverse=True):
        runs = []
        for spot_start, element, where in piece.spots:
            text = getattr(element, where) or ""
            left, right = max(start - spot_start, 0), min(end - spot_start, len(text))
            if left < right:
                runs.append((right - left, left, right, element, where))
        if runs:  # of a name across markup, such as **Ann** Lee, its longest part: one name, one link
            _, left, right, element, where = max(runs, key=lambda run: run[0])
            wrap(element, where, left, right, {"class": kind, "href": address})


def wrap(element, where, left, right, attributes):
    """Make a link of a stretch of an element's text or tail."""
    text = getattr(element, where)
    anchor = A(text[left:right], **{"href": attributes["href"], "class": attributes["class"]})
    anchor.tail = text[right:] or None
    setattr(element, where, text[:left] or None)
    if where == "text":
        element.insert(0, anchor)
    else:
        parent = element.getparent()
        parent.insert(parent.index(element) + 1, anchor)
