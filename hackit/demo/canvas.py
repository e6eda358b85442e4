"""What the demo's pictures are drawn on, and their colours."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 640  # pixels
FINE = 2  # drawn this much larger, so that edges are smooth when it is made small

INK, PAPER, LINE = "#17272b", "#fbfaf5", "#c9d1cf"
TEAL, SUN, BLUE, PLUM, CLAY, STONE = "#0d5c63", "#f4d35e", "#2f7ea8", "#5b3b8c", "#b4572a", "#8a9a9c"
SKY, GRASS, BRICK, NIGHT = "#d8e8ec", "#9db98a", "#c98a66", "#24424a"
NOTES = [SUN, "#f2b5a0", "#a9d6d1", "#c9bce6", "#f7e5a1", "#b9d9b4"]


class Canvas:
    """A picture to draw on, in pixels of the finished size."""

    def __init__(self, width=WIDTH, height=HEIGHT, ground=PAPER):
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * FINE, height * FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, left, top, right, bottom, colour, *, round_by=0):
        corners = [side * FINE for side in (left, top, right, bottom)]
        self.pen.rounded_rectangle(corners, round_by * FINE, fill=colour)

    def disc(self, x, y, across, colour, *, high=None):
        high = across if high is None else high
        self.pen.ellipse([n * FINE for n in (x - across, y - high, x + across, y + high)], fill=colour)

    def shape(self, colour, *points):
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def line(self, colour, width, *points):
        self.pen.line([(x * FINE, y * FINE) for x, y in points], fill=colour, width=width * FINE, joint="curve")

    def words(self, x, y, text, *, size=28, colour=INK, anchor="mm"):
        font = ImageFont.load_default(size * FINE)
        self.pen.text((x * FINE, y * FINE), str(text), fill=colour, font=font, anchor=anchor)

    def file(self, name, kind="PNG"):
        """Return the finished picture as a file: a PNG of few colours, or a JPEG."""
        image = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        if kind == "PNG":
            image = image.quantize(64, dither=Image.Dither.NONE)
        kept = BytesIO()
        image.save(kept, kind, optimize=True)
        return ContentFile(kept.getvalue(), name=name)
