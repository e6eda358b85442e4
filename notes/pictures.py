"""The pictures of this site that a text shows: their size is said, so that nothing moves when they arrive."""

import re

from notes.models import Attachment

OWN_FILE = re.compile(r"^/files/(\d{1,18})/")  # the address of a file, as hackit/urls.py has it


def say_sizes(root):
    """Give each picture that is a file of this site its width and height: 1 query, none without pictures."""
    pictures = [
        (image, int(match[1])) for image in root.iter("img") if (match := OWN_FILE.match(image.get("src", "")))
    ]
    if not pictures:
        return
    files = Attachment.objects.filter(pk__in={pk for _, pk in pictures}, width__isnull=False)
    sizes = {pk: size for pk, *size in files.values_list("pk", "width", "height")}
    for image, pk in pictures:
        if pk in sizes:
            image.set("width", str(sizes[pk][0]))
            image.set("height", str(sizes[pk][1]))
