"""Faces, drawn for the photos of people who do not exist."""

from hackit.demo.canvas import FINE, INK, Canvas

FACE = 480  # pixels a side


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
