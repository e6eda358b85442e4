"""The pictures in the demo's notes, drawn when it is loaded: charts, a wall of notes, places."""

from hackit.demo.canvas import CLAY, HEIGHT, LINE, NOTES, TEAL, WIDTH, Canvas
from hackit.demo.scenes import SCENES


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
