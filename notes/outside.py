"""Stored HTML as it leaves the site, in feeds: every address in full, and nothing that XML forbids."""

import re

import lxml.html

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(words):
    """Return words without the characters that no XML may hold, such as control characters."""
    return ILLEGAL.sub("", words)


def absolute(html, address):
    """Return HTML with every link and picture in full; `address` is that of the page it is from."""
    root = lxml.html.fragment_fromstring(legal(html), create_parent="div")
    root.make_links_absolute(address, resolve_base_href=False, handle_failures="ignore")
    whole = lxml.html.tostring(root, encoding="unicode")
    return whole.removeprefix("<div>").removesuffix("</div>").strip()
