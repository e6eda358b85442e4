"""Photos of people, made small and plain before they are kept."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.crypto import get_random_string
from PIL import Image, ImageOps, UnidentifiedImageError

SIZE = 480  # pixels a side
LARGEST = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 60_000_000


def plain_photo(upload):
    """Return an uploaded picture as a square JPEG without its metadata, under a name that tells nothing."""
    if upload.size > LARGEST:
        raise ValidationError("This picture is larger than 10 MB. Please choose a smaller one.")
    try:
        upload.seek(0)
        image = Image.open(upload)
        if image.width * image.height > MOST_PIXELS:
            raise ValidationError("This picture has too many pixels. Please choose a smaller one.")
        image = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (SIZE, SIZE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError("This is no picture that can be read. Please choose a JPEG or PNG.") from error
    kept = BytesIO()
    image.save(kept, "JPEG", quality=85)
    return ContentFile(kept.getvalue(), name=f"{get_random_string(20)}.jpg")
