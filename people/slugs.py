"""The last part of an address, made from a name and kept apart from the others."""

from django.utils.text import slugify

LONGEST = 60


def free_slug(name, *taken, otherwise):
    """Return a slug for `name` that none of `taken` has: with -2, -3 ... on a clash.

    `taken` are querysets of objects with a `slug`; `otherwise` is used for a name without a Latin letter.
    """
    base = slugify(name).strip("-_")
    if len(base) > LONGEST:
        base = base[:LONGEST].rsplit("-", 1)[0]  # at the end of a word, where there is one
    base = base or otherwise
    used = {slug for some in taken for slug in some.filter(slug__startswith=base).values_list("slug", flat=True)}
    slug, number = base, 1
    while slug in used:
        number += 1
        slug = f"{base}-{number}"
    return slug
