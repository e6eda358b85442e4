"""Places, drawn in flat colours: each draws on a canvas."""

from hackit.demo.canvas import (
    BLUE,
    BRICK,
    CLAY,
    GRASS,
    HEIGHT,
    INK,
    LINE,
    NIGHT,
    NOTES,
    PAPER,
    PLUM,
    SKY,
    STONE,
    SUN,
    TEAL,
    WIDTH,
)


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
