"""Colours: how far apart two are to the eye, and what can be read on one."""

BLACK, WHITE = "#000000", "#ffffff"


def luminance(colour):
    """Return the relative luminance of a colour such as #12353a, from 0 to 1, as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast of two colours, from 1 to 21. WCAG 2.2 AA asks 4.5 for words, 3 for lines and symbols."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour):
    """Return the colour for words on one: white or black, whichever stands out more: by 4.58 at least."""
    return max(WHITE, BLACK, key=lambda words: contrast(words, colour))
