"""The demo's pictures, drawn when it is loaded: charts, a wall of notes, places in flat colours, faces."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 640  # pixels
FACE = 480
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


def picture(name, said):
    """Return the picture that a note's front matter says, such as {"bars": {"Mon": 4, "Tue": 6}}, as a file."""
    ((kind, what),) = said.items()
    canvas = Canvas()
    {"bars": bars, "line": line, "wall": wall, "scene": lambda canvas, place: SCENES[place](canvas)}[kind](
        canvas, what
    )
    return canvas.file(f"{name}.png")


def bars(canvas, numbers):
    top = max(*numbers.values(), 1)
    step = (WIDTH - 160) / len(numbers)
    canvas.line(LINE, 3, (80, HEIGHT - 90), (WIDTH - 80, HEIGHT - 90))
    for place, (label, number) in enumerate(numbers.items()):
        left, height = 80 + place * step, (HEIGHT - 220) * number / top
        colour = CLAY if number == top else TEAL
        canvas.box(left + step * 0.18, HEIGHT - 90 - max(height, 3), left + step * 0.82, HEIGHT - 90, colour)
        canvas.words(left + step / 2, HEIGHT - 120 - height, f"{number:,}", size=32)
        canvas.words(left + step / 2, HEIGHT - 52, label, size=26 if len(numbers) < 8 else 20)


def line(canvas, numbers):
    low, high = min(numbers), max(numbers)
    step = (WIDTH - 240) / max(len(numbers) - 1, 1)
    points = [
        (120 + place * step, HEIGHT - 110 - (HEIGHT - 240) * (number - low) / ((high - low) or 1))
        for place, number in enumerate(numbers)
    ]
    for share in range(4):
        y = HEIGHT - 110 - (HEIGHT - 240) * share / 3
        canvas.line(LINE, 2, (80, y), (WIDTH - 80, y))
    canvas.line(TEAL, 7, *points)
    for (x, y), number in zip(points, numbers, strict=True):
        canvas.disc(x, y, 9, TEAL)
        if number in (low, high) or (x, y) == points[-1]:
            canvas.words(x, y + (40 if number == low else -36), f"{number:,}", size=30)


def wall(canvas, words):
    canvas.box(0, 0, WIDTH, HEIGHT, "#e9e6dc")
    columns = min(len(words), 4)
    rows = -(-len(words) // columns)
    width, height = (WIDTH - 120) / columns, (HEIGHT - 80) / rows
    for place, word in enumerate(words):
        left, top = 60 + place % columns * width, 40 + place // columns * height
        lean = (place * 37 % 5 - 2) * 5
        side = min(width - 40, height - 30)
        x, y = left + width / 2, top + height / 2 + lean
        half = side / 2
        canvas.shape("#cfcabb", *tilted(x + 6, y + 8, half, lean))
        canvas.shape(NOTES[place % len(NOTES)], *tilted(x, y, half, lean))
        lines = broken(word, 11)
        for number, part in enumerate(lines):
            canvas.words(x, y + (number - (len(lines) - 1) / 2) * 38, part, size=30)


def tilted(x, y, half, lean):
    return [
        (x - half, y - half + lean),
        (x + half, y - half - lean),
        (x + half, y + half - lean),
        (x - half, y + half + lean),
    ]


def broken(words, longest):
    lines = [""]
    for word in str(words).split():
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def building(canvas, wall_colour, *, name, storeys=2, door=TEAL):
    """Draw a public building under a sky, its name over the door."""
    canvas.box(0, 0, WIDTH, HEIGHT, SKY)
    canvas.disc(1030, 130, 58, "#fdf6dc")
    canvas.box(0, 520, WIDTH, HEIGHT, "#b9bdb4")
    canvas.box(0, 508, WIDTH, 526, "#d5d6cf")
    canvas.box(170, 210, 1030, 510, wall_colour)
    canvas.box(140, 180, 1060, 216, NIGHT)
    for storey in range(storeys):
        for place in range(7):
            left = 215 + place * 115
            if storey or place != 3:
                bottom = 500 - storey * 145
                canvas.box(left, bottom - 105, left + 72, bottom - 5, "#f4f1e6")
                canvas.box(left + 6, bottom - 99, left + 66, bottom - 11, "#7fa6b1")
                canvas.line("#f4f1e6", 4, (left + 36, bottom - 99), (left + 36, bottom - 11))
    canvas.box(556, 380, 644, 510, door)
    canvas.disc(630, 450, 5, SUN)
    canvas.box(450, 188, 750, 212, NIGHT)
    canvas.words(600, 198, name, size=24, colour="#fbfaf5")


def library(canvas):
    building(canvas, BRICK, name="LIBRARY")
    for place, colour in enumerate([PLUM, TEAL, SUN, CLAY, BLUE]):
        canvas.box(232 + place * 11, 425, 241 + place * 11, 488, colour)
    tree(canvas, 90, 510)


def hall(canvas):
    canvas.box(0, 0, WIDTH, HEIGHT, "#efe6d2")
    canvas.shape("#c9a877", (0, HEIGHT), (WIDTH, HEIGHT), (950, 400), (250, 400))
    canvas.box(250, 90, 950, 400, "#f8f1e0")
    canvas.box(430, 190, 770, 400, CLAY)
    canvas.box(448, 206, 752, 400, "#7c2f22")
    for place in range(6):
        canvas.line(CLAY, 6, (470 + place * 52, 206), (462 + place * 55, 400))
    for row in range(3):
        for place in range(5 + row):
            x, y = 600 + (place - (4 + row) / 2) * (95 + row * 22), 450 + row * 62
            canvas.box(x - 24, y - 44, x + 24, y - 8, TEAL, round_by=5)
            canvas.box(x - 28, y - 10, x + 28, y, NIGHT)
            canvas.line(NIGHT, 5, (x - 24, y), (x - 26, y + 26))
            canvas.line(NIGHT, 5, (x + 24, y), (x + 26, y + 26))


def rack(canvas):
    canvas.box(0, 0, WIDTH, HEIGHT, "#2b3f45")
    canvas.box(420, 40, 780, 620, "#16262a", round_by=8)
    for place in range(9):
        top = 64 + place * 60
        canvas.box(446, top, 754, top + 46, "#31484f" if place in (2, 5) else "#0e1a1d", round_by=3)
    canvas.shape(SUN, (540, 290), (668, 280), (674, 398), (546, 408))
    for number, word in enumerate(["DO NOT", "REMOVE"]):
        canvas.words(607, 328 + number * 34, word, size=26)


def desk(canvas):
    canvas.box(0, 0, WIDTH, HEIGHT, "#e4ecea")
    canvas.box(0, 470, WIDTH, HEIGHT, "#b98d5f")
    for place in range(3):
        left = 150 + place * 320
        canvas.box(left, 250, left + 250, 420, NIGHT, round_by=10)
        canvas.box(left + 12, 262, left + 238, 408, [BLUE, "#a9d6d1", "#f2b5a0"][place])
        canvas.shape("#8a9a9c", (left - 24, 470), (left + 274, 470), (left + 250, 420), (left, 420))
    canvas.box(1090, 400, 1150, 470, "#f4f1e6", round_by=8)
    canvas.disc(1120, 402, 30, CLAY, high=8)


def town_hall(canvas):
    building(canvas, "#d9cfb4", name="TOWN HALL", door=PLUM)
    canvas.box(540, 60, 660, 184, "#d9cfb4")
    canvas.shape(NIGHT, (525, 62), (675, 62), (600, 10))
    canvas.disc(600, 118, 36, PAPER)
    canvas.line(INK, 4, (600, 118), (600, 92))
    canvas.line(INK, 4, (600, 118), (618, 126))
    tree(canvas, 92, 510)
    tree(canvas, 1110, 510)


def van(canvas):
    canvas.box(0, 0, WIDTH, HEIGHT, SKY)
    canvas.box(0, 480, WIDTH, HEIGHT, "#8d9492")
    for place in range(7):
        canvas.box(40 + place * 180, 555, 140 + place * 180, 566, PAPER)
    canvas.box(260, 200, 760, 480, TEAL, round_by=14)
    canvas.shape(TEAL, (740, 270), (880, 270), (950, 380), (950, 480), (740, 480))
    canvas.shape("#cfe3e8", (780, 290), (866, 290), (916, 376), (780, 376))
    canvas.words(510, 330, "HARROWMERE", size=48, colour=SUN)
    for x in (390, 830):
        canvas.disc(x, 484, 62, INK)
        canvas.disc(x, 484, 26, LINE)


def phones(canvas):
    canvas.box(0, 0, WIDTH, HEIGHT, "#efe9da")
    for place in range(18):
        x, y = 130 + place % 6 * 188, 130 + place // 6 * 190
        colour = CLAY if place == 10 else NIGHT
        canvas.box(x - 62, y - 34, x + 62, y + 62, colour, round_by=14)
        canvas.box(x - 78, y - 58, x + 78, y - 24, colour, round_by=17)
        for key in range(9):
            canvas.disc(x - 26 + key % 3 * 26, y - 2 + key // 3 * 21, 7, "#efe9da")


def corridor(canvas):
    canvas.box(0, 0, WIDTH, HEIGHT, "#d9ded9")
    canvas.shape("#eef0ea", (0, 0), (430, 210), (430, 430), (0, HEIGHT))
    canvas.shape("#eef0ea", (WIDTH, 0), (770, 210), (770, 430), (WIDTH, HEIGHT))
    canvas.shape("#8aa0a0", (0, HEIGHT), (WIDTH, HEIGHT), (770, 430), (430, 430))
    canvas.box(430, 210, 770, 430, "#c4cdc8")
    canvas.box(560, 250, 640, 430, TEAL)
    canvas.shape(PAPER, (40, 190), (380, 262), (380, 372), (40, 452))
    for place in range(7):
        x = 66 + place * 44
        canvas.box(x, 290 + place * 3, x + 26, 320 + place * 2, NOTES[place % len(NOTES)])
    canvas.line(CLAY, 4, (60, 380), (150, 362), (240, 366), (360, 340))
    canvas.box(860, 400, 1010, 520, "#f7f7f2", round_by=6)
    for place in range(6):
        canvas.line(STONE, 5, (878 + place * 23, 412), (878 + place * 23, 508))


def tree(canvas, x, ground):
    canvas.box(x - 9, ground - 120, x + 9, ground, "#7a5b41")
    for across, up in ((0, 190), (-38, 150), (38, 150), (0, 130)):
        canvas.disc(x + across, ground - up, 52, GRASS)


SCENES = {
    "library": library,
    "hall": hall,
    "rack": rack,
    "desk": desk,
    "town-hall": town_hall,
    "van": van,
    "phones": phones,
    "corridor": corridor,
}


def face(said):
    """Return a photo: `said` has the colours of `ground`, `skin`, `hair` and `top`, and the `cut` of the hair."""
    canvas = Canvas(FACE, FACE, said["ground"])
    skin, hair = said["skin"], said["hair"]
    CUTS[said["cut"]](canvas, hair, behind=True)
    canvas.disc(240, 500, 175, said["top"], high=150)
    canvas.box(205, 290, 275, 385, skin, round_by=30)
    canvas.disc(240, 392, 44, skin, high=26)
    canvas.disc(240, 225, 88, skin, high=108)
    CUTS[said["cut"]](canvas, hair, behind=False)
    for x in (208, 272):
        canvas.disc(x, 228, 8, INK, high=9)
    smile = [n * FINE for n in (206, 240, 274, 292)]
    canvas.pen.arc(smile, 25, 155, fill=INK, width=5 * FINE)
    if said.get("glasses"):
        for x in (208, 272):
            canvas.pen.ellipse([n * FINE for n in (x - 27, 201, x + 27, 255)], outline=INK, width=5 * FINE)
        canvas.line(INK, 5, (235, 226), (245, 226))
    if beard := said.get("beard"):
        canvas.pen.chord([n * FINE for n in (158, 178, 322, 340)], 20, 160, fill=beard)
        canvas.pen.arc([n * FINE for n in (212, 268, 268, 304)], 20, 160, fill=skin, width=6 * FINE)
    return canvas.file("photo.jpg", "JPEG")


def cap_of_hair(canvas, hair, start=195, end=345, top=108):
    canvas.pen.chord([n * FINE for n in (146, top, 334, 318)], start, end, fill=hair)


def short(canvas, hair, *, behind):
    if not behind:
        cap_of_hair(canvas, hair)


def long(canvas, hair, *, behind):
    if behind:
        canvas.disc(240, 220, 116, hair, high=122)
        canvas.box(124, 215, 356, 395, hair, round_by=40)
    else:
        cap_of_hair(canvas, hair, 190, 350)


def curls(canvas, hair, *, behind):
    if behind:
        for x, y in ((150, 190), (168, 130), (220, 96), (270, 98), (314, 132), (330, 190), (140, 250), (340, 250)):
            canvas.disc(x, y, 54, hair)
    else:
        cap_of_hair(canvas, hair, 200, 340)


def bun(canvas, hair, *, behind):
    if behind:
        canvas.disc(240, 92, 50, hair)
        canvas.disc(240, 200, 100, hair, high=98)
    else:
        cap_of_hair(canvas, hair, 192, 348)


def scarf(canvas, hair, *, behind):
    if behind:
        canvas.disc(240, 228, 122, hair, high=142)
        canvas.shape(hair, (150, 300), (330, 300), (372, 420), (108, 420))
    else:
        cap_of_hair(canvas, hair, 188, 352, top=96)


def bald(canvas, hair, *, behind):
    if behind:
        for x in (152, 328):
            canvas.disc(x, 232, 22, hair, high=40)


CUTS = {"short": short, "long": long, "curls": curls, "bun": bun, "scarf": scarf, "bald": bald}
